// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.Verification;
import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;

/**
 * Entries, found by their identity and by either direction, until their time-outs are over. Tells feeds what changes.
 * Guarded by the table's lock.
 */
final class MemoryEntries {
    private final InstantSource clock;
    private final Collection<MemoryFeed> feeds;
    private final Map<FlowKey, MemoryEntry> directions = new HashMap<>();
    private final Map<Long, MemoryEntry> rows = new TreeMap<>();
    private final NavigableSet<MemoryEntry> byExpiry = new TreeSet<>(
        Comparator.comparing(MemoryEntry::expires).thenComparing(MemoryEntry::identity));
    private long lastIdentity;

    /**
     * No entries.
     *
     * @param clock the time
     * @param feeds those that are open at any time
     */
    MemoryEntries(final InstantSource clock, final Collection<MemoryFeed> feeds) {
        this.clock = requireNonNull(clock);
        this.feeds = requireNonNull(feeds);
    }

    /** {@return all, in the order of their creation} */
    Collection<MemoryEntry> all() {
        return rows.values();
    }

    int size() {
        return rows.size();
    }

    long lastIdentity() {
        return lastIdentity;
    }

    /** {@return the entry with this identity, or null} */
    MemoryEntry get(final long identity) {
        return rows.get(identity);
    }

    /** {@return the entry of which this is a direction, or null} */
    MemoryEntry at(final FlowKey direction) {
        return directions.get(direction);
    }

    /** The entry that has one of the flow's directions already. */
    Optional<MemoryEntry> owner(final Flow flow) {
        return Optional.ofNullable(directions.getOrDefault(flow.key(), directions.get(replyKey(flow))));
    }

    MemoryEntry insert(final Flow flow) {
        final var stored = new MemoryEntry(flow, ++lastIdentity, clock.instant().plusSeconds(flow.timeout()), false);
        put(stored);
        return stored;
    }

    void replace(final MemoryEntry stored, final Flow flow, final boolean passed) {
        take(stored);
        put(new MemoryEntry(flow, stored.identity(), clock.instant().plusSeconds(flow.timeout()), passed));
    }

    void remove(final MemoryEntry stored) {
        take(stored);
        feeds.forEach(feed -> feed.ended(stored.flow()));
    }

    /** Remove those whose time is over. */
    void purge() {
        final var now = clock.instant();
        while (!byExpiry.isEmpty() && !byExpiry.first().expires().isAfter(now)) {
            remove(byExpiry.first());
        }
    }

    /** The flow with the time-outs left, rounded up: an entry that is there has at least a second. */
    Flow read(final MemoryEntry stored) {
        final var left = Duration.between(clock.instant(), stored.expires());
        final var flow = stored.flow();
        final long seconds = left.plusSeconds(1).minusNanos(1).toSeconds();
        final long passed = flow.timeout() - seconds;
        return running(flow, seconds, flow.originalCounters(), flow.replyCounters())
            .withExpectations(flow.expectations().stream().filter(each -> each.timeout() > passed)
                .map(each -> each.withTimeout(each.timeout() - passed)).toList());
    }

    /** Compare entries with what was asked for; what packets have changed since may be further. */
    Verification verify(final List<Entry> entries) {
        int verified = 0;
        int vanished = 0;
        final var differences = new ArrayList<String>();
        for (var entry : entries) {
            final var stored = get(entry.identity());
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

    /** As a new entry begins: counters are metadata and are never restored. */
    static Flow fresh(final Flow flow) {
        return running(flow, flow.timeout(), Counters.NONE, Counters.NONE);
    }

    private void put(final MemoryEntry stored) {
        rows.put(stored.identity(), stored);
        directions.put(stored.key(), stored);
        directions.put(replyKey(stored.flow()), stored);
        byExpiry.add(stored);
        feeds.forEach(feed -> feed.changed(stored.flow()));
    }

    private void take(final MemoryEntry stored) {
        rows.remove(stored.identity());
        directions.remove(stored.key());
        directions.remove(replyKey(stored.flow()));
        byExpiry.remove(stored);
    }

    private static Flow running(final Flow flow, final long timeout, final Counters original, final Counters reply) {
        return flow.toBuilder()
            .timeout(timeout)
            .originalCounters(original)
            .replyCounters(reply)
            .build();
    }

    private static FlowKey replyKey(final Flow flow) {
        return new FlowKey(flow.key().network(), flow.key().protocol(), flow.reply());
    }
}
