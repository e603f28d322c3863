// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeSet;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.ProtocolState;

/**
 * What a source has handed over, and what has changed in it since. Holds one entry for each flow that is there or was
 * handed over and is not known to have ended at the other side, however long it is kept.
 *
 * <p>No table tells that packets renew a time-out. So an entry is looked at again when half of the time-out that was
 * handed over is gone; if it was renewed it is handed over again, lest it ends at the other side while it lives here.
 * Of protocols that have no end of their own, a short time-out is all that keeps the flow: it is looked at every
 * second, so that whenever the flows change over, what is known there is hardly older.
 */
final class ChangeTracker {
    private static final Duration SOONEST = Duration.ofSeconds(1);
    /** Time-outs count in whole seconds, so what differs by less was not renewed. */
    private static final long SLACK_SECONDS = 2;
    /** Mappings live for some minutes, and are kept by packets that come a little sooner (RFC 4787, section 4.3). */
    private static final long SHORT_SECONDS = 180;
    /** Bounds the work of one look; the others take their turn at the next one. */
    private static final int LOOKS = 2000;

    private final Map<FlowKey, Handed> handed = new LinkedHashMap<>();
    private final NavigableSet<Handed> byDue = new TreeSet<>(
        Comparator.comparing(Handed::due).thenComparing(Handed::serial));
    // Handed over and ended since
    private final Set<FlowKey> ended = new LinkedHashSet<>();
    // New or changed. If the key is among the ended ones too, that goes first
    private final Map<FlowKey, Entry> fresh = new LinkedHashMap<>();
    private long serial;

    /** What to tell the other side: first that flows have ended, as new ones may have taken their places. */
    record Delta(List<FlowKey> ended, List<Flow> flows) {
        boolean isEmpty() {
            return ended.isEmpty() && flows.isEmpty();
        }
    }

    private record Handed(Entry entry, Instant at, Instant due, long serial) {
        /** Whether the time-out is further away than it would be if it had only run since. */
        boolean isRenewed(final Flow flow, final Instant now) {
            return flow.timeout() > entry.flow().timeout() - Duration.between(at, now).toSeconds() + SLACK_SECONDS;
        }
    }

    /** {@return how many flows the other side has, if it took all} */
    int size() {
        return handed.size();
    }

    /** {@return how many flows the other side will have once it has been told all} */
    int sizeToBe() {
        return handed.size() - ended.size()
            + (int) fresh.keySet().stream().filter(key -> !handed.containsKey(key) || ended.contains(key)).count();
    }

    /** {@return what was handed over and has not ended, as far as that is known} */
    List<Entry> present() {
        return handed.values().stream().map(Handed::entry).filter(entry -> !ended.contains(entry.flow().key()))
            .toList();
    }

    boolean hasHanded(final FlowKey key) {
        return handed.containsKey(key);
    }

    boolean hasMore() {
        return !ended.isEmpty() || !fresh.isEmpty();
    }

    /** {@return keys of entries that it is time to look at again, those first that have waited longest} */
    Set<FlowKey> due(final Instant now) {
        final var keys = new HashSet<FlowKey>();
        for (var each : byDue) {
            if (each.due.isAfter(now) || keys.size() == LOOKS) {
                break;
            }
            keys.add(each.entry.flow().key());
        }
        return keys;
    }

    void note(final ChangeSet changeSet, final Instant now) {
        final var present = new HashMap<FlowKey, Entry>();
        changeSet.entries().forEach(entry -> present.put(entry.flow().key(), entry));
        final var gone = new ArrayList<FlowKey>();
        if (changeSet.all()) {
            gone.addAll(handed.keySet());
            gone.addAll(fresh.keySet());
        } else {
            gone.addAll(changeSet.keys());
        }
        gone.removeIf(present::containsKey);
        gone.forEach(this::noteGone);
        // In the order of the change set: masters come before their children
        changeSet.entries().forEach(entry -> {
            if (present.remove(entry.flow().key(), entry)) {
                consider(entry, changeSet.ended().contains(entry.flow().key()), now);
            }
        });
    }

    /**
     * Hand over what has changed.
     *
     * @param max ended and other flows together
     * @param now the time
     * @return what to tell
     */
    Delta hand(final int max, final Instant now) {
        final var keys = ended.stream().limit(max).toList();
        keys.forEach(key -> {
            ended.remove(key);
            byDue.remove(handed.remove(key));
        });
        final var entries = fresh.values().stream().limit(max - keys.size()).toList();
        entries.forEach(entry -> {
            fresh.remove(entry.flow().key());
            record(entry, now);
        });
        return new Delta(keys, entries.stream().map(Entry::flow).toList());
    }

    private void noteGone(final FlowKey key) {
        fresh.remove(key);
        if (handed.containsKey(key)) {
            ended.add(key);
        }
    }

    private void consider(final Entry found, final boolean hasEnded, final Instant now) {
        final var key = found.flow().key();
        final var before = handed.get(key);
        final var entry = new Entry(found.flow().withMaster(found.flow().master().filter(master ->
            isThere(master) || before != null && before.entry.flow().master().equals(found.flow().master()))),
            found.identity());
        if (before != null && (hasEnded || isAnother(before.entry, entry))) {
            ended.add(key);
        }
        if (before == null || ended.contains(key)) {
            fresh.put(key, entry);
        } else if (!FlowStateMerge.sameState(before.entry.flow(), entry.flow())) {
            fresh.put(key, entry);
        } else if (before.due.isAfter(now)) {
            fresh.remove(key);
        } else if (before.isRenewed(entry.flow(), now)) {
            fresh.put(key, entry);
        } else {
            fresh.remove(key);
            put(new Handed(before.entry, before.at, nextLook(entry.flow(), now), before.serial));
        }
    }

    /** A master that the other side does not have, and will not have before its child, is not named. */
    private boolean isThere(final FlowKey master) {
        return fresh.containsKey(master) || handed.containsKey(master) && !ended.contains(master);
    }

    /**
     * The identity alone does not do: a kernel may give a new entry the place in memory, and with it the identity, of
     * the one that has just ended.
     */
    private static boolean isAnother(final Entry before, final Entry now) {
        return before.identity() != now.identity() || FlowStateMerge.isAnew(before.flow(), now.flow());
    }

    private void record(final Entry entry, final Instant now) {
        put(new Handed(entry, now, nextLook(entry.flow(), now), ++serial));
    }

    private void put(final Handed each) {
        final var before = handed.put(each.entry.flow().key(), each);
        if (before != null) {
            byDue.remove(before);
        }
        byDue.add(each);
    }

    private static Instant nextLook(final Flow flow, final Instant now) {
        if (!(flow.protocolState() instanceof ProtocolState.Tcp) && flow.timeout() <= SHORT_SECONDS) {
            return now.plus(SOONEST);
        }
        final var half = Duration.ofSeconds(flow.timeout()).dividedBy(2);
        return now.plus(half.compareTo(SOONEST) < 0 ? SOONEST : half);
    }
}
