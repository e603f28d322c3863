// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * Sees what the master knows as it changes. Called in order, one call at a time per State Host and per migration; an
 * implementation returns at once.
 */
public interface MasterListener {
    /**
     * A State Host is new or has changed.
     *
     * @param host the host
     */
    void hostChanged(StateHostRecord host);

    /**
     * A State Host is neither connected nor authorized any more.
     *
     * @param hostId the host
     */
    void hostForgotten(StateHostId hostId);

    /**
     * A Topology Discovery Entity has notified the master. {@link #migrationChanged} has been called before.
     *
     * @param migration what follows from it
     */
    void migrationNotified(MigrationRecord migration);

    /**
     * A migration is new or has changed.
     *
     * @param migration the migration
     */
    void migrationChanged(MigrationRecord migration);

    /**
     * An ended migration is not shown any more.
     *
     * @param id the migration
     */
    void migrationForgotten(MigrationId id);

    /**
     * A migration or one of its legs has entered a phase.
     *
     * @param id the migration
     * @param leg number of the leg, beginning with 1; empty where the whole is meant
     * @param phase the phase
     * @param at when
     * @param failure why it did not complete
     */
    void phaseEntered(MigrationId id, OptionalInt leg, Phase phase, Instant at, Optional<Failure> failure);

    /**
     * A batch is new or has changed.
     *
     * @param batch the batch
     */
    default void batchChanged(final BatchRecord batch) {
        // Not everyone cares
    }

    /**
     * An ended batch is not shown any more.
     *
     * @param id the batch
     */
    default void batchForgotten(final BatchId id) {
        // Not everyone cares
    }

    /**
     * A checkpoint is new or has changed.
     *
     * @param checkpoint the checkpoint
     */
    default void checkpointChanged(final CheckpointRecord checkpoint) {
        // Not everyone cares
    }

    /**
     * A checkpoint is given up.
     *
     * @param key what it was of
     */
    default void checkpointForgotten(final CheckpointKey key) {
        // Not everyone cares
    }

    /**
     * A State Host that is dead has something to delete when it is back, or has not done so yet.
     *
     * @param cleanUp what
     */
    default void cleanUpChanged(final CleanUpRecord cleanUp) {
        // Not everyone cares
    }

    /**
     * A State Host has nothing to delete any more.
     *
     * @param key of what
     */
    default void cleanUpDone(final CheckpointKey key) {
        // Not everyone cares
    }
}
