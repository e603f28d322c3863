// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.opendaylight.statemigration.agent.backend.BackendCapabilities;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.MasterOrder;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;

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

    private final int capacity;
    private final Set<Integer> protocols;
    private final Set<BackendFeature> features;

    // One lock over all: an entry and its two directions change together
    private final MemoryEntries memory;
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
        this.capacity = capacity;
        this.protocols = Set.copyOf(protocols);
        this.features = Set.copyOf(features);
        memory = new MemoryEntries(clock, feeds);
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
        final var entries = new ArrayList<Entry>();
        final var omitted = new TreeMap<Integer, Integer>();
        for (var stored : memory.all()) {
            if (!selection.contains(stored.flow())) {
                continue;
            }
            final int protocol = stored.flow().key().protocol();
            if (protocols.contains(protocol)) {
                entries.add(new Entry(memory.read(stored), stored.identity()));
            } else {
                omitted.merge(protocol, 1, Integer::sum);
            }
        }
        return new Export(MasterOrder.of(entries), omissions(omitted));
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
        // What is created on trial is taken out again before anybody else can see it
        final long before = memory.lastIdentity();
        final var refused = createAll(flows).refused();
        List.copyOf(memory.all()).stream().filter(stored -> stored.identity() > before).forEach(memory::remove);
        return refused;
    }

    @Override
    public synchronized Creation create(final List<Flow> flows) throws BackendException {
        begin();
        return createAll(flows);
    }

    @Override
    public synchronized Creation update(final List<Change> changes) throws BackendException {
        begin();
        final var entries = new ArrayList<Entry>();
        final var refused = new ArrayList<Refusal>();
        for (int i = 0; i < changes.size(); i++) {
            final int index = i;
            final var flow = changes.get(index).flow();
            final boolean found = changes.get(index).before().found();
            final var stored = memory.get(changes.get(index).before().identity());
            if (stored != null && stored.flow().reply().equals(flow.reply())) {
                final boolean passed = stored.passed() || found;
                memory.replace(stored, passed ? FlowStateMerge.furthest(flow, memory.read(stored))
                    : MemoryEntries.fresh(flow), passed);
                entries.add(new Entry(flow, stored.identity(), found));
                continue;
            }
            if (stored != null && !found) {
                memory.remove(stored);
            }
            final var creation = createAll(List.of(flow));
            entries.addAll(creation.entries());
            creation.refused().forEach(refusal ->
                refused.add(new Refusal(index, refusal.reason(), refusal.detail())));
        }
        return new Creation(entries, refused);
    }

    @Override
    public synchronized Verification verify(final List<Entry> entries) throws BackendException {
        begin();
        int verified = 0;
        int vanished = 0;
        final var differences = new ArrayList<String>();
        for (var entry : entries) {
            final var stored = memory.get(entry.identity());
            if (stored == null) {
                vanished++;
            } else if (FlowStateMerge.sameState(stored.flow(),
                    stored.passed() ? FlowStateMerge.furthest(entry.flow(), stored.flow()) : entry.flow())) {
                verified++;
            } else {
                differences.add("Flow " + entry.flow().key() + " is not as it was asked for");
            }
        }
        return new Verification(verified, vanished, differences);
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

    static List<Omission> omissions(final Map<Integer, Integer> counts) {
        return counts.entrySet().stream()
            .map(count -> new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, count.getKey(), count.getValue()))
            .toList();
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

    private Creation createAll(final List<Flow> flows) {
        final var entries = new ArrayList<Entry>();
        final var refused = new ArrayList<Refusal>();
        for (int index = 0; index < flows.size(); index++) {
            final var flow = flows.get(index);
            final var owner = memory.owner(flow);
            if (owner.filter(each -> isSame(each.flow(), flow)).isPresent()) {
                entries.add(find(owner.orElseThrow(), flow));
                continue;
            }
            final var refusal = owner.isPresent()
                ? Optional.of(new Refusal(index, RefusalReason.COLLISION,
                    "Belongs to flow " + owner.orElseThrow().key()))
                : refusal(index, flow);
            refusal.ifPresentOrElse(refused::add,
                () -> entries.add(new Entry(flow, memory.insert(MemoryEntries.fresh(flow)).identity())));
        }
        return new Creation(entries, refused);
    }

    /** Whether two flows differ only in how far they are, so that one may have become the other. */
    private static boolean isSame(final Flow owner, final Flow flow) {
        return FlowStateMerge.agree(owner.protocolState(), flow.protocolState())
            && FlowStateMerge.sameState(owner.toBuilder()
                .protocolState(flow.protocolState())
                .seenReply(flow.seenReply())
                .assured(flow.assured())
                .timeout(flow.timeout())
                .build(), flow);
    }

    /** The flow's own packets came first: the entry stays, with whichever state is further. */
    private Entry find(final MemoryEntry owner, final Flow flow) {
        if (!FlowStateMerge.sameState(owner.flow(), flow)) {
            memory.replace(owner, FlowStateMerge.furthest(flow, memory.read(owner)), true);
        }
        return new Entry(flow, owner.identity(), true);
    }

    private Optional<Refusal> refusal(final int index, final Flow flow) {
        final var key = flow.key();
        if (!features.contains(BackendFeature.VIRTUAL_NETWORKS) && key.network().isPresent()) {
            return Optional.of(new Refusal(index, RefusalReason.UNKNOWN_VIRTUAL_NETWORK,
                "This State Host knows no virtual networks, also not " + key.network().orElseThrow()));
        }
        if (!protocols.contains(key.protocol())) {
            return Optional.of(new Refusal(index, RefusalReason.UNSUPPORTED_PROTOCOL,
                "This State Host keeps no state for " + Protocols.name(key.protocol())));
        }
        if (!features.contains(BackendFeature.TRANSLATION) && !flow.nat().isNone()
            || !features.contains(BackendFeature.HELPERS) && (flow.helper().isPresent() || flow.master().isPresent())) {
            return Optional.of(new Refusal(index, RefusalReason.UNSUPPORTED_ATTRIBUTE,
                "This State Host restores no translation, helper or master, but flow " + key + " has one"));
        }
        if (flow.master().filter(master -> memory.at(master) == null).isPresent()) {
            return Optional.of(new Refusal(index, RefusalReason.MASTER_MISSING, "The master of " + key
                + " is not here: " + flow.master().orElseThrow()));
        }
        return memory.size() < capacity ? Optional.empty()
            : Optional.of(new Refusal(index, RefusalReason.NO_ROOM, "The table is full with " + capacity + " entries"));
    }
}
