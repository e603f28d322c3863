// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import java.time.Duration;

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
}
