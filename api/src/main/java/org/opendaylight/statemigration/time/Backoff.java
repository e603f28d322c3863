// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.time;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.LongMath;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between the attempts of something that fails: each is twice as long as the one before, up to a cap (truncated
 * binary exponential backoff). A value: whoever waits counts the failures.
 *
 * @param initial pause after the first failure, at least 1 ms
 * @param max longest pause, not shorter than the first
 */
public record Backoff(Duration initial, Duration max) {
    public Backoff {
        checkArgument(initial.toMillis() > 0, "The first pause, %s, is shorter than 1 ms", initial);
        checkArgument(max.compareTo(initial) >= 0, "The longest pause, %s, is shorter than the first, %s", max,
            initial);
    }

    /**
     * The pause after a failure.
     *
     * @param failures failures in a row, including this one, at least 1
     * @return a pause, in whole milliseconds
     * @throws IllegalArgumentException if the number of failures is not positive
     */
    public Duration after(final int failures) {
        return Duration.ofMillis(millis(failures));
    }

    /**
     * The pause after a failure, shortened at random by up to a half, so that those who failed together do not all
     * come back together.
     *
     * @param failures failures in a row, including this one, at least 1
     * @param random source of the jitter
     * @return a pause, in whole milliseconds
     * @throws IllegalArgumentException if the number of failures is not positive
     */
    public Duration after(final int failures, final RandomGenerator random) {
        final long full = millis(failures);
        return Duration.ofMillis(full - random.nextLong(full / 2 + 1));
    }

    private long millis(final int failures) {
        checkArgument(failures > 0, "There is no pause after %s failures", failures);
        // Shifts of 62 and more bits are no longer a positive factor
        final long factor = 1L << Math.min(failures - 1, 61);
        return Math.min(max.toMillis(), LongMath.saturatedMultiply(initial.toMillis(), factor));
    }
}
