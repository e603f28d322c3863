// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import org.opendaylight.statemigration.som.worker.TaskScheduler;
import org.opendaylight.statemigration.som.worker.WorkerPool;
import org.opendaylight.statemigration.som.worker.Workers;

/**
 * Time that passes when the test says so, and pools whose tasks run on the test's own thread, always in the same order.
 * State Hosts have to answer at once.
 */
final class Simulation implements TaskScheduler {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at)
        .thenComparing(Due::number));
    private Duration now = Duration.ZERO;
    private long count;

    private record Due(Duration at, long number, Runnable task) {
    }

    @Override
    public ScheduledTask after(final Duration delay, final Runnable task) {
        count++;
        final var entry = new Due(now.plus(delay.isNegative() ? Duration.ZERO : delay), count, task);
        due.add(entry);
        return () -> due.remove(entry);
    }

    WorkerPool pool() {
        return new WorkerPool("simulated", ready::add, Integer.MAX_VALUE);
    }

    Workers workers() {
        return new Workers(pool(), pool(), pool(), this);
    }

    Ticker ticker() {
        return new Ticker() {
            @Override
            public long read() {
                return now.toNanos();
            }
        };
    }

    InstantSource clock() {
        return () -> BEGIN.plus(now);
    }

    /** Run what is to be done now. */
    void run() {
        advance(Duration.ZERO);
    }

    /** Let time pass, and run what is to be done until then. */
    void advance(final Duration time) {
        final var end = now.plus(time);
        while (true) {
            if (!ready.isEmpty()) {
                ready.remove().run();
            } else if (!due.isEmpty() && due.peek().at().compareTo(end) <= 0) {
                final var next = due.remove();
                now = next.at();
                next.task().run();
            } else {
                now = end;
                return;
            }
        }
    }
}
