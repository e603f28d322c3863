// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.testkit;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs a repeated task when told to. */
public final class ManualScheduler extends ScheduledThreadPoolExecutor {
    private Runnable task;
    private ScheduledFuture<?> future;

    public ManualScheduler() {
        super(1, Executors.defaultThreadFactory());
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(final Runnable command, final long initialDelay,
            final long delay, final TimeUnit unit) {
        task = command;
        // Far away: only to have something that can be cancelled
        future = schedule(() -> { }, 1, TimeUnit.DAYS);
        return future;
    }

    public void run() {
        if (!future.isCancelled()) {
            task.run();
        }
    }
}
