package org.opendaylight.statemigration.agent.backend.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** A socket for what goes behind the IP header, of any protocol, between two addresses. */
final class RawSocket implements AutoCloseable {
    private static final int SOCK_RAW = 3;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int WAIT_MILLIS = 300;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final MethodHandle CONNECT = Linker.nativeLinker().downcallHandle(
        Linker.nativeLinker().defaultLookup().findOrThrow("connect"),
        FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));

    private final Arena arena = Arena.ofShared();
    private final boolean v4;
    private final int fd;
    private final MemorySegment buffer = arena.allocate(2048);

    RawSocket(final NetworkNamespace namespace, final int protocol, final InetAddress local, final InetAddress remote)
            throws IOException {
        v4 = local instanceof Inet4Address;
        fd = namespace.call(() -> Libc.socket(v4 ? Ctnetlink.AF_INET : Ctnetlink.AF_INET6, SOCK_RAW, protocol));
        final var time = arena.allocate(16);
        time.set(ValueLayout.JAVA_LONG, 8, WAIT_MILLIS * 1000L);
        Libc.setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, time);
        Libc.bind(fd, address(local));
        connect(address(remote));
    }

    void send(final byte... octets) throws IOException {
        try (var packet = Arena.ofConfined()) {
            Libc.send(fd, packet.allocateFrom(ValueLayout.JAVA_BYTE, octets), octets.length);
        }
    }

    /** The next packet, without IP header; empty if none comes. */
    Optional<byte[]> receive() throws IOException {
        try {
            final long length = Libc.recv(fd, buffer);
            final byte[] packet = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            return Optional.of(v4 ? Arrays.copyOfRange(packet, (packet[0] & 0xf) * 4, packet.length) : packet);
        } catch (KernelException e) {
            if (e.errno() == KernelException.EAGAIN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        Libc.close(fd);
        arena.close();
    }

    private MemorySegment address(final InetAddress host) {
        final var address = arena.allocate(v4 ? 16 : 28);
        address.set(ValueLayout.JAVA_SHORT.withOrder(ByteOrder.nativeOrder()), 0,
            (short) (v4 ? Ctnetlink.AF_INET : Ctnetlink.AF_INET6));
        MemorySegment.copy(MemorySegment.ofArray(host.getAddress()), 0, address, v4 ? 4 : 8, v4 ? 4 : 16);
        return address;
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private void connect(final MemorySegment address) throws IOException {
        try {
            if ((int) CONNECT.invokeExact(fd, address, (int) address.byteSize()) != 0) {
                throw new IOException("A raw socket cannot be connected");
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }
}
