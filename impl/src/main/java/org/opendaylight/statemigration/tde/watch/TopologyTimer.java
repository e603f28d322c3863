// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.concurrent.Executor;

/**
 * A timer for the tasks of one topology, which run one at a time on threads that other topologies use too. Of each task
 * no more than one waits, however long another one takes: one that is due while it waits already is run once. So what
 * waits is bounded by the number of different tasks, whatever the master does in a notification, and the task that
 * decides finds the newest snapshot when its turn comes.
 */
public final class TopologyTimer implements Timer {
    private final Timer clock;
    private final Executor threads;
    /** Tasks whose time has come, in that order. */
    private final LinkedHashSet<Runnable> due = new LinkedHashSet<>();
    /** Whether the threads know that there is something to do. */
    private boolean scheduled;

    /**
     * A timer.
     *
     * @param clock hands tasks over when their time has come, in order
     * @param threads runs what it is given
     */
    public TopologyTimer(final Timer clock, final Executor threads) {
        this.clock = requireNonNull(clock);
        this.threads = requireNonNull(threads);
    }

    @Override
    public Runnable after(final Duration delay, final Runnable task) {
        final var takeBack = clock.after(delay, () -> due(task));
        return () -> {
            takeBack.run();
            notDue(task);
        };
    }

    private void due(final Runnable task) {
        synchronized (this) {
            due.add(task);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        threads.execute(this::runNext);
    }

    private synchronized void notDue(final Runnable task) {
        due.remove(task);
    }

    private void runNext() {
        final Runnable task;
        synchronized (this) {
            if (due.isEmpty()) {
                scheduled = false;
                return;
            }
            task = due.removeFirst();
        }
        try {
            task.run();
        } finally {
            // Behind those of other topologies
            threads.execute(this::runNext);
        }
    }
}
