// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long to wait: until the next round, and, ever longer, until the next try of what does not work. */
final class PollSchedule {
    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private Duration interval;
    private Duration rest = FIRST_REST;

    /**
     * A rhythm.
     *
     * @param interval from one round to the next
     */
    PollSchedule(final Duration interval) {
        this.interval = requireNonNull(interval);
    }

    /** Another interval, also for those who wait already. */
    synchronized void every(final Duration newInterval) {
        if (!interval.equals(newInterval)) {
            interval = newInterval;
            notifyAll();
        }
    }

    /** Until the next round. */
    synchronized void awaitRound() throws InterruptedException {
        final long begun = System.nanoTime();
        for (long left = interval.toNanos(); left > 0; left = interval.toNanos() - (System.nanoTime() - begun)) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** It works. */
    synchronized void works() {
        rest = FIRST_REST;
    }

    /** Until the next try. */
    void rest() throws InterruptedException {
        Thread.sleep(next());
    }

    private synchronized Duration next() {
        final var now = rest;
        final var twice = now.multipliedBy(2);
        rest = twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
        return now;
    }
}
