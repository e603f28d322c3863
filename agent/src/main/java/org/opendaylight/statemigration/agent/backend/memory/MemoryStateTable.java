// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;


import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.opendaylight.statemigration.agent.backend.BackendCapabilities;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.MasterOrder;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.flow.Flow;
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
     * An empty table.
     *
     * @param capacity entries that it can hold
     * @param protocols IP protocol numbers that it can export and restore
     * @param clock the time
     */
    public MemoryStateTable(final int capacity, final Set<Integer> protocols, final InstantSource clock) {
        if (capacity < 0) {
            throw new IllegalArgumentException("Capacity " + capacity + " is negative");
        }
        this.capacity = capacity;
        this.protocols = Set.copyOf(protocols);
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
     * Change or end flows, as if their packets had passed.
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

    private Creation createAll(final List<Flow> flows) {
        final var entries = new ArrayList<Entry>();
        final var refused = new ArrayList<Refusal>();
        for (int index = 0; index < flows.size(); index++) {
            final var flow = flows.get(index);
            final var owner = memory.owner(flow);
            if (owner.isPresent() && FlowStateMerge.sameState(owner.orElseThrow().flow(), flow)) {
                entries.add(new Entry(flow, owner.orElseThrow().identity(), true));
            } else if (owner.isPresent()) {
                refused.add(new Refusal(index, RefusalReason.COLLISION,
                    "Belongs to flow " + owner.orElseThrow().key()));
            } else if (!protocols.contains(flow.key().protocol())) {
                refused.add(new Refusal(index, RefusalReason.UNSUPPORTED_PROTOCOL,
                    "This State Host keeps no state for " + Protocols.name(flow.key().protocol())));
            } else if (flow.master().filter(master -> memory.at(master) == null).isPresent()) {
                refused.add(new Refusal(index, RefusalReason.MASTER_MISSING, "The master of " + flow.key()
                    + " is not here: " + flow.master().orElseThrow()));
            } else if (memory.size() >= capacity) {
                refused.add(new Refusal(index, RefusalReason.NO_ROOM, "The table is full with " + capacity
                    + " entries"));
            } else {
                entries.add(new Entry(flow, memory.insert(MemoryEntries.fresh(flow)).identity()));
            }
        }
        return new Creation(entries, refused);
    }
}
