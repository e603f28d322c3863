// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.statemigration.ifma.FlowSelection;

/**
 * Packets that wait, in the order they came, and the holds that keep them. A packet waits as long as there is a hold
 * that it belongs to, and no longer than {@link #WAIT_MAX}: by then its sender has repeated it or given up. Not safe
 * for use by several threads.
 */
final class WaitingPackets {
    static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private final int lengthPerHold;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Object, Keeper> holds = new IdentityHashMap<>();

    /**
     * No holds.
     *
     * @param lengthPerHold packets that one hold keeps; those beyond are dropped
     */
    WaitingPackets(final int lengthPerHold) {
        this.lengthPerHold = lengthPerHold;
    }

    /** What becomes of a packet that has come. */
    enum Fate {
        WAITS,
        GOES_ON,
        IS_DROPPED
    }

    /** A packet and the holds that keep it. */
    private record Waiting(HeldPacket packet, Set<Keeper> keepers) {
    }

    /** A hold and how many packets it keeps. */
    private static final class Keeper {
        private final FlowSelection selection;
        private final Set<HeldPacket.Ends> translated = new HashSet<>();
        private int count;

        Keeper(final FlowSelection selection) {
            this.selection = requireNonNull(selection);
        }

        /** The rules have looked at the ports of what is translated, so its addresses tell enough. */
        boolean keeps(final HeldPacket packet) {
            return packet.isOf(selection) || packet.ends().filter(translated::contains).isPresent();
        }
    }

    /**
     * Begin to keep packets.
     *
     * @param hold what to end it by
     * @param selection which packets
     */
    void begin(final Object hold, final FlowSelection selection) {
        holds.put(hold, new Keeper(selection));
    }

    /**
     * Keep more packets.
     *
     * @param hold what was given to begin it
     * @param translated between which addresses they go
     */
    void extend(final Object hold, final Set<HeldPacket.Ends> translated) {
        holds.get(hold).translated.addAll(translated);
    }

    /**
     * Take a packet that has come.
     *
     * @param packet the packet
     * @return what becomes of it; whether it waits is remembered here
     */
    Fate take(final HeldPacket packet) {
        if (packet.ends().isEmpty()) {
            return Fate.IS_DROPPED;
        }
        final var keepers = new HashSet<Keeper>();
        for (var hold : holds.values()) {
            if (hold.keeps(packet)) {
                keepers.add(hold);
            }
        }
        if (keepers.isEmpty()) {
            return Fate.GOES_ON;
        }
        if (keepers.stream().anyMatch(hold -> hold.count >= lengthPerHold)) {
            return Fate.IS_DROPPED;
        }
        keepers.forEach(hold -> hold.count++);
        waiting.addLast(new Waiting(packet, keepers));
        return Fate.WAITS;
    }

    /**
     * Forget packets that have waited for too long.
     *
     * @param now the time, as {@link System#nanoTime()} tells it
     * @return those packets, in the order they came
     */
    List<HeldPacket> expire(final long now) {
        final var expired = new ArrayList<HeldPacket>();
        while (!waiting.isEmpty() && now - waiting.peekFirst().packet.since() > WAIT_MAX.toNanos()) {
            expired.add(forget(waiting.removeFirst()));
        }
        return expired;
    }

    /**
     * End a hold so that packets go on which no other hold keeps.
     *
     * @param hold what was given to begin it; may have ended
     * @return those packets, in the order they came
     */
    List<HeldPacket> release(final Object hold) {
        return end(hold, false);
    }

    /**
     * End a hold and drop what it keeps, also where other holds keep it.
     *
     * @param hold what was given to begin it; may have ended
     * @return those packets, in the order they came
     */
    List<HeldPacket> drop(final Object hold) {
        return end(hold, true);
    }

    /** Forget all packets. */
    void clear() {
        waiting.clear();
    }

    private List<HeldPacket> end(final Object hold, final boolean drop) {
        final var free = new ArrayList<HeldPacket>();
        final var ended = holds.remove(hold);
        if (ended != null) {
            waiting.removeIf(each -> {
                if (!each.keepers.remove(ended) || !drop && !each.keepers.isEmpty()) {
                    return false;
                }
                free.add(forget(each));
                return true;
            });
        }
        return free;
    }

    private static HeldPacket forget(final Waiting each) {
        each.keepers.forEach(hold -> hold.count--);
        return each.packet;
    }
}
