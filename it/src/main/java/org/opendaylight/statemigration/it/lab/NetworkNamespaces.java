package org.opendaylight.statemigration.it.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** {@code setns(2)}: moves the calling thread into a named network namespace. */
final class NetworkNamespaces {
    private static final int O_RDONLY = 0;
    private static final int CLONE_NEWNET = 0x40000000;

    private static final MethodHandle OPEN = libc("open",
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle SETNS = libc("setns",
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE = libc("close",
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private NetworkNamespaces() {
        // Hidden on purpose
    }

    /**
     * Move the calling thread, which must be a platform thread that nobody else uses later.
     *
     * @param name name of the namespace
     * @throws IOException if there is no such namespace, or this process is not privileged
     */
    static void enter(final String name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            final int fd = (int) OPEN.invokeExact(arena.allocateFrom("/run/netns/" + name), O_RDONLY);
            final int failed = fd < 0 ? fd : (int) SETNS.invokeExact(fd, CLONE_NEWNET);
            if (fd >= 0) {
                final int ignored = (int) CLOSE.invokeExact(fd);
            }
            if (failed != 0) {
                throw new IOException("Cannot enter network namespace " + name
                    + ": it is gone, or this process is not root");
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Cannot call the C library", e);
        }
    }

    private static MethodHandle libc(final String name, final FunctionDescriptor signature) {
        final var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
    }
}
