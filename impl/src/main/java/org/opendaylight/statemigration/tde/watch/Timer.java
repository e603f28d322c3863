// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

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
     * {@return a timer on an executor; what a task throws is in the log, since nobody waits for its end}
     *
     * @param executor one with a single thread
     */
    static Timer on(final ScheduledExecutorService executor) {
        return (delay, task) -> {
            final var future = executor.schedule(() -> logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        };
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private static void logged(final Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Timer.class).error("A task failed", e);
            throw e;
        }
    }
}
