// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.time;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Waits until something is so. Whoever sees it looks again and again; the bound only ends a wait that is in vain. */
public final class Await {
    /** Longer than anything takes on a busy machine. */
    public static final Duration BOUND = Duration.ofMinutes(3);

    private static final long INTERVAL_MILLIS = 40;

    private Await() {
        // Hidden on purpose
    }

    /**
     * Something that may be so.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Condition<X extends Exception> {
        /**
         * Look.
         *
         * @return whether it is so
         * @throws X if that cannot be seen
         */
        boolean holds() throws X;
    }

    /**
     * Something that may be there.
     *
     * @param <T> its type
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Source<T, X extends Exception> {
        /**
         * Look.
         *
         * @return what is there; empty if it is not there yet
         * @throws X if that cannot be seen
         */
        Optional<T> get() throws X;
    }

    /**
     * Says what there is instead of what is waited for.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Explanation<X extends Exception> {
        /**
         * Look.
         *
         * @return what there is, for people
         * @throws X if that cannot be seen
         */
        String text() throws X;
    }

    /**
     * Wait until something is so, for no longer than {@link #BOUND}.
     *
     * @param <X> what the condition may throw
     * @param what a sentence that says it, for the failure
     * @param condition whether it is so
     * @throws X if the condition throws it
     * @throws IOException if it does not come to that in time
     * @throws InterruptedException if interrupted
     */
    public static <X extends Exception> void until(final String what, final Condition<X> condition)
            throws X, IOException, InterruptedException {
        until(what, BOUND, condition);
    }

    /**
     * Wait until something is so.
     *
     * @param <X> what the condition may throw
     * @param what a sentence that says it, for the failure
     * @param bound how long to wait at most
     * @param condition whether it is so
     * @throws X if the condition throws it
     * @throws IOException if it does not come to that in time
     * @throws InterruptedException if interrupted
     */
    public static <X extends Exception> void until(final String what, final Duration bound,
            final Condition<X> condition) throws X, IOException, InterruptedException {
        until(what, bound, condition, () -> "");
    }

    /**
     * Wait until something is so, for no longer than {@link #BOUND}.
     *
     * @param <X> what the condition may throw
     * @param what a sentence that says it, for the failure
     * @param condition whether it is so
     * @param instead what there is instead, for the failure
     * @throws X if the condition throws it
     * @throws IOException if it does not come to that in time
     * @throws InterruptedException if interrupted
     */
    public static <X extends Exception> void until(final String what, final Condition<X> condition,
            final Explanation<X> instead) throws X, IOException, InterruptedException {
        until(what, BOUND, condition, instead);
    }

    /**
     * Wait until something is so.
     *
     * @param <X> what the condition may throw
     * @param what a sentence that says it, for the failure
     * @param bound how long to wait at most
     * @param condition whether it is so
     * @param instead what there is instead, for the failure
     * @throws X if the condition throws it
     * @throws IOException if it does not come to that in time
     * @throws InterruptedException if interrupted
     */
    public static <X extends Exception> void until(final String what, final Duration bound,
            final Condition<X> condition, final Explanation<X> instead) throws X, IOException, InterruptedException {
        Await.<Boolean, X>present(what, bound, () -> condition.holds() ? Optional.of(true) : Optional.empty(),
            instead);
    }

    /**
     * Wait until something is there, for no longer than {@link #BOUND}.
     *
     * @param <T> its type
     * @param <X> what the source may throw
     * @param what a sentence that says it, for the failure
     * @param source where it comes from
     * @return what is there
     * @throws X if the source throws it
     * @throws IOException if it does not come in time
     * @throws InterruptedException if interrupted
     */
    public static <T, X extends Exception> T present(final String what, final Source<T, X> source)
            throws X, IOException, InterruptedException {
        return present(what, BOUND, source, () -> "");
    }

    /**
     * Wait until something is there, for no longer than {@link #BOUND}.
     *
     * @param <T> its type
     * @param <X> what the source may throw
     * @param what a sentence that says it, for the failure
     * @param source where it comes from
     * @param instead what there is instead, for the failure
     * @return what is there
     * @throws X if the source throws it
     * @throws IOException if it does not come in time
     * @throws InterruptedException if interrupted
     */
    public static <T, X extends Exception> T present(final String what, final Source<T, X> source,
            final Explanation<X> instead) throws X, IOException, InterruptedException {
        return present(what, BOUND, source, instead);
    }

    private static <T, X extends Exception> T present(final String what, final Duration bound,
            final Source<T, X> source, final Explanation<X> instead) throws X, IOException, InterruptedException {
        final long deadline = System.nanoTime() + bound.toNanos();
        while (true) {
            final var found = source.get();
            if (found.isPresent()) {
                return found.orElseThrow();
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("Not so after " + bound.toSeconds() + " s: " + what + ". " + instead.text());
            }
            Thread.sleep(INTERVAL_MILLIS);
        }
    }
}
