// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.model.BatchId;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.CleanUpRecord;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an observer's faults from disturbing migrations. */
public final class SafeListener implements MasterListener {
    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final MasterListener listener;

    public SafeListener(final MasterListener listener) {
        this.listener = requireNonNull(listener);
    }

    @Override
    public void hostChanged(final StateHostRecord host) {
        guard(() -> listener.hostChanged(host));
    }

    @Override
    public void hostForgotten(final StateHostId hostId) {
        guard(() -> listener.hostForgotten(hostId));
    }

    @Override
    public void migrationNotified(final MigrationRecord migration) {
        guard(() -> listener.migrationNotified(migration));
    }

    @Override
    public void migrationChanged(final MigrationRecord migration) {
        guard(() -> listener.migrationChanged(migration));
    }

    @Override
    public void migrationForgotten(final MigrationId id) {
        guard(() -> listener.migrationForgotten(id));
    }

    @Override
    public void phaseEntered(final MigrationId id, final OptionalInt leg, final Phase phase, final Instant at,
            final Optional<Failure> failure) {
        guard(() -> listener.phaseEntered(id, leg, phase, at, failure));
    }

    @Override
    public void batchChanged(final BatchRecord batch) {
        guard(() -> listener.batchChanged(batch));
    }

    @Override
    public void batchForgotten(final BatchId id) {
        guard(() -> listener.batchForgotten(id));
    }

    @Override
    public void checkpointChanged(final CheckpointRecord checkpoint) {
        guard(() -> listener.checkpointChanged(checkpoint));
    }

    @Override
    public void checkpointForgotten(final CheckpointKey key) {
        guard(() -> listener.checkpointForgotten(key));
    }

    @Override
    public void cleanUpChanged(final CleanUpRecord cleanUp) {
        guard(() -> listener.cleanUpChanged(cleanUp));
    }

    @Override
    public void cleanUpDone(final CheckpointKey key) {
        guard(() -> listener.cleanUpDone(key));
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private static void guard(final Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("What the master tells cannot be shown", e);
        }
    }
}
