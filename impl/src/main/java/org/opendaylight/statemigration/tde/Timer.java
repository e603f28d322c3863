package org.opendaylight.statemigration.tde;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks later, never two at a time, and those that are due at once in the order given.
 */
@FunctionalInterface
public interface Timer {
    /**
     * Run a task.
     *
     * @param delay after how long
     * @param task the task
     * @return what takes it back, if it has not begun
     */
    Runnable after(Duration delay, Runnable task);

    /**
     * {@return a timer on an executor}
     *
     * @param executor one with a single thread
     */
    static Timer on(final ScheduledExecutorService executor) {
        return (delay, task) -> {
            final var future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        };
    }
}
