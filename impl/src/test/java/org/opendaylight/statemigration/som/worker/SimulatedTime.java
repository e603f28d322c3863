// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A clock that stands still until a test moves it, a scheduler by that clock, and real threads for tasks, which may
 * block at gates. {@link #settle} returns once every task has ended or is blocked at a gate, so that a test need not
 * wait for anything.
 */
public final class SimulatedTime implements TaskScheduler, InstantSource, Executor, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final WorkerPool pool;
    private final List<Task> tasks = new ArrayList<>();
    private final Set<Thread> blocked = new HashSet<>();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private long count;
    private int running;

    private record Task(Instant due, long number, Runnable action) {
    }

    /** Where tasks are blocked until a test lets them pass. */
    public final class Gate {
        private final Set<Thread> waiting = new HashSet<>();
        private boolean open;
        private boolean reached;

        /** Wait until it is open. Called on the thread of a task. */
        public void pass() throws InterruptedException {
            synchronized (SimulatedTime.this) {
                reached = true;
                try {
                    while (!open) {
                        waiting.add(Thread.currentThread());
                        blocked.add(Thread.currentThread());
                        SimulatedTime.this.notifyAll();
                        SimulatedTime.this.wait();
                    }
                } finally {
                    waiting.remove(Thread.currentThread());
                    blocked.remove(Thread.currentThread());
                }
            }
        }

        /** Let all pass, and wait for what they do then. */
        public void open() {
            synchronized (SimulatedTime.this) {
                open = true;
                // From now on they count as running
                blocked.removeAll(waiting);
                SimulatedTime.this.notifyAll();
            }
            settle();
        }

        public boolean isReached() {
            synchronized (SimulatedTime.this) {
                return reached;
            }
        }
    }

    /**
     * The time is an arbitrary one.
     *
     * @param threads how many tasks may run at one time, blocked or not
     */
    public SimulatedTime(final int threads) {
        pool = new WorkerPool("simulated", threads, threads);
    }

    public Gate gate() {
        return new Gate();
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public void execute(final Runnable task) {
        synchronized (this) {
            running++;
        }
        pool.execute(() -> {
            try {
                task.run();
            } finally {
                synchronized (this) {
                    running--;
                    notifyAll();
                }
            }
        });
    }

    @Override
    public synchronized ScheduledTask after(final Duration delay, final Runnable task) {
        final var entry = new Task(delay.isNegative() ? now : now.plus(delay), count++, task);
        tasks.add(entry);
        return () -> {
            synchronized (this) {
                tasks.remove(entry);
            }
        };
    }

    /**
     * Let time pass. What becomes due on the way happens in order, each thing with all that follows from it at once.
     */
    public void advance(final Duration duration) {
        settle();
        final Instant end = instant().plus(duration);
        for (var next = take(end); next != null; next = take(end)) {
            execute(next.action());
            settle();
        }
        jumpTo(end);
        settle();
    }

    /** Let time pass in which nothing happens although it is due. */
    public synchronized void jump(final Duration duration) {
        jumpTo(now.plus(duration));
    }

    /** Wait until all that is to happen now has happened, apart from tasks that are blocked. */
    public synchronized void settle() {
        final long deadline = System.nanoTime() + TIMEOUT.toNanos();
        // One that is blocked and interrupted goes on
        while (running > blocked.stream().filter(thread -> !thread.isInterrupted()).count()) {
            final long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(running + " tasks have not ended, " + blocked.size() + " are blocked");
            }
            try {
                wait(Math.min(left / 1_000_000 + 1, 100));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private synchronized void jumpTo(final Instant to) {
        now = to;
    }

    private synchronized Task take(final Instant end) {
        final var next = tasks.stream().min(Comparator.comparing(Task::due).thenComparing(Task::number))
            .filter(task -> !task.due().isAfter(end)).orElse(null);
        if (next != null) {
            tasks.remove(next);
            now = next.due().isAfter(now) ? next.due() : now;
        }
        return next;
    }
}
