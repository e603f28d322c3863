// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * What the master shows of a checkpoint; YANG list {@code checkpoint} says what each means.
 *
 * @param key what it is of
 * @param vmName name of the VM in the topology, where known
 * @param id under which identity the State Host follows the flows
 * @param state how it is
 * @param flows flows in it
 * @param takenAt the State Host's flows are those of this time or later
 * @param age how old that is
 * @param detail what is wrong, else empty
 */
public record CheckpointRecord(CheckpointKey key, Optional<String> vmName, MigrationId id, State state, int flows,
        Optional<Instant> takenAt, Optional<Duration> age, String detail) {
    public CheckpointRecord {
        requireNonNull(key);
        requireNonNull(vmName);
        requireNonNull(id);
        requireNonNull(state);
        requireNonNull(takenAt);
        requireNonNull(age);
        requireNonNull(detail);
    }

    /** How a checkpoint is. The order is that of YANG. */
    public enum State {
        /** The flows are being copied for the first time. */
        STARTING,
        /** The copy is kept current. */
        CURRENT,
        /** The State Host does not answer: the copy is as it was when it last did. */
        ORPHANED,
        /** There is no copy. */
        IMPOSSIBLE
    }
}
