// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.netlink;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A netlink socket to netfilter. For one thread at a time. */
public final class NetlinkSocket implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(NetlinkSocket.class);
    private static final short AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 0x80003;
    private static final int NETLINK_NETFILTER = 12;
    private static final int SOCKADDR_LENGTH = 12;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int RECEIVE_BUFFER = 16 << 20;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int ADDRESS_GROUPS = 8;
    // Above what the kernel puts into one datagram of a dump
    private static final int DATAGRAM_MAX = 1 << 18;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment received = arena.allocate(DATAGRAM_MAX, Long.BYTES);
    private final int fd;

    private NetlinkSocket(final Duration timeout, final int groups, final int buffer) throws KernelException {
        int socket = -1;
        try {
            socket = Libc.socket(AF_NETLINK, SOCK_RAW_CLOEXEC | (groups == 0 ? 0 : SOCK_NONBLOCK), NETLINK_NETFILTER);
            // Beyond net.core.rmem_max: what finds no room is lost
            option(socket, SOL_SOCKET, SO_RCVBUFFORCE, buffer);
            final var address = arena.allocate(SOCKADDR_LENGTH, Integer.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, AF_NETLINK);
            address.set(ValueLayout.JAVA_INT, ADDRESS_GROUPS, groups);
            Libc.bind(socket, address);
            // Errors need not carry the request along
            option(socket, SOL_NETLINK, NETLINK_CAP_ACK, 1);
            // So that nothing waits for ever
            final var time = arena.allocate(2L * Long.BYTES, Long.BYTES);
            time.set(ValueLayout.JAVA_LONG, 0, timeout.toSeconds());
            time.set(ValueLayout.JAVA_LONG, Long.BYTES, timeout.toNanosPart() / 1000);
            Libc.setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, time);
            Libc.setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, time);
        } catch (KernelException e) {
            if (socket >= 0) {
                Libc.close(socket);
            }
            arena.close();
            throw e;
        }
        fd = socket;
    }

    /**
     * Open a socket.
     *
     * @param namespace where
     * @param timeout how long to wait for a datagram
     * @return a socket
     * @throws IOException if it cannot be opened
     */
    public static NetlinkSocket open(final NetworkNamespace namespace, final Duration timeout) throws IOException {
        return namespace.call(() -> new NetlinkSocket(timeout, 0, RECEIVE_BUFFER));
    }

    /**
     * Open a socket that hears events. To receive from it never waits.
     *
     * @param namespace where
     * @param groups bits of the groups of events
     * @param buffer octets of events that may wait; those beyond are lost, which {@link #receive} tells by
     *     {@link KernelException#ENOBUFS}
     * @return a socket
     * @throws IOException if it cannot be opened
     */
    public static NetlinkSocket listen(final NetworkNamespace namespace, final int groups, final int buffer)
            throws IOException {
        return namespace.call(() -> new NetlinkSocket(Duration.ZERO, groups, buffer));
    }

    /**
     * Wait until there is something to receive.
     *
     * @param millis how long
     * @return whether there is
     * @throws KernelException if that failed
     */
    public boolean await(final int millis) throws KernelException {
        return Libc.awaitInput(fd, millis);
    }

    /**
     * Allocate memory that lives as long as this socket.
     *
     * @param octets how much
     * @return memory, to write messages to
     */
    public MemorySegment allocate(final long octets) {
        return arena.allocate(octets, Long.BYTES);
    }

    public void send(final NetlinkMessageWriter messages) throws KernelException {
        Libc.send(fd, messages.buffer(), messages.size());
    }

    /**
     * Receive one datagram.
     *
     * @return its messages, good until the next call; none if the time is out
     * @throws KernelException if that failed
     */
    public List<NetlinkMessage> receive() throws KernelException {
        final long length;
        try {
            length = Libc.recv(fd, received);
        } catch (KernelException e) {
            if (e.errno() == KernelException.EAGAIN) {
                return List.of();
            }
            throw e;
        }
        final var messages = new ArrayList<NetlinkMessage>();
        for (long offset = 0; offset + NetlinkMessage.HEADER <= length;) {
            final var message = new NetlinkMessage(received, offset);
            if (message.length() < NetlinkMessage.HEADER || offset + message.length() > length) {
                throw new KernelException("The kernel sent a message of a length that cannot be");
            }
            messages.add(message);
            offset += message.length() + 3L & ~3L;
        }
        return messages;
    }

    @Override
    public void close() {
        if (!arena.scope().isAlive()) {
            return;
        }
        try {
            Libc.close(fd);
        } catch (KernelException e) {
            LOG.debug("Closing a netlink socket failed", e);
        }
        arena.close();
    }

    private void option(final int socket, final int level, final int option, final int value) throws KernelException {
        final var segment = arena.allocate(Integer.BYTES, Integer.BYTES);
        segment.set(ValueLayout.JAVA_INT, 0, value);
        Libc.setsockopt(socket, level, option, segment);
    }
}
