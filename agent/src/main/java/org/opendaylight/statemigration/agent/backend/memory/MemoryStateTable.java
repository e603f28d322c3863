// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.BackendCapabilities;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.MasterOrder;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.Refusal;

/**
 * A table in memory. As in a packet filter both directions of an entry are looked up in one place, so an entry collides
 * with another if any direction of the one is any direction of the other. An entry vanishes when its time-out is over.
 */
public final class MemoryStateTable implements StateTable {
    /** Entries in a table that was told nothing else. */
    public static final int DEFAULT_CAPACITY = 1_000_000;
    /** Protocols of a table that was told nothing else. */
    public static final Set<Integer> DEFAULT_PROTOCOLS = Set.of(Protocols.ICMP, Protocols.TCP, Protocols.UDP,
        Protocols.GRE, Protocols.ICMPV6, Protocols.SCTP);

    private final Set<Integer> protocols;
    private final Set<BackendFeature> features;

    // One lock over all: an entry and its two directions change together
    private final MemoryEntries memory;
    private final MemoryEntryCreator creator;
    private final Set<MemoryHold> holds = new LinkedHashSet<>();
    private final Set<MemoryFeed> feeds = new LinkedHashSet<>();
    private boolean closed;

    /**
     * An empty table of default size.
     *
     * @param clock the time
     */
    public MemoryStateTable(final InstantSource clock) {
        this(DEFAULT_CAPACITY, DEFAULT_PROTOCOLS, clock);
    }

    /**
     * An empty table that can do everything.
     *
     * @param capacity entries that it can hold
     * @param protocols IP protocol numbers that it can export and restore
     * @param clock the time
     */
    public MemoryStateTable(final int capacity, final Set<Integer> protocols, final InstantSource clock) {
        this(capacity, protocols, EnumSet.allOf(BackendFeature.class), clock);
    }

    /**
     * An empty table.
     *
     * @param capacity entries that it can hold
     * @param protocols IP protocol numbers that it can export and restore
     * @param features what it can do
     * @param clock the time
     */
    public MemoryStateTable(final int capacity, final Set<Integer> protocols, final Set<BackendFeature> features,
            final InstantSource clock) {
        if (capacity < 0) {
            throw new IllegalArgumentException("Capacity " + capacity + " is negative");
        }
        this.protocols = Set.copyOf(protocols);
        this.features = Set.copyOf(features);
        memory = new MemoryEntries(clock, feeds);
        creator = new MemoryEntryCreator(memory, capacity, this.protocols, this.features);
    }

    /**
     * Put in flows, as if their packets had passed.
     *
     * @param flows the flows, with their counters
     * @throws IllegalArgumentException if one collides with another entry; those before it are in
     */
    public synchronized void seed(final List<Flow> flows) {
        memory.purge();
        for (var flow : flows) {
            final var owner = memory.owner(flow);
            if (owner.isPresent()) {
                throw new IllegalArgumentException("Flow " + flow.key() + " collides with "
                    + owner.orElseThrow().key());
            }
            memory.insert(flow);
        }
    }

    /**
     * Change flows, as if their packets had passed.
     *
     * @param flows flows that are in the table, as they are from now on
     * @throws IllegalArgumentException if one is not in the table
     */
    public synchronized void change(final List<Flow> flows) {
        memory.purge();
        for (var flow : flows) {
            final var stored = memory.at(flow.key());
            if (stored == null || !stored.key().equals(flow.key())) {
                throw new IllegalArgumentException("There is no flow " + flow.key());
            }
            memory.replace(stored, flow, true);
        }
    }

    /**
     * End flows, as if their last packets had passed.
     *
     * @param keys flows, those that are not in the table are left out
     */
    public synchronized void end(final Collection<FlowKey> keys) {
        memory.purge();
        keys.stream().map(memory::at).filter(Objects::nonNull).forEach(memory::remove);
    }

    /** End all holds and feeds, as when the process ends that has them. */
    public synchronized void endHoldsAndFeeds() {
        holds.clear();
        feeds.clear();
    }

    /** {@return the flows in the table, in order of their creation, with the time-outs left} */
    public synchronized List<Flow> flows() {
        memory.purge();
        return memory.all().stream().map(memory::read).toList();
    }

    /** {@return what is held at present} */
    public synchronized List<FlowSelection> holds() {
        return holds.stream().map(MemoryHold::selection).toList();
    }

    /** {@return how many feeds are open} */
    public synchronized int feeds() {
        return feeds.size();
    }

    @Override
    public Set<BackendFeature> features() {
        return features;
    }

    @Override
    public BackendCapabilities capabilities() {
        return new BackendCapabilities("OpenDaylight State Migration, table in memory", protocols, Optional.empty());
    }

    @Override
    public synchronized Export export(final FlowSelection selection) throws BackendException {
        begin();
        final var export = new MemoryExport(memory, protocols);
        memory.all().stream().filter(stored -> selection.contains(stored.flow())).forEach(export::add);
        return new Export(MasterOrder.of(export.entries()), export.omissions());
    }

    @Override
    public synchronized ChangeFeed follow(final FlowSelection selection) throws BackendException {
        begin();
        require(BackendFeature.CHANGES, "reports no changes");
        final var feed = new MemoryFeed(this, memory, protocols, selection);
        feeds.add(feed);
        return feed;
    }

    @Override
    public synchronized List<Refusal> assess(final List<Flow> flows) throws BackendException {
        begin();
        return creator.assess(flows);
    }

    @Override
    public synchronized Creation create(final List<Flow> flows) throws BackendException {
        begin();
        return creator.create(flows);
    }

    @Override
    public synchronized Creation update(final List<Change> changes) throws BackendException {
        begin();
        return creator.update(changes);
    }

    @Override
    public synchronized Verification verify(final List<Entry> entries) throws BackendException {
        begin();
        return memory.verify(entries);
    }

    @Override
    public synchronized int delete(final List<Entry> entries) throws BackendException {
        begin();
        int deleted = 0;
        for (var entry : entries) {
            final var stored = memory.get(entry.identity());
            if (stored != null) {
                memory.remove(stored);
                deleted++;
            }
        }
        return deleted;
    }

    @Override
    public synchronized Hold hold(final FlowSelection selection) throws BackendException {
        begin();
        require(BackendFeature.HOLD, "holds no packets");
        final var hold = new MemoryHold(this, selection);
        holds.add(hold);
        return hold;
    }

    @Override
    public void takeIntoService(final List<Entry> entries) {
        // Entries in memory have no such flags
    }

    @Override
    public synchronized void close() {
        closed = true;
        holds.clear();
        feeds.clear();
    }

    /** Of a feed that is closed. */
    synchronized void remove(final MemoryFeed feed) {
        feeds.remove(feed);
    }

    /** Of a hold that has ended. */
    synchronized void remove(final MemoryHold hold) {
        holds.remove(hold);
    }

    /** Before anything is read or changed, under the lock of this table. */
    void begin() throws BackendException {
        if (closed) {
            throw new BackendException("The table in memory is closed: start the agent again");
        }
        memory.purge();
    }

    private void require(final BackendFeature feature, final String otherwise) throws BackendException {
        if (!features.contains(feature)) {
            throw new BackendException("The table in memory " + otherwise);
        }
    }
}
