// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.request;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Origin;

/**
 * A notification as it came from outside, before it is known which VM is meant.
 *
 * @param vm what is said of the VM
 * @param legs which State Hosts, at least one pair
 */
public record MigrationRequest(VmReference vm, List<Leg> legs) {
    public MigrationRequest {
        requireNonNull(vm);
        legs = List.copyOf(legs);
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("The notification names no State Hosts: give source and destination,"
                + " or a list of legs");
        }
    }

    /**
     * The notification that is meant.
     *
     * @param resolver knows the VMs
     * @return a notification
     * @throws MigrationRejectedException if it is not clear which VM is meant
     */
    public StateMigrationNotification resolve(final VmResolver resolver) throws MigrationRejectedException {
        final var resolved = resolver.resolve(vm);
        return new StateMigrationNotification(Origin.NOTIFICATION, resolved.name(), resolved.vm(), legs);
    }
}
