// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what the master tells, so that a listener that fails disturbs nobody. Whoever tells something wraps its
 * listener itself: it is the same in a controller and in a test.
 */
public final class SafeListener implements MasterListener {
    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final MasterListener listener;

    private SafeListener(final MasterListener listener) {
        this.listener = listener;
    }

    /**
     * Make a listener safe.
     *
     * @param listener the listener
     * @return one that throws nothing; the same if it is safe already
     */
    public static SafeListener of(final MasterListener listener) {
        return listener instanceof SafeListener safe ? safe : new SafeListener(requireNonNull(listener));
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
        } catch (Throwable e) {
            // Errors too: what is told goes on without its listener
            LOG.error("A change of the master's state could not be shown", e);
        }
    }
}
