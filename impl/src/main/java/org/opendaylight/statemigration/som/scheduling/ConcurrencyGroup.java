// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import org.opendaylight.statemigration.som.model.BatchId;

/**
 * Migrations of which only some may be under way at one time, or be copied for the first time where their VMs have yet
 * to move.
 *
 * @param batch the batch they belong to
 * @param limit how many; empty for as many as policy permits
 */
public record ConcurrencyGroup(BatchId batch, OptionalInt limit) {
    public ConcurrencyGroup {
        requireNonNull(batch);
        requireNonNull(limit);
    }
}
