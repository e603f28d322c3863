// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * What is told of flows that were restored from a checkpoint; YANG container {@code restored-from-checkpoint} says what
 * each means.
 *
 * @param host the State Host that has died
 * @param takenAt when the checkpoint was taken
 * @param age how old it was when the State Host was found dead
 * @param flows flows in it
 */
public record Restoration(StateHostId host, Instant takenAt, Duration age, int flows) {
    public Restoration {
        requireNonNull(host);
        requireNonNull(takenAt);
        requireNonNull(age);
    }

    /** {@return what was lost, for people} */
    public String sentence() {
        return "State Host " + host + " is dead, so its last checkpoint was restored: " + flows + " flows, at most "
            + age.toMillis() + " ms old when it was found dead. Flows that it began in these " + age.toMillis()
            + " ms are not known and were lost; what changed in others in that time was too";
    }
}
