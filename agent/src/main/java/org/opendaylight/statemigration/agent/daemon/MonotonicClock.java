// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.daemon;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time as it was at the start, and what has passed since. Leases and time-outs are measured with it, so it is not
 * moved when the host's clock is set.
 */
final class MonotonicClock implements InstantSource {
    private final Instant begin = Instant.now();
    private final long beginNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return begin.plusNanos(System.nanoTime() - beginNanos);
    }
}
