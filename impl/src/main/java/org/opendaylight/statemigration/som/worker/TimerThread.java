// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that hands tasks over when their time has come. It is started at once. */
public final class TimerThread implements TaskScheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimerThread.class);

    private final String name;
    private final ScheduledThreadPoolExecutor thread;

    /**
     * A thread.
     *
     * @param name its name
     */
    public TimerThread(final String name) {
        this.name = requireNonNull(name);
        thread = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.prestartAllCoreThreads();
    }

    @Override
    public ScheduledTask after(final Duration delay, final Runnable task) {
        try {
            final var future = thread.schedule(() -> SafeTask.run(name, task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is closed", name, e);
            return () -> { };
        }
    }

    /** Hand over nothing further. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
