package org.opendaylight.statemigration.som;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.batch.BatchId;
import org.opendaylight.statemigration.som.batch.BatchRecord;
import org.opendaylight.statemigration.som.protection.CheckpointKey;
import org.opendaylight.statemigration.som.protection.CheckpointRecord;
import org.opendaylight.statemigration.som.protection.CleanUpRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an observer's faults from disturbing migrations. */
final class GuardedObserver implements MasterObserver {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedObserver.class);

    private final MasterObserver observer;

    GuardedObserver(final MasterObserver observer) {
        this.observer = requireNonNull(observer);
    }

    @Override
    public void hostChanged(final StateHostRecord host) {
        guard(() -> observer.hostChanged(host));
    }

    @Override
    public void hostForgotten(final StateHostId hostId) {
        guard(() -> observer.hostForgotten(hostId));
    }

    @Override
    public void migrationNotified(final MigrationRecord migration) {
        guard(() -> observer.migrationNotified(migration));
    }

    @Override
    public void migrationChanged(final MigrationRecord migration) {
        guard(() -> observer.migrationChanged(migration));
    }

    @Override
    public void migrationForgotten(final MigrationId id) {
        guard(() -> observer.migrationForgotten(id));
    }

    @Override
    public void phaseEntered(final MigrationId id, final OptionalInt leg, final Phase phase, final Instant at,
            final Optional<Failure> failure) {
        guard(() -> observer.phaseEntered(id, leg, phase, at, failure));
    }

    @Override
    public void batchChanged(final BatchRecord batch) {
        guard(() -> observer.batchChanged(batch));
    }

    @Override
    public void batchForgotten(final BatchId id) {
        guard(() -> observer.batchForgotten(id));
    }

    @Override
    public void checkpointChanged(final CheckpointRecord checkpoint) {
        guard(() -> observer.checkpointChanged(checkpoint));
    }

    @Override
    public void checkpointForgotten(final CheckpointKey key) {
        guard(() -> observer.checkpointForgotten(key));
    }

    @Override
    public void cleanUpChanged(final CleanUpRecord cleanUp) {
        guard(() -> observer.cleanUpChanged(cleanUp));
    }

    @Override
    public void cleanUpDone(final CheckpointKey key) {
        guard(() -> observer.cleanUpDone(key));
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
