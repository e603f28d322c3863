// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is being done for a leg at one of its sides: one thing at a time. New work displaces the old, and nothing is
 * heard of the old any more. Used from the migration's serial executor only, which also hears of the outcome.
 */
final class StepExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(StepExecutor.class);
    /** How long displaced work may take to notice that it was interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Something that blocks until it is done. */
    @FunctionalInterface
    interface Work {
        /**
         * Do it.
         *
         * @throws Exception if it cannot be done
         */
        void run() throws Exception;
    }

    private final String name;
    private final Executor serial;
    private final ScheduledExecutorService scheduler;
    private Thread thread;
    private Future<?> deadline;

    StepExecutor(final String name, final Executor serial, final ScheduledExecutorService scheduler) {
        this.name = requireNonNull(name);
        this.serial = requireNonNull(serial);
        this.scheduler = requireNonNull(scheduler);
    }

    /**
     * Begin something.
     *
     * @param work what to do
     * @param ended called with what was thrown, unless the work was displaced or was too slow
     */
    void begin(final Work work, final Consumer<Optional<Exception>> ended) {
        final var before = thread;
        thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            final var outcome = execute(before, work);
            final var self = Thread.currentThread();
            serial.execute(() -> {
                if (thread == self) {
                    thread = null;
                    ended.accept(outcome);
                }
            });
        });
        if (before != null) {
            before.interrupt();
        }
        thread.start();
    }

    /**
     * Set how long the work begun last may take, together with whatever takes its place until the next deadline is set.
     *
     * @param limit how long
     * @param passed called if it takes longer; the work is then given up
     */
    void deadline(final Duration limit, final Runnable passed) {
        clearDeadline();
        final var holder = new Object() {
            Future<?> mine;
        };
        holder.mine = scheduler.schedule(() -> serial.execute(() -> {
            if (deadline == holder.mine) {
                stop();
                passed.run();
            }
        }), limit.toMillis(), TimeUnit.MILLISECONDS);
        deadline = holder.mine;
    }

    /** There is no deadline any more. */
    void clearDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Give up whatever is being done. */
    void stop() {
        clearDeadline();
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private static Optional<Exception> execute(final Thread before, final Work work) {
        try {
            if (before != null) {
                // Its request is out before ours is
                before.join(GRACE);
            }
            work.run();
            return Optional.empty();
        } catch (InterruptedException e) {
            LOG.trace("Given up", e);
            return Optional.of(e);
        } catch (Exception e) {
            return Optional.of(e);
        }
    }
}
