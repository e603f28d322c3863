package org.opendaylight.statemigration.agent.backend.memory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;

/**
 * Entries, found by their identity and by either direction, until their time-outs are over. Tells feeds what changes.
 * Guarded by the table's lock.
 */
final class Rows {
    private final InstantSource clock;
    private final Collection<MemoryFeed> feeds;
    private final Map<FlowKey, Row> directions = new HashMap<>();
    private final Map<Long, Row> rows = new TreeMap<>();
    private final NavigableSet<Row> byExpiry = new TreeSet<>(
        Comparator.comparing(Row::expires).thenComparing(Row::identity));
    private long lastIdentity;

    /**
     * No entries.
     *
     * @param clock the time
     * @param feeds those that are open at any time
     */
    Rows(final InstantSource clock, final Collection<MemoryFeed> feeds) {
        this.clock = requireNonNull(clock);
        this.feeds = requireNonNull(feeds);
    }

    /** {@return all, in the order of their creation} */
    Collection<Row> all() {
        return rows.values();
    }

    int size() {
        return rows.size();
    }

    long lastIdentity() {
        return lastIdentity;
    }

    /** {@return the entry with this identity, or null} */
    Row get(final long identity) {
        return rows.get(identity);
    }

    /** {@return the entry of which this is a direction, or null} */
    Row at(final FlowKey direction) {
        return directions.get(direction);
    }

    /** The entry that has one of the flow's directions already. */
    Optional<Row> owner(final Flow flow) {
        return Optional.ofNullable(directions.getOrDefault(flow.key(), directions.get(replyKey(flow))));
    }

    Row insert(final Flow flow) {
        final var row = new Row(flow, ++lastIdentity, clock.instant().plusSeconds(flow.timeout()), false);
        put(row);
        return row;
    }

    void replace(final Row row, final Flow flow, final boolean passed) {
        take(row);
        put(new Row(flow, row.identity(), clock.instant().plusSeconds(flow.timeout()), passed));
    }

    void remove(final Row row) {
        take(row);
        feeds.forEach(feed -> feed.ended(row.flow()));
    }

    /** Remove those whose time is over. */
    void purge() {
        final var now = clock.instant();
        while (!byExpiry.isEmpty() && !byExpiry.first().expires().isAfter(now)) {
            remove(byExpiry.first());
        }
    }

    /** The flow with the time-outs left, rounded up: an entry that is there has at least a second. */
    Flow read(final Row row) {
        final var left = Duration.between(clock.instant(), row.expires());
        final var flow = row.flow();
        final long seconds = left.plusSeconds(1).minusNanos(1).toSeconds();
        final long passed = flow.timeout() - seconds;
        return running(flow, seconds, flow.originalCounters(), flow.replyCounters())
            .withExpectations(flow.expectations().stream().filter(each -> each.timeout() > passed)
                .map(each -> each.withTimeout(each.timeout() - passed)).toList());
    }

    /** As a new entry begins: counters are metadata and are never restored. */
    static Flow fresh(final Flow flow) {
        return running(flow, flow.timeout(), Counters.NONE, Counters.NONE);
    }

    private void put(final Row row) {
        rows.put(row.identity(), row);
        directions.put(row.key(), row);
        directions.put(replyKey(row.flow()), row);
        byExpiry.add(row);
        feeds.forEach(feed -> feed.changed(row.flow()));
    }

    private void take(final Row row) {
        rows.remove(row.identity());
        directions.remove(row.key());
        directions.remove(replyKey(row.flow()));
        byExpiry.remove(row);
    }

    private static Flow running(final Flow flow, final long timeout, final Counters original, final Counters reply) {
        return new Flow(flow.key(), flow.reply(), flow.nat(), flow.protocolState(), flow.seenReply(), flow.assured(),
            timeout, flow.mark(), flow.labels(), flow.helper(), flow.master(), flow.expectations(),
            original, reply);
    }

    private static FlowKey replyKey(final Flow flow) {
        return new FlowKey(flow.key().network(), flow.key().protocol(), flow.reply());
    }
}
