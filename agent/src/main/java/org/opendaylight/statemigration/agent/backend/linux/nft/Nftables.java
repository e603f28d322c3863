// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.nft;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;

/** Runs commands of {@code nft} in this process, by way of libnftables: a process for each would cost too much time. */
public final class Nftables implements Closeable {
    private static final String LIBRARY = "libnftables.so.1";
    // Without counters, and with names that the host's own files might give to numbers left out
    private static final int STATELESS = 1 << 2;
    private static final int NUMERIC = 1 << 7 | 1 << 8 | 1 << 9;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final NetworkNamespace namespace;
    private final Functions functions;
    private final MemorySegment context;

    private boolean closed;

    private Nftables(final NetworkNamespace namespace, final Functions functions, final MemorySegment context) {
        this.namespace = requireNonNull(namespace);
        this.functions = requireNonNull(functions);
        this.context = requireNonNull(context);
    }

    /** Functions of the library. */
    private record Functions(MethodHandle create, MethodHandle free, MethodHandle bufferOutput,
            MethodHandle bufferError, MethodHandle setFlags, MethodHandle run, MethodHandle output,
            MethodHandle error) {
        static Functions load() throws IOException {
            final SymbolLookup lookup;
            try {
                lookup = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
            } catch (IllegalArgumentException e) {
                throw new IOException("The library " + LIBRARY + " is not installed; it is in Debian's package"
                    + " libnftables1", e);
            }
            final var address = ValueLayout.ADDRESS;
            return new Functions(
                handle(lookup, "nft_ctx_new", FunctionDescriptor.of(address, INT)),
                handle(lookup, "nft_ctx_free", FunctionDescriptor.ofVoid(address)),
                handle(lookup, "nft_ctx_buffer_output", FunctionDescriptor.of(INT, address)),
                handle(lookup, "nft_ctx_buffer_error", FunctionDescriptor.of(INT, address)),
                handle(lookup, "nft_ctx_output_set_flags", FunctionDescriptor.ofVoid(address, INT)),
                handle(lookup, "nft_run_cmd_from_buffer", FunctionDescriptor.of(INT, address, address)),
                handle(lookup, "nft_ctx_get_output_buffer", FunctionDescriptor.of(address, address)),
                handle(lookup, "nft_ctx_get_error_buffer", FunctionDescriptor.of(address, address)));
        }

        private static MethodHandle handle(final SymbolLookup lookup, final String name,
                final FunctionDescriptor descriptor) {
            return Linker.nativeLinker().downcallHandle(lookup.findOrThrow(name), descriptor);
        }
    }

    /**
     * Load the library.
     *
     * @param namespace where its commands are to act
     * @return an open context; tables with an owner are its own, and go with it
     * @throws IOException if there is no such library
     */
    @SuppressWarnings("checkstyle:IllegalCatch")
    public static Nftables open(final NetworkNamespace namespace) throws IOException {
        final var functions = Functions.load();
        // The library keeps one socket for good, so it has to be made where it is to act
        return namespace.call(() -> {
            try {
                final var context = (MemorySegment) functions.create.invokeExact(0);
                if ((int) functions.bufferOutput.invokeExact(context) != 0
                    || (int) functions.bufferError.invokeExact(context) != 0) {
                    throw new IOException("libnftables has no memory for its output");
                }
                functions.setFlags.invokeExact(context, STATELESS | NUMERIC);
                return new Nftables(namespace, functions, context);
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException("libnftables cannot be called", e);
            }
        });
    }

    /**
     * Run commands, all or none.
     *
     * @param commands commands as {@code nft -f} takes them
     * @return what they print
     * @throws IOException if they fail
     */
    public synchronized String run(final String commands) throws IOException {
        if (closed) {
            throw new IOException("The connection to nftables is closed");
        }
        // Some commands look at the interfaces of the thread that they run in
        return namespace.call(() -> runHere(commands));
    }

    @Override
    @SuppressWarnings("checkstyle:IllegalCatch")
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            functions.free.invokeExact(context);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("libnftables cannot be called", e);
        }
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private String runHere(final String commands) throws IOException {
        // The library does not say that several contexts may run at one time
        synchronized (Nftables.class) {
            try (var arena = Arena.ofConfined()) {
                final int result = (int) functions.run.invokeExact(context, arena.allocateFrom(commands));
                final var error = text((MemorySegment) functions.error.invokeExact(context));
                final var output = text((MemorySegment) functions.output.invokeExact(context));
                if (result != 0) {
                    throw new IOException("nftables refused: " + error.strip().lines().findFirst().orElse("no reason"));
                }
                return output;
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException("libnftables cannot be called", e);
            }
        }
    }

    private static String text(final MemorySegment segment) {
        return segment.address() == 0 ? "" : segment.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
