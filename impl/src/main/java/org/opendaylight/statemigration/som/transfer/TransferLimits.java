// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.som.policy.Policy;

/**
 * What policy and both State Hosts permit.
 *
 * @param flowsPerChunk flows in a chunk
 * @param flows flows in a leg
 * @param lease after how long without a message the destination undoes the leg by itself
 */
public record TransferLimits(int flowsPerChunk, int flows, Duration lease) {
    public TransferLimits {
        requireNonNull(lease);
    }

    /**
     * The lowest of all limits.
     *
     * @param policy policy
     * @param source the source
     * @param destination the destination
     * @return the limits
     */
    public static TransferLimits of(final Policy policy, final HostProfile source, final HostProfile destination) {
        final var limits = policy.limits();
        final var atSource = source.limits();
        final var atDestination = destination.limits();
        return new TransferLimits(
            Math.min(limits.flowsPerChunk(), Math.min(atSource.flowsPerChunk(), atDestination.flowsPerChunk())),
            Math.min(limits.flowsPerMigration(),
                Math.min(atSource.flowsPerMigration(), atDestination.flowsPerMigration())),
            Duration.ofSeconds(Math.min(policy.timers().holdLease().toSeconds(), atDestination.holdLease())));
    }

    /** {@return how often to speak to a destination that has a hold, so that one message may be late} */
    public Duration renewal() {
        return lease.dividedBy(3);
    }
}
