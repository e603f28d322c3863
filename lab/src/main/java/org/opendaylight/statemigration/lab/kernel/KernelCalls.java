// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/**
 * The few calls of the C library that the laboratory needs and Java does not offer. A call that fails throws an
 * {@link IOException} that names the call and the error number.
 */
public final class KernelCalls {
    private static final int O_RDONLY = 0;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int EAGAIN = 11;

    private static final MemoryLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final long ERRNO = CAPTURE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = handle("open", ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
        ValueLayout.JAVA_INT);
    private static final MethodHandle SETNS = handle("setns", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = handle("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle SOCKET = handle("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle BIND = handle("bind", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle CONNECT = handle("connect", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle SETSOCKOPT = handle("setsockopt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle SEND = handle("send", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    private static final MethodHandle RECV = handle("recv", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);

    private KernelCalls() {
        // Hidden on purpose
    }

    /**
     * Move the calling thread into a network namespace. It must be a platform thread that nobody else uses later.
     *
     * @param name name of the namespace
     * @throws IOException if there is no such namespace, or this process is not privileged
     */
    public static void enterNamespace(final String name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            final var path = arena.allocateFrom("/run/netns/" + name);
            final int fd = (int) check("open of network namespace " + name,
                errno -> (int) OPEN.invokeExact(errno, path, O_RDONLY));
            try {
                check("setns to network namespace " + name, errno -> (int) SETNS.invokeExact(errno, fd, CLONE_NEWNET));
            } finally {
                close(fd);
            }
        }
    }

    /**
     * Open a socket in the network namespace of the calling thread, where it stays.
     *
     * @param domain address family
     * @param type type of the socket
     * @param protocol protocol number
     * @return its file descriptor
     * @throws IOException if the kernel refuses
     */
    public static int socket(final int domain, final int type, final int protocol) throws IOException {
        return (int) check("socket", errno -> (int) SOCKET.invokeExact(errno, domain, type, protocol));
    }

    static void bind(final int fd, final MemorySegment address) throws IOException {
        check("bind", errno -> (int) BIND.invokeExact(errno, fd, address, (int) address.byteSize()));
    }

    static void connect(final int fd, final MemorySegment address) throws IOException {
        check("connect", errno -> (int) CONNECT.invokeExact(errno, fd, address, (int) address.byteSize()));
    }

    static void setOption(final int fd, final int level, final int name, final MemorySegment value)
            throws IOException {
        check("setsockopt",
            errno -> (int) SETSOCKOPT.invokeExact(errno, fd, level, name, value, (int) value.byteSize()));
    }

    /**
     * Send a message.
     *
     * @param fd file descriptor of a socket
     * @param message the message
     * @throws IOException if the kernel refuses
     */
    public static void send(final int fd, final MemorySegment message) throws IOException {
        check("send", errno -> (long) SEND.invokeExact(errno, fd, message, message.byteSize(), 0));
    }

    /**
     * Wait for a message.
     *
     * @param fd file descriptor of a socket
     * @param buffer where to put it
     * @return its length in octets
     * @throws IOException if the kernel refuses, or none comes before the socket's receive timeout
     */
    public static int receive(final int fd, final MemorySegment buffer) throws IOException {
        return receiveBeforeTimeout(fd, buffer)
            .orElseThrow(() -> new IOException("No message came before the receive timeout"));
    }

    /** The length of a message in octets; empty if none comes before the socket's receive timeout. */
    static OptionalInt receiveBeforeTimeout(final int fd, final MemorySegment buffer) throws IOException {
        final var result = call(errno -> (long) RECV.invokeExact(errno, fd, buffer, buffer.byteSize(), 0));
        return result.value < 0 && result.errno == EAGAIN ? OptionalInt.empty()
            : OptionalInt.of((int) result.orThrow("recv"));
    }

    /**
     * Close a file descriptor.
     *
     * @param fd the file descriptor
     */
    public static void close(final int fd) {
        call(errno -> (int) CLOSE.invokeExact(errno, fd));
    }

    private static long check(final String name, final Call call) throws IOException {
        return call(call).orThrow(name);
    }

    @SuppressWarnings("checkstyle:illegalCatch")
    private static Result call(final Call call) {
        try (var arena = Arena.ofConfined()) {
            final var state = arena.allocate(CAPTURE);
            final long value = call.run(state);
            return new Result(value, state.get(ValueLayout.JAVA_INT, ERRNO));
        } catch (Throwable e) {
            throw new IllegalStateException("The C library cannot be called", e);
        }
    }

    private static MethodHandle handle(final String name, final MemoryLayout result, final MemoryLayout... arguments) {
        final var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
    }

    private record Result(long value, int errno) {
        long orThrow(final String name) throws IOException {
            if (value < 0) {
                throw new IOException("The system call " + name + " failed with error " + errno);
            }
            return value;
        }
    }

    @FunctionalInterface
    private interface Call {
        // The signature of MethodHandle.invokeExact
        @SuppressWarnings("checkstyle:illegalThrows")
        long run(MemorySegment errno) throws Throwable;
    }
}
