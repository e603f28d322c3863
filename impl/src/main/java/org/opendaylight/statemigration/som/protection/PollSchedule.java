// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.opendaylight.statemigration.time.Backoff;

/** How long to wait until the next request: an interval after a round, and a backoff after a failure. */
final class PollSchedule {
    /** After an answer that was no. */
    private static final Backoff AFTER_REFUSAL = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(1));
    /** After no answer although there seems to be a session. */
    private static final Backoff AFTER_NO_ANSWER = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final RandomGenerator random = RandomGenerator.getDefault();
    private volatile Duration interval;
    private int refusals;
    private int noAnswers;

    /**
     * What comes next.
     *
     * @param delay how long until then; empty to wait until woken
     * @param isRound whether it is the next round
     */
    record Next(Optional<Duration> delay, boolean isRound) {
        static final Next AT_ONCE = new Next(Optional.of(Duration.ZERO), false);
        static final Next WHEN_WOKEN = new Next(Optional.empty(), false);
    }

    /**
     * A schedule.
     *
     * @param interval from the end of one round to the next
     */
    PollSchedule(final Duration interval) {
        this.interval = requireNonNull(interval);
    }

    /**
     * Another interval.
     *
     * @param newInterval the interval
     * @return whether it is another one than before
     */
    boolean every(final Duration newInterval) {
        final boolean isNew = !interval.equals(newInterval);
        interval = newInterval;
        return isNew;
    }

    Duration interval() {
        return interval;
    }

    /** A round is over. */
    Next afterRound() {
        refusals = 0;
        noAnswers = 0;
        return new Next(Optional.of(interval), true);
    }

    Next afterRefusal() {
        refusals++;
        return new Next(Optional.of(AFTER_REFUSAL.after(refusals, random)), false);
    }

    Next afterNoAnswer() {
        refusals = 0;
        noAnswers++;
        return new Next(Optional.of(AFTER_NO_ANSWER.after(noAnswers, random)), false);
    }
}
