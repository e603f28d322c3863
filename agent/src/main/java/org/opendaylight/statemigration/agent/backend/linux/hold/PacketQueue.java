// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessageWriter;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkSocket;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packets of one {@code NFQUEUE}, in the order they came. A packet waits as long as there is a hold that it belongs to,
 * and no longer than {@link #WAIT_MAX}: by then its sender has repeated it or given up.
 */
final class PacketQueue implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PacketQueue.class);
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int BATCH_OCTETS = 1 << 16;
    private static final int HOLDS = 64;

    private final QueueMessages messages;
    private final int lengthPerHold;
    private final NetlinkSocket socket;
    private final NetlinkMessageWriter writer;
    private final Thread thread;
    // Guarded by this object, as is the writer
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Object, Waiters> holds = new IdentityHashMap<>();

    private volatile boolean closed;

    private PacketQueue(final QueueMessages messages, final int lengthPerHold, final NetlinkSocket socket) {
        this.messages = requireNonNull(messages);
        this.lengthPerHold = lengthPerHold;
        this.socket = requireNonNull(socket);
        writer = new NetlinkMessageWriter(socket.allocate(BATCH_OCTETS));
        thread = Thread.ofPlatform().daemon().name("packet-queue-" + messages.number()).unstarted(this::run);
    }

    /** A packet and the holds that keep it. */
    private record Waiting(HeldPacket packet, Set<Waiters> holds) {
    }

    /** A hold and how many packets it keeps. */
    private static final class Waiters {
        private final FlowSelection selection;
        private final Set<HeldPacket.Ends> translated = new HashSet<>();
        private int count;

        Waiters(final FlowSelection selection) {
            this.selection = requireNonNull(selection);
        }

        /** The rules have looked at the ports of what is translated, so its addresses tell enough. */
        boolean isTheirs(final HeldPacket packet) {
            return packet.isOf(selection) || packet.ends().filter(translated::contains).isPresent();
        }
    }

    /**
     * Begin to read a queue.
     *
     * @param namespace where
     * @param number number of the queue
     * @param lengthPerHold packets that one hold keeps; those beyond are dropped
     * @return the queue
     * @throws IOException if it cannot be read, for one because somebody else does
     */
    static PacketQueue open(final NetworkNamespace namespace, final int number, final int lengthPerHold)
            throws IOException {
        final var queue = new PacketQueue(new QueueMessages(number), lengthPerHold,
            NetlinkSocket.open(namespace, TICK));
        try {
            queue.bind();
        } catch (KernelException e) {
            queue.socket.close();
            throw new IOException("Queue " + number + " cannot be read, perhaps because another process does", e);
        }
        queue.thread.start();
        return queue;
    }

    /**
     * Begin to keep packets.
     *
     * @param hold what to end it by
     * @param selection which packets
     */
    synchronized void add(final Object hold, final FlowSelection selection) {
        holds.put(hold, new Waiters(selection));
    }

    /**
     * Keep more packets.
     *
     * @param hold what was given to begin it
     * @param translated between which addresses they go
     */
    synchronized void add(final Object hold, final Set<HeldPacket.Ends> translated) {
        holds.get(hold).translated.addAll(translated);
    }

    /**
     * End to keep packets. Those that no other hold keeps go on, in order; what comes later goes on at once.
     *
     * @param hold the hold
     */
    synchronized void release(final Object hold) {
        end(hold, false);
    }

    /**
     * End to keep packets, and drop them.
     *
     * @param hold the hold
     */
    synchronized void drop(final Object hold) {
        end(hold, true);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            synchronized (this) {
                waiting.clear();
                writer.clear();
                messages.unbind(writer);
                // The answer wakes the thread
                socket.send(writer);
            }
            thread.join(TICK.multipliedBy(2));
        } catch (KernelException e) {
            LOG.warn("Queue {} cannot be closed properly", messages.number(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            // Memory it may still use is better lost than reused
            LOG.warn("The reader of queue {} does not end", messages.number());
        } else {
            socket.close();
        }
    }

    private void bind() throws KernelException {
        messages.bind(writer, lengthPerHold * HOLDS);
        socket.send(writer);
        for (var message : socket.receive()) {
            if (message.type() == NetlinkMessage.ERROR) {
                if (message.errno() != 0) {
                    throw new KernelException("bind queue " + messages.number(), message.errno());
                }
                return;
            }
        }
        throw new KernelException("The kernel did not answer");
    }

    @SuppressWarnings("checkstyle:illegalCatch")
    private void run() {
        while (!closed) {
            try {
                receive(socket.receive());
            } catch (RuntimeException | Error e) {
                // The next packets are read all the same: nobody else answers for them
                LOG.error("Failed to read packets of queue {}", messages.number(), e);
            } catch (KernelException e) {
                // Mostly ENOBUFS: packets were dropped for want of room, as those beyond the length of a hold are
                LOG.debug("Reading queue {} failed", messages.number(), e);
            }
        }
    }

    private synchronized void receive(final List<NetlinkMessage> received) throws KernelException {
        if (closed) {
            return;
        }
        final long now = System.nanoTime();
        final var accepted = new ArrayList<HeldPacket>();
        final var dropped = new ArrayList<HeldPacket>();
        for (var message : received) {
            if (message.type() == QueueMessages.PACKET) {
                QueueMessages.packet(message, now).ifPresent(packet -> {
                    if (packet.ends().isEmpty()) {
                        dropped.add(packet);
                    } else {
                        take(packet, accepted, dropped);
                    }
                });
            }
        }
        while (!waiting.isEmpty() && now - waiting.peekFirst().packet.since() > WAIT_MAX.toNanos()) {
            dropped.add(forget(waiting.removeFirst()));
        }
        verdicts(accepted, QueueMessages.ACCEPT);
        verdicts(dropped, QueueMessages.DROP);
    }

    private void take(final HeldPacket packet, final List<HeldPacket> accepted, final List<HeldPacket> dropped) {
        final var keepers = new HashSet<Waiters>();
        for (var hold : holds.values()) {
            if (hold.isTheirs(packet)) {
                keepers.add(hold);
            }
        }
        if (keepers.isEmpty()) {
            accepted.add(packet);
        } else if (keepers.stream().anyMatch(hold -> hold.count >= lengthPerHold)) {
            dropped.add(packet);
        } else {
            keepers.forEach(hold -> hold.count++);
            waiting.addLast(new Waiting(packet, keepers));
        }
    }

    private void end(final Object hold, final boolean drop) {
        final var ended = holds.remove(hold);
        if (ended == null || closed) {
            return;
        }
        final var free = new ArrayList<HeldPacket>();
        waiting.removeIf(each -> {
            if (!each.holds.remove(ended) || !drop && !each.holds.isEmpty()) {
                return false;
            }
            free.add(forget(each));
            return true;
        });
        try {
            verdicts(free, drop ? QueueMessages.DROP : QueueMessages.ACCEPT);
        } catch (KernelException e) {
            LOG.error("{} packets of queue {} cannot go on; they are lost when the kernel needs their room",
                free.size(), messages.number(), e);
        }
    }

    private static HeldPacket forget(final Waiting packet) {
        packet.holds.forEach(hold -> hold.count--);
        return packet.packet;
    }

    private void verdicts(final List<HeldPacket> packets, final int verdict) throws KernelException {
        for (int i = 0; i < packets.size();) {
            writer.clear();
            while (i < packets.size() && writer.hasRoom(QueueMessages.MAX_LENGTH)) {
                messages.verdict(writer, packets.get(i++), verdict);
            }
            socket.send(writer);
        }
    }
}
