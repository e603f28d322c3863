// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.request;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.opendaylight.statemigration.ifmt.MigrationBatch;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.model.BatchRecord.Rejected;

/**
 * Several notifications as they came from outside, before it is known which VMs are meant.
 *
 * @param cause why they move
 * @param announced whether they are about to move, instead of having moved
 * @param concurrency how many may be under way at one time
 * @param requests the VMs, in order
 */
public record BatchRequest(String cause, boolean announced, OptionalInt concurrency, List<MigrationRequest> requests) {
    public BatchRequest {
        requireNonNull(cause);
        requireNonNull(concurrency);
        requests = List.copyOf(requests);
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("The batch has no notification: give one for each VM");
        }
    }

    /**
     * A batch whose VMs are clear, and those that are not.
     *
     * @param batch the clear ones
     * @param unclear the others
     */
    public record Resolved(MigrationBatch batch, List<Rejected> unclear) {
        public Resolved {
            requireNonNull(batch);
            unclear = List.copyOf(unclear);
        }
    }

    /**
     * Find out which VMs are meant.
     *
     * @param resolver knows the VMs
     * @return the batch
     * @throws MigrationRejectedException if none of them is clear
     */
    public Resolved resolve(final VmResolver resolver) throws MigrationRejectedException {
        final var clear = new ArrayList<StateMigrationNotification>();
        final var unclear = new ArrayList<Rejected>();
        for (var request : requests) {
            try {
                clear.add(request.resolve(resolver));
            } catch (MigrationRejectedException e) {
                unclear.add(new Rejected(request.vm().toString(), e.rejection()));
            }
        }
        if (clear.isEmpty()) {
            throw new MigrationRejectedException(
                new RequestRejection.UnclearBatch(unclear.getLast().why()));
        }
        return new Resolved(new MigrationBatch(cause, announced, concurrency, clear), unclear);
    }
}
