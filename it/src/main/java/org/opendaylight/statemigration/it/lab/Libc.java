package org.opendaylight.statemigration.it.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The few calls of the C library that Java has no other way to. A negative answer is an error there. */
final class Libc {
    private static final int O_RDONLY = 0;
    private static final int CLONE_NEWNET = 0x40000000;

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

    private Libc() {
        // Hidden on purpose
    }

    /**
     * Move the calling thread into a network namespace. It must be a platform thread that nobody else uses later.
     *
     * @param name name of the namespace
     * @throws IOException if there is no such namespace, or this process is not privileged
     */
    static void enter(final String name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            final var path = arena.allocateFrom("/run/netns/" + name);
            final int fd = (int) call(() -> (int) OPEN.invokeExact(path, O_RDONLY));
            final long failed = fd < 0 ? fd : call(() -> (int) SETNS.invokeExact(fd, CLONE_NEWNET));
            if (fd >= 0) {
                close(fd);
            }
            if (failed != 0) {
                throw new IOException("Cannot enter network namespace " + name
                    + ": it is gone, or this process is not root");
            }
        }
    }

    static int socket(final int domain, final int type, final int protocol) throws IOException {
        return (int) check("socket", call(() -> (int) SOCKET.invokeExact(domain, type, protocol)));
    }

    static void bind(final int fd, final MemorySegment address) throws IOException {
        check("bind", call(() -> (int) BIND.invokeExact(fd, address, (int) address.byteSize())));
    }

    static void connect(final int fd, final MemorySegment address) throws IOException {
        check("connect", call(() -> (int) CONNECT.invokeExact(fd, address, (int) address.byteSize())));
    }

    static void option(final int fd, final int level, final int name, final MemorySegment value) throws IOException {
        check("setsockopt", call(() -> (int) SETSOCKOPT.invokeExact(fd, level, name, value, (int) value.byteSize())));
    }

    static void send(final int fd, final MemorySegment message) throws IOException {
        check("send", call(() -> (long) SEND.invokeExact(fd, message, message.byteSize(), 0)));
    }

    static int recv(final int fd, final MemorySegment buffer) throws IOException {
        return (int) check("recv", call(() -> (long) RECV.invokeExact(fd, buffer, buffer.byteSize(), 0)));
    }

    static void close(final int fd) {
        call(() -> (int) CLOSE.invokeExact(fd));
    }

    private static long check(final String name, final long result) throws IOException {
        if (result < 0) {
            throw new IOException("The C library's " + name + " failed");
        }
        return result;
    }

    @SuppressWarnings("checkstyle:illegalCatch")
    private static long call(final Call call) {
        try {
            return call.run();
        } catch (Throwable e) {
            throw new IllegalStateException("The C library cannot be called", e);
        }
    }

    private static MethodHandle handle(final String name, final MemoryLayout result, final MemoryLayout... arguments) {
        final var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(result, arguments));
    }

    @FunctionalInterface
    private interface Call {
        // The signature of MethodHandle.invokeExact
        @SuppressWarnings("checkstyle:illegalThrows")
        long run() throws Throwable;
    }
}
