// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands tasks over when their time has come. */
@FunctionalInterface
public interface TaskScheduler {
    /** A task whose time has yet to come. */
    @FunctionalInterface
    interface ScheduledTask {
        /** Do not run it. Nothing happens if it has run or is running. */
        void cancel();
    }

    /**
     * Run a task later.
     *
     * @param delay how much later; zero or less for as soon as possible
     * @param task what to run; it shares its thread with all others, so it only puts something into a {@link Mailbox}
     *        or a {@link WorkerPool}
     * @return the task, to be cancelled
     */
    ScheduledTask after(Duration delay, Runnable task);

    /**
     * Wait on the current thread until something is done, in whatever way.
     *
     * @param outcome what to wait for
     * @param limit how long, by the clock of this scheduler
     * @return whether it is done
     * @throws InterruptedException if interrupted meanwhile
     */
    default boolean await(final Future<?> outcome, final Duration limit) throws InterruptedException {
        try {
            outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
        return true;
    }
}
