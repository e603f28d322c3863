// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** Sends and receives the payload of IP packets of one protocol, between two addresses. */
public final class RawSocket implements AutoCloseable {
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int SOCK_RAW = 3;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int CAPACITY = 2048;

    private final boolean v4;
    private final int fd;

    private RawSocket(final boolean v4, final int fd) {
        this.v4 = v4;
        this.fd = fd;
    }

    /**
     * Open a socket in the network namespace of the calling thread, where it stays.
     *
     * @param protocol IP protocol number
     * @param local an address of that namespace
     * @param remote the only address to which it sends and from which it receives
     * @param timeoutMillis how long {@link #receive} waits for a packet
     * @return the socket
     * @throws IOException if the kernel refuses
     */
    public static RawSocket open(final int protocol, final InetAddress local, final InetAddress remote,
            final int timeoutMillis) throws IOException {
        final boolean v4 = local instanceof Inet4Address;
        final var socket = new RawSocket(v4, KernelCalls.socket(v4 ? AF_INET : AF_INET6, SOCK_RAW, protocol));
        try (var arena = Arena.ofConfined()) {
            final var time = arena.allocate(16, 8);
            time.set(ValueLayout.JAVA_LONG, 0, timeoutMillis / 1000);
            time.set(ValueLayout.JAVA_LONG, 8, timeoutMillis % 1000 * 1000L);
            KernelCalls.setOption(socket.fd, SOL_SOCKET, SO_RCVTIMEO, time);
            KernelCalls.bind(socket.fd, address(arena, v4, local));
            KernelCalls.connect(socket.fd, address(arena, v4, remote));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Send a packet.
     *
     * @param payload what follows the IP header
     * @throws IOException if the kernel refuses
     */
    public void send(final byte... payload) throws IOException {
        try (var arena = Arena.ofConfined()) {
            KernelCalls.send(fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, payload));
        }
    }

    /**
     * Wait for a packet.
     *
     * @return what follows its IP header; empty if none comes in time
     * @throws IOException if the kernel refuses
     */
    public Optional<byte[]> receive() throws IOException {
        try (var arena = Arena.ofConfined()) {
            final var buffer = arena.allocate(CAPACITY);
            final var length = KernelCalls.receiveBeforeTimeout(fd, buffer);
            if (length.isEmpty()) {
                return Optional.empty();
            }
            final var packet = buffer.asSlice(0, length.orElseThrow()).toArray(ValueLayout.JAVA_BYTE);
            // Only a raw socket of IPv4 shows the IP header
            return Optional.of(v4 ? Arrays.copyOfRange(packet, (packet[0] & 0xf) * 4, packet.length) : packet);
        }
    }

    @Override
    public void close() {
        KernelCalls.close(fd);
    }

    private static MemorySegment address(final Arena arena, final boolean v4, final InetAddress host) {
        final var address = arena.allocate(v4 ? 16 : 28, 4);
        address.set(ValueLayout.JAVA_SHORT, 0, v4 ? AF_INET : AF_INET6);
        MemorySegment.copy(MemorySegment.ofArray(host.getAddress()), 0, address, v4 ? 4 : 8, v4 ? 4 : 16);
        return address;
    }
}
