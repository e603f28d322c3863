// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.opendaylight.statemigration.som.transfer.StepTask;
import org.opendaylight.statemigration.som.worker.TaskScheduler;
import org.opendaylight.statemigration.som.worker.TaskScheduler.ScheduledTask;

/**
 * The steps of a leg that are done one at a time. A new step displaces the one before it, and nothing is heard of that
 * one any more. Used in the migration's mailbox only, where the outcome is heard as well; only {@link #wake} may be
 * called from anywhere.
 */
final class StepExecutor {
    /** How long a displaced step may take to notice that it was interrupted. */
    private static final Duration DISPLACEMENT_TIMEOUT = Duration.ofSeconds(1);

    private final Supplier<Executor> pool;
    private final Executor mailbox;
    private final TaskScheduler scheduler;
    private volatile StepRun current;
    private ScheduledTask deadline;

    /**
     * Nothing is done yet.
     *
     * @param pool where steps run
     * @param mailbox where outcomes and deadlines are heard
     * @param scheduler raises deadlines
     */
    StepExecutor(final Supplier<Executor> pool, final Executor mailbox, final TaskScheduler scheduler) {
        this.pool = requireNonNull(pool);
        this.mailbox = requireNonNull(mailbox);
        this.scheduler = requireNonNull(scheduler);
    }

    /**
     * Begin a step, once the one before it has ended or has had time to.
     *
     * @param task what to do
     * @param delay after how long
     * @param ended called with what was thrown, unless the step was displaced or was too slow
     */
    void begin(final StepTask task, final Duration delay, final Consumer<Optional<Throwable>> ended) {
        final var before = current;
        final var holder = new Object() {
            StepRun run;
        };
        holder.run = new StepRun(task, pool, scheduler, outcome -> mailbox.execute(() -> {
            if (current == holder.run) {
                current = null;
                ended.accept(outcome);
            }
        }));
        current = holder.run;
        if (before == null) {
            current.start(delay);
        } else {
            before.stop();
            // Its request is out before ours is
            current.startAfter(before, DISPLACEMENT_TIMEOUT, delay);
        }
    }

    /** Something has happened that the present step may wait for. */
    void wake() {
        final var run = current;
        if (run != null) {
            run.wake();
        }
    }

    /**
     * Set how long the step begun last may take, together with whatever takes its place until the next deadline is set.
     *
     * @param limit how long
     * @param passed called if it takes longer; the step is then given up
     */
    void deadline(final Duration limit, final Runnable passed) {
        clearDeadline();
        final var holder = new Object() {
            ScheduledTask mine;
        };
        holder.mine = scheduler.after(limit, () -> mailbox.execute(() -> {
            if (deadline == holder.mine) {
                stop();
                passed.run();
            }
        }));
        deadline = holder.mine;
    }

    /** There is no deadline any more. */
    void clearDeadline() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    /** Give up whatever is being done. */
    void stop() {
        clearDeadline();
        final var run = current;
        if (run != null) {
            current = null;
            run.stop();
        }
    }
}
