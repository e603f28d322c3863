// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when told to. */
public final class ManualClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void pass(final Duration time) {
        now = now.plus(time);
    }
}
