// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.opendaylight.statemigration.som.policy.Damping;

/**
 * When a change of topology is acted upon.
 *
 * @param quiet how long the topology must be quiet
 * @param bound how long a decision may be put off at most
 * @param damping when something changes too often to be believed
 */
public record SettleTimes(Duration quiet, Duration bound, Damping damping) {
    public SettleTimes {
        requireNonNull(quiet);
        requireNonNull(bound);
        requireNonNull(damping);
    }
}
