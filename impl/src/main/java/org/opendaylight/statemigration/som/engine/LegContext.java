// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.lifecycle.MigrationEvent;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.FailoverSource;
import org.opendaylight.statemigration.som.worker.Mailbox;

/**
 * Which leg of which migration.
 *
 * @param migration the migration
 * @param index position of the leg, beginning with 0
 * @param leg between which State Hosts
 * @param failoverSource takes the place of a source that is dead
 * @param timers how long steps may take
 * @param mailbox the migration's
 */
record LegContext(MigrationRun migration, int index, Leg leg, Optional<FailoverSource> failoverSource,
        Policy.Timers timers, Mailbox mailbox) {
    LegContext {
        requireNonNull(migration);
        requireNonNull(leg);
        requireNonNull(failoverSource);
        requireNonNull(timers);
        requireNonNull(mailbox);
    }

    StateHostId host(final Role side) {
        return switch (side) {
            case SOURCE -> leg.source();
            case DESTINATION -> leg.destination();
        };
    }

    /** {@return whether the VM was said to have come back to the source since} */
    boolean isBackAtSource() {
        return migration.isBackAt(leg.source());
    }

    /** Something has happened to the leg. Called in the mailbox. */
    void tell(final MigrationEvent event) {
        migration.apply(event);
    }

    /** Some counts of the leg have changed. Called in the mailbox. */
    void tellProgress() {
        migration.progressed();
    }
}
