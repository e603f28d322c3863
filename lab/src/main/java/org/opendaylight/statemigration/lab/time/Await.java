// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.time;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Waits until something is so. Whoever sees it looks again and again; the bound only ends a wait that is in vain. */
public final class Await {
    /** Longer than anything takes on a busy machine. */
    public static final Duration BOUND = Duration.ofSeconds(90);

    private static final long INTERVAL_MILLIS = 40;

    private Await() {
        // Hidden on purpose
    }

    /** Something that may be so. */
    @FunctionalInterface
    public interface Condition {
        /** {@return whether it is so} */
        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * Something that may be there.
     *
     * @param <T> its type
     */
    @FunctionalInterface
    public interface Source<T> {
        /** {@return what is there; empty if it is not there yet} */
        Optional<T> get() throws IOException, InterruptedException;
    }

    /**
     * Wait until something is so, for no longer than {@link #BOUND}.
     *
     * @param what a sentence that says it, for the failure
     * @param condition whether it is so
     * @throws IOException if it does not come to that in time, or the condition throws it
     * @throws InterruptedException if interrupted
     */
    public static void until(final String what, final Condition condition) throws IOException, InterruptedException {
        until(what, BOUND, condition);
    }

    /**
     * Wait until something is so.
     *
     * @param what a sentence that says it, for the failure
     * @param bound how long to wait at most
     * @param condition whether it is so
     * @throws IOException if it does not come to that in time, or the condition throws it
     * @throws InterruptedException if interrupted
     */
    public static void until(final String what, final Duration bound, final Condition condition)
            throws IOException, InterruptedException {
        present(what, bound, () -> condition.holds() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Wait until something is there, for no longer than {@link #BOUND}.
     *
     * @param <T> its type
     * @param what a sentence that says it, for the failure
     * @param source where it comes from
     * @return what is there
     * @throws IOException if it does not come in time, or the source throws it
     * @throws InterruptedException if interrupted
     */
    public static <T> T present(final String what, final Source<T> source) throws IOException, InterruptedException {
        return present(what, BOUND, source);
    }

    private static <T> T present(final String what, final Duration bound, final Source<T> source)
            throws IOException, InterruptedException {
        final long deadline = System.nanoTime() + bound.toNanos();
        while (true) {
            final var found = source.get();
            if (found.isPresent()) {
                return found.orElseThrow();
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("Not so after " + bound.toSeconds() + " s: " + what);
            }
            Thread.sleep(INTERVAL_MILLIS);
        }
    }
}
