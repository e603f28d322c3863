// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.netlink;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Calls of the C library that Java has no other way to make. Interrupted calls are made again. */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_OF = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle SOCKET = handle("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle BIND = handle("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle SETSOCKOPT = handle("setsockopt",
        FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle SEND = handle("send",
        FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG, INT));
    private static final MethodHandle RECV = handle("recv",
        FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG, INT));
    private static final MethodHandle POLL = handle("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));
    private static final MethodHandle OPEN = handle("open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle SETNS = handle("setns", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ValueLayout.ADDRESS, INT));
    private static final long TEXT_MAX = 256;
    private static final short POLLIN = 1;

    /** A call that needs a place for errno. */
    @FunctionalInterface
    @SuppressWarnings("checkstyle:IllegalThrows")
    private interface Call {
        long invoke(MemorySegment errno) throws Throwable;
    }

    private Libc() {
        // Hidden on purpose
    }

    static int socket(final int domain, final int type, final int protocol) throws KernelException {
        return (int) call("open a netlink socket",
            errno -> (int) SOCKET.invokeExact(errno, domain, type, protocol));
    }

    static void bind(final int fd, final MemorySegment address) throws KernelException {
        call("bind a netlink socket",
            errno -> (int) BIND.invokeExact(errno, fd, address, (int) address.byteSize()));
    }

    static void setsockopt(final int fd, final int level, final int option, final MemorySegment value)
            throws KernelException {
        call("set option " + option + " of a netlink socket",
            errno -> (int) SETSOCKOPT.invokeExact(errno, fd, level, option, value, (int) value.byteSize()));
    }

    static void send(final int fd, final MemorySegment buffer, final long length) throws KernelException {
        final long sent = call("send to the kernel", errno -> (long) SEND.invokeExact(errno, fd, buffer, length, 0));
        if (sent != length) {
            throw new KernelException("The kernel took " + sent + " of " + length + " octets");
        }
    }

    static long recv(final int fd, final MemorySegment buffer) throws KernelException {
        return call("receive from the kernel",
            errno -> (long) RECV.invokeExact(errno, fd, buffer, buffer.byteSize(), 0));
    }

    /**
     * Wait until there is something to receive, an error included.
     *
     * @param fd a socket
     * @param millis how long
     * @return whether there is
     */
    static boolean awaitInput(final int fd, final int millis) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            final var polled = arena.allocate(Long.BYTES, Integer.BYTES);
            polled.set(INT, 0, fd);
            polled.set(ValueLayout.JAVA_SHORT, Integer.BYTES, POLLIN);
            return call("wait for the kernel", errno -> (int) POLL.invokeExact(errno, polled, 1L, millis)) > 0;
        }
    }

    static int open(final String path) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            final var name = arena.allocateFrom(path);
            return (int) call("open " + path, errno -> (int) OPEN.invokeExact(errno, name, 0));
        }
    }

    static void close(final int fd) throws KernelException {
        call("close a file", errno -> (int) CLOSE.invokeExact(errno, fd));
    }

    static void setns(final int fd, final int type) throws KernelException {
        call("enter a network namespace", errno -> (int) SETNS.invokeExact(errno, fd, type));
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    static String describe(final int errno) {
        try {
            return ((MemorySegment) STRERROR.invokeExact(errno)).reinterpret(TEXT_MAX).getString(0)
                + " (error " + errno + ")";
        } catch (Throwable e) {
            throw new IllegalStateException("strerror cannot be called", e);
        }
    }

    private static MethodHandle handle(final String name, final FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, ERRNO);
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private static long call(final String what, final Call call) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            final var capture = arena.allocate(CAPTURE);
            while (true) {
                final long result = call.invoke(capture);
                if (result >= 0) {
                    return result;
                }
                final int errno = (int) ERRNO_OF.get(capture, 0L);
                if (errno != KernelException.EINTR) {
                    throw new KernelException(what, errno);
                }
            }
        } catch (KernelException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Cannot " + what, e);
        }
    }
}
