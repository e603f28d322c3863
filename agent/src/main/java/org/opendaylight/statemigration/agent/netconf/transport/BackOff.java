// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double from failure to failure up to a cap. Each is shortened at random by up to a half, so that agents
 * that lost a controller together do not come back together.
 *
 * @param initial first pause
 * @param max longest pause
 */
public record BackOff(Duration initial, Duration max) {
    public BackOff {
        if (!initial.isPositive() || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException("The back-off must begin with more than nothing and end with no less");
        }
    }

    /**
     * The pause after a failure.
     *
     * @param failures failures in a row, including this one, at least 1
     * @param random source of jitter
     * @return a pause
     */
    public Duration after(final int failures, final RandomGenerator random) {
        final int doublings = Math.min(failures - 1, 30);
        final long full = Math.min(max.toMillis(), saturatedShift(initial.toMillis(), doublings));
        return Duration.ofMillis(full - random.nextLong(full / 2 + 1));
    }

    private static long saturatedShift(final long value, final int by) {
        return value > Long.MAX_VALUE >> by ? Long.MAX_VALUE : value << by;
    }
}
