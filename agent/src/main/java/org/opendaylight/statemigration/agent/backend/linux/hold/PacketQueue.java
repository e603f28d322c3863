// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.linux.hold.WaitingPackets.Fate;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessageWriter;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkSocket;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the packets of one {@code NFQUEUE}, and tells the kernel what becomes of them. */
final class PacketQueue implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PacketQueue.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int BATCH_OCTETS = 1 << 16;
    private static final int HOLDS = 64;

    private final QueueMessages messages;
    private final int lengthPerHold;
    private final NetlinkSocket socket;
    private final QueueReader reader;
    // Guarded by this object
    private final NetlinkMessageWriter writer;
    private final WaitingPackets waiting;

    private volatile boolean closed;

    private PacketQueue(final QueueMessages messages, final int lengthPerHold, final NetlinkSocket socket) {
        this.messages = requireNonNull(messages);
        this.lengthPerHold = lengthPerHold;
        this.socket = requireNonNull(socket);
        writer = new NetlinkMessageWriter(socket.allocate(BATCH_OCTETS));
        waiting = new WaitingPackets(lengthPerHold);
        reader = new QueueReader(messages.number(), () -> receive(socket.receive()), QueueReader.BACKOFF);
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
        queue.reader.start();
        return queue;
    }

    /**
     * Begin to keep packets.
     *
     * @param hold what to end it by
     * @param selection which packets
     */
    synchronized void add(final Object hold, final FlowSelection selection) {
        waiting.begin(hold, selection);
    }

    /**
     * Keep more packets.
     *
     * @param hold what was given to begin it
     * @param translated between which addresses they go
     */
    synchronized void add(final Object hold, final Set<HeldPacket.Ends> translated) {
        waiting.extend(hold, translated);
    }

    /**
     * End to keep packets. Those that no other hold keeps go on, in order; what comes later goes on at once.
     *
     * @param hold the hold
     */
    synchronized void release(final Object hold) {
        end(waiting.release(hold), QueueMessages.ACCEPT);
    }

    /**
     * End to keep packets, and drop them.
     *
     * @param hold the hold
     */
    synchronized void drop(final Object hold) {
        end(waiting.drop(hold), QueueMessages.DROP);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        reader.end();
        boolean ended = false;
        try {
            synchronized (this) {
                waiting.clear();
                writer.clear();
                messages.unbind(writer);
                // The answer wakes the thread
                socket.send(writer);
            }
            ended = reader.join(TICK.multipliedBy(2));
        } catch (KernelException e) {
            LOG.warn("Queue {} cannot be closed properly", messages.number(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ended) {
            socket.close();
        } else {
            // Memory it may still use is better lost than reused
            LOG.warn("The reader of queue {} does not end", messages.number());
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
                    final var fate = waiting.take(packet);
                    if (fate == Fate.GOES_ON) {
                        accepted.add(packet);
                    } else if (fate == Fate.IS_DROPPED) {
                        dropped.add(packet);
                    }
                });
            }
        }
        dropped.addAll(waiting.expire(now));
        verdicts(accepted, QueueMessages.ACCEPT);
        verdicts(dropped, QueueMessages.DROP);
    }

    private void end(final List<HeldPacket> packets, final int verdict) {
        if (closed) {
            return;
        }
        try {
            verdicts(packets, verdict);
        } catch (KernelException e) {
            LOG.error("{} packets of queue {} cannot go on; they are lost when the kernel needs their room",
                packets.size(), messages.number(), e);
        }
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
