// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.opendaylight.statemigration.som.transfer.StepTask;
import org.opendaylight.statemigration.som.transfer.StepTask.Next;
import org.opendaylight.statemigration.som.worker.TaskScheduler;
import org.opendaylight.statemigration.som.worker.TaskScheduler.ScheduledTask;

/**
 * One attempt of a step: runs its pieces one after the other on threads of a pool. Used from any thread; its monitor is
 * not held while a piece runs or anybody is called.
 */
final class StepRun {
    /** How far it is. */
    private enum State {
        /** Not started, or its first piece is delayed. */
        NEW,
        /** For a time or an event. */
        WAITING,
        /** For a thread of the pool. */
        QUEUED,
        RUNNING,
        ENDED
    }

    private final StepTask task;
    private final Supplier<Executor> pool;
    private final TaskScheduler scheduler;
    private final Consumer<Optional<Throwable>> outcome;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private State state = State.NEW;
    private boolean started;
    private boolean stopped;
    /** Whether something has happened since the piece that runs began. */
    private boolean woken;
    private Thread thread;
    private ScheduledTask timer = () -> { };

    /**
     * An attempt that is not started.
     *
     * @param task what to do
     * @param pool where pieces run; asked before each
     * @param scheduler wakes it up
     * @param outcome hears how it ended, with what was thrown if it failed; not called if it was stopped
     */
    StepRun(final StepTask task, final Supplier<Executor> pool, final TaskScheduler scheduler,
            final Consumer<Optional<Throwable>> outcome) {
        this.task = requireNonNull(task);
        this.pool = requireNonNull(pool);
        this.scheduler = requireNonNull(scheduler);
        this.outcome = requireNonNull(outcome);
    }

    /**
     * Start it.
     *
     * @param delay after how long
     */
    void start(final Duration delay) {
        synchronized (this) {
            if (started || state == State.ENDED) {
                return;
            }
            started = true;
        }
        if (delay.isPositive()) {
            wakeAfter(delay);
        } else {
            enqueue(State.NEW);
        }
    }

    /**
     * Start it when another one has ended.
     *
     * @param other the other one
     * @param limit start it after this time in any case
     * @param delay after how long
     */
    void startAfter(final StepRun other, final Duration limit, final Duration delay) {
        final var late = scheduler.after(limit, () -> start(delay));
        other.ended.thenRun(() -> {
            late.cancel();
            start(delay);
        });
    }

    /** Something has happened that it may wait for. */
    void wake() {
        synchronized (this) {
            woken = true;
            if (state != State.WAITING) {
                return;
            }
            timer.cancel();
        }
        enqueue(State.WAITING);
    }

    /** Give it up: it is interrupted, and nothing is heard of it any more. */
    void stop() {
        synchronized (this) {
            stopped = true;
            timer.cancel();
            if (state == State.RUNNING) {
                thread.interrupt();
                return;
            }
            state = State.ENDED;
        }
        ended.complete(null);
    }

    private void wakeAfter(final Duration delay) {
        final var scheduled = scheduler.after(delay, this::elapsed);
        synchronized (this) {
            if (state == State.NEW || state == State.WAITING) {
                timer = scheduled;
                return;
            }
        }
        scheduled.cancel();
    }

    private void elapsed() {
        final State before;
        synchronized (this) {
            before = state;
        }
        if (before == State.NEW || before == State.WAITING) {
            enqueue(before);
        }
    }

    private void enqueue(final State from) {
        synchronized (this) {
            if (state != from) {
                return;
            }
            state = State.QUEUED;
        }
        pool.get().execute(this::runPiece);
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private void runPiece() {
        synchronized (this) {
            if (state != State.QUEUED) {
                return;
            }
            state = State.RUNNING;
            woken = false;
            thread = Thread.currentThread();
        }
        Next next = Next.DONE;
        Optional<Throwable> failure = Optional.empty();
        try {
            next = task.run();
        } catch (Throwable e) {
            // Errors too: they end this step and nothing else
            failure = Optional.of(e);
        }
        endPiece(next, failure);
    }

    private void endPiece(final Next next, final Optional<Throwable> failure) {
        final boolean heard;
        final State now;
        synchronized (this) {
            thread = null;
            // Whoever interrupted meant this step, not what the thread does next
            Thread.interrupted();
            heard = !stopped;
            if (heard && next instanceof Next.Within(var wait)) {
                state = woken || !wait.isPositive() ? State.QUEUED : State.WAITING;
            } else {
                state = State.ENDED;
            }
            now = state;
        }
        if (now == State.QUEUED) {
            pool.get().execute(this::runPiece);
        } else if (now == State.WAITING && next instanceof Next.Within(var wait)) {
            wakeAfter(wait);
        } else {
            ended.complete(null);
            if (heard) {
                outcome.accept(failure);
            }
        }
    }
}
