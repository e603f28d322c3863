package org.opendaylight.statemigration.agent.backend.memory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.Capabilities;
import org.opendaylight.statemigration.agent.backend.DirtyKeys;
import org.opendaylight.statemigration.agent.backend.MasterOrder;
import org.opendaylight.statemigration.agent.backend.Progress;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
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

    // Beyond this many changes between two questions a feed reads all entries instead
    private static final int MAX_DIRTY = 10_000;

    private final int capacity;
    private final Set<Integer> protocols;
    private final InstantSource clock;

    // One lock over all: an entry and its two directions change together
    private final Map<FlowKey, Row> directions = new HashMap<>();
    private final Map<Long, Row> rows = new TreeMap<>();
    private final NavigableSet<Row> byExpiry = new TreeSet<>(
        Comparator.comparing(Row::expires).thenComparing(Row::identity));
    private final Set<MemoryHold> holds = new LinkedHashSet<>();
    private final Set<MemoryFeed> feeds = new LinkedHashSet<>();
    private long lastIdentity;
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
        this.clock = requireNonNull(clock);
    }

    /**
     * Put in flows, as if their packets had passed.
     *
     * @param flows the flows, with their counters
     * @throws IllegalArgumentException if one collides with another entry; those before it are in
     */
    public synchronized void seed(final List<Flow> flows) {
        purge();
        for (var flow : flows) {
            final var owner = owner(flow);
            if (owner.isPresent()) {
                throw new IllegalArgumentException("Flow " + flow.key() + " collides with "
                    + owner.orElseThrow().key());
            }
            insert(flow);
        }
    }

    /**
     * Change or end flows, as if their packets had passed.
     *
     * @param flows flows that are in the table, as they are from now on
     * @throws IllegalArgumentException if one is not in the table
     */
    public synchronized void change(final List<Flow> flows) {
        purge();
        for (var flow : flows) {
            final var row = directions.get(flow.key());
            if (row == null || !row.key().equals(flow.key())) {
                throw new IllegalArgumentException("There is no flow " + flow.key());
            }
            replace(row, flow, true);
        }
    }

    /** {@return the flows in the table, in order of their creation, with the time-outs left} */
    public synchronized List<Flow> flows() {
        purge();
        return rows.values().stream().map(this::read).toList();
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
    public Capabilities capabilities() {
        return new Capabilities("OpenDaylight State Migration, table in memory", protocols, Optional.empty());
    }

    @Override
    public synchronized Export export(final FlowSelection selection) throws BackendException {
        begin();
        final var entries = new ArrayList<Entry>();
        final var omitted = new TreeMap<Integer, Integer>();
        for (var row : rows.values()) {
            if (!selection.contains(row.flow())) {
                continue;
            }
            final int protocol = row.flow().key().protocol();
            if (protocols.contains(protocol)) {
                entries.add(new Entry(read(row), row.identity()));
            } else {
                omitted.merge(protocol, 1, Integer::sum);
            }
        }
        return new Export(MasterOrder.of(entries), omissions(omitted));
    }

    @Override
    public synchronized Feed follow(final FlowSelection selection) throws BackendException {
        begin();
        final var feed = new MemoryFeed(selection);
        feeds.add(feed);
        return feed;
    }

    @Override
    public synchronized List<Refusal> assess(final List<Flow> flows) throws BackendException {
        begin();
        // What is created on trial is taken out again before anybody else can see it
        final long before = lastIdentity;
        final var refused = createAll(flows).refused();
        List.copyOf(rows.values()).stream().filter(row -> row.identity() > before).forEach(this::remove);
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
            final var row = rows.get(changes.get(index).before().identity());
            if (row != null && row.flow().reply().equals(flow.reply())) {
                final boolean passed = row.passed() || found;
                replace(row, passed ? Progress.furthest(flow, read(row))
                    : running(flow, flow.timeout(), Counters.NONE, Counters.NONE), passed);
                entries.add(new Entry(flow, row.identity(), found));
                continue;
            }
            if (row != null && !found) {
                remove(row);
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
            final var row = rows.get(entry.identity());
            if (row == null) {
                vanished++;
            } else if (Progress.sameState(row.flow(),
                    row.passed() ? Progress.furthest(entry.flow(), row.flow()) : entry.flow())) {
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
            final var row = rows.get(entry.identity());
            if (row != null) {
                remove(row);
                deleted++;
            }
        }
        return deleted;
    }

    @Override
    public synchronized Hold hold(final FlowSelection selection) throws BackendException {
        begin();
        final var hold = new MemoryHold(selection);
        holds.add(hold);
        return hold;
    }

    @Override
    public void takeIntoService(final List<Entry> entries) {
        // Entries in memory need no leniency
    }

    @Override
    public synchronized void close() {
        closed = true;
        holds.clear();
        feeds.clear();
    }

    private static List<Omission> omissions(final Map<Integer, Integer> counts) {
        return counts.entrySet().stream()
            .map(count -> new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, count.getKey(), count.getValue()))
            .toList();
    }

    private void begin() throws BackendException {
        if (closed) {
            throw new BackendException("The table in memory is closed: start the agent again");
        }
        purge();
    }

    private Creation createAll(final List<Flow> flows) {
        final var entries = new ArrayList<Entry>();
        final var refused = new ArrayList<Refusal>();
        for (int index = 0; index < flows.size(); index++) {
            final var flow = flows.get(index);
            final var owner = owner(flow);
            if (owner.isPresent() && Progress.sameState(owner.orElseThrow().flow(), flow)) {
                entries.add(new Entry(flow, owner.orElseThrow().identity(), true));
            } else if (owner.isPresent()) {
                refused.add(new Refusal(index, RefusalReason.COLLISION,
                    "Belongs to flow " + owner.orElseThrow().key()));
            } else if (!protocols.contains(flow.key().protocol())) {
                refused.add(new Refusal(index, RefusalReason.UNSUPPORTED_PROTOCOL,
                    "This State Host keeps no state for " + Protocols.name(flow.key().protocol())));
            } else if (flow.master().filter(master -> !directions.containsKey(master)).isPresent()) {
                refused.add(new Refusal(index, RefusalReason.MASTER_MISSING, "The master of " + flow.key()
                    + " is not here: " + flow.master().orElseThrow()));
            } else if (rows.size() >= capacity) {
                refused.add(new Refusal(index, RefusalReason.NO_ROOM, "The table is full with " + capacity
                    + " entries"));
            } else {
                // Counters are metadata and are never restored
                final var created = running(flow, flow.timeout(), Counters.NONE, Counters.NONE);
                entries.add(new Entry(flow, insert(created).identity()));
            }
        }
        return new Creation(entries, refused);
    }

    /** The entry that has one of the flow's directions already. */
    private Optional<Row> owner(final Flow flow) {
        return Optional.ofNullable(directions.getOrDefault(flow.key(), directions.get(replyKey(flow))));
    }

    private Row insert(final Flow flow) {
        final var row = new Row(flow, ++lastIdentity, clock.instant().plusSeconds(flow.timeout()), false);
        put(row);
        return row;
    }

    private void replace(final Row row, final Flow flow, final boolean passed) {
        take(row);
        put(new Row(flow, row.identity(), clock.instant().plusSeconds(flow.timeout()), passed));
    }

    private void put(final Row row) {
        rows.put(row.identity(), row);
        directions.put(row.key(), row);
        directions.put(replyKey(row.flow()), row);
        byExpiry.add(row);
        feeds.forEach(feed -> feed.changed(row.flow()));
    }

    private void remove(final Row row) {
        take(row);
        feeds.forEach(feed -> feed.ended(row.flow()));
    }

    private void take(final Row row) {
        rows.remove(row.identity());
        directions.remove(row.key());
        directions.remove(replyKey(row.flow()));
        byExpiry.remove(row);
    }

    private void purge() {
        final var now = clock.instant();
        while (!byExpiry.isEmpty() && !byExpiry.first().expires().isAfter(now)) {
            remove(byExpiry.first());
        }
    }

    /** The flow with the time-outs left, rounded up: an entry that is there has at least a second. */
    private Flow read(final Row row) {
        final var left = Duration.between(clock.instant(), row.expires());
        final var flow = row.flow();
        final long seconds = left.plusSeconds(1).minusNanos(1).toSeconds();
        final long passed = flow.timeout() - seconds;
        return running(flow, seconds, flow.originalCounters(), flow.replyCounters())
            .withExpectations(flow.expectations().stream().filter(each -> each.timeout() > passed)
                .map(each -> each.withTimeout(each.timeout() - passed)).toList());
    }

    private static Flow running(final Flow flow, final long timeout, final Counters original, final Counters reply) {
        return new Flow(flow.key(), flow.reply(), flow.nat(), flow.protocolState(), flow.seenReply(), flow.assured(),
            timeout, flow.mark(), flow.labels(), flow.helper(), flow.master(), flow.expectations(),
            original, reply);
    }

    private static FlowKey replyKey(final Flow flow) {
        return new FlowKey(flow.key().network(), flow.key().protocol(), flow.reply());
    }

    /** An entry, with its flow as it was when it was written, and whether packets have changed it since. */
    private record Row(Flow flow, long identity, Instant expires, boolean passed) {
        FlowKey key() {
            return flow.key();
        }
    }

    /** Notes changes while they are made, under the table's lock. */
    private final class MemoryFeed implements Feed {
        private final FlowSelection selection;
        private final DirtyKeys dirty = new DirtyKeys(MAX_DIRTY);
        private final Set<FlowKey> omitted = new HashSet<>();

        MemoryFeed(final FlowSelection selection) {
            this.selection = requireNonNull(selection);
        }

        void changed(final Flow flow) {
            if (selection.contains(flow)) {
                dirty.changed(flow.key());
            }
        }

        void ended(final Flow flow) {
            if (selection.contains(flow)) {
                dirty.ended(flow.key());
            }
        }

        @Override
        public News news(final Set<FlowKey> again) throws BackendException {
            synchronized (MemoryStateTable.this) {
                begin();
                final var taken = dirty.take();
                final var keys = new LinkedHashSet<>(taken.keys());
                keys.addAll(again);
                final var found = new TreeMap<Long, Row>();
                if (taken.all()) {
                    rows.values().stream().filter(row -> selection.contains(row.flow()))
                        .forEach(row -> found.put(row.identity(), row));
                } else {
                    keys.stream().map(directions::get).filter(Objects::nonNull)
                        .filter(row -> keys.contains(row.key()) && selection.contains(row.flow()))
                        .forEach(row -> found.put(row.identity(), row));
                }
                return news(taken, keys, found.values());
            }
        }

        private News news(final DirtyKeys.Taken taken, final Set<FlowKey> keys, final Collection<Row> found) {
            final var told = Set.copyOf(omitted);
            if (taken.all()) {
                omitted.clear();
            } else {
                omitted.removeAll(keys);
            }
            final var entries = new ArrayList<Entry>();
            final var counts = new TreeMap<Integer, Integer>();
            for (var row : found) {
                if (protocols.contains(row.key().protocol())) {
                    entries.add(new Entry(read(row), row.identity()));
                } else {
                    omitted.add(row.key());
                    if (!told.contains(row.key())) {
                        counts.merge(row.key().protocol(), 1, Integer::sum);
                    }
                }
            }
            return new News(taken.all(), keys, taken.ended(), MasterOrder.sort(entries), omissions(counts));
        }

        @Override
        public void close() {
            synchronized (MemoryStateTable.this) {
                feeds.remove(this);
            }
        }
    }

    /** Nothing passes through memory, so both ends of a hold are the same: it is no longer there. */
    private final class MemoryHold implements Hold {
        private final FlowSelection selection;

        MemoryHold(final FlowSelection selection) {
            this.selection = requireNonNull(selection);
        }

        FlowSelection selection() {
            return selection;
        }

        @Override
        public HoldKind kind() {
            return HoldKind.DROP;
        }

        @Override
        public void cover(final List<Flow> flows) {
            // No packets, no addresses
        }

        @Override
        public void release() {
            end();
        }

        @Override
        public void drop() {
            end();
        }

        private void end() {
            synchronized (MemoryStateTable.this) {
                holds.remove(this);
            }
        }
    }
}
