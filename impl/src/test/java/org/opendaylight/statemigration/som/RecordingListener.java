// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
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

/** Writes down what it is told, and notes calls that overlap although they must not. */
public final class RecordingListener implements MasterListener {
    /** A phase entered. */
    public record Entered(MigrationId id, OptionalInt leg, Phase phase, Optional<Failure> failure) {
    }

    private final List<StateHostRecord> hosts = new ArrayList<>();
    private final List<StateHostId> forgottenHosts = new ArrayList<>();
    private final List<MigrationRecord> changes = new ArrayList<>();
    private final List<MigrationId> notified = new ArrayList<>();
    private final List<MigrationId> forgotten = new ArrayList<>();
    private final List<Entered> entered = new ArrayList<>();
    private final Map<BatchId, BatchRecord> batches = new HashMap<>();
    private final Map<CheckpointKey, CheckpointRecord> checkpoints = new HashMap<>();
    private final Map<CheckpointKey, CleanUpRecord> cleanUps = new HashMap<>();
    private final List<BatchId> forgottenBatches = new ArrayList<>();
    private final Map<MigrationId, AtomicBoolean> busy = new ConcurrentHashMap<>();
    private volatile boolean overlapped;
    private volatile boolean failing;

    @Override
    public synchronized void hostChanged(final StateHostRecord host) {
        hosts.add(host);
    }

    @Override
    public synchronized void hostForgotten(final StateHostId hostId) {
        forgottenHosts.add(hostId);
    }

    @Override
    public void migrationNotified(final MigrationRecord migration) {
        alone(migration.id(), () -> notified.add(migration.id()));
    }

    @Override
    public void migrationChanged(final MigrationRecord migration) {
        alone(migration.id(), () -> changes.add(migration));
    }

    @Override
    public void migrationForgotten(final MigrationId id) {
        alone(id, () -> forgotten.add(id));
    }

    @Override
    public void phaseEntered(final MigrationId id, final OptionalInt leg, final Phase phase, final Instant at,
            final Optional<Failure> failure) {
        alone(id, () -> entered.add(new Entered(id, leg, phase, failure)));
    }

    @Override
    public synchronized void batchChanged(final BatchRecord batch) {
        batches.put(batch.id(), batch);
    }

    @Override
    public synchronized void batchForgotten(final BatchId id) {
        forgottenBatches.add(id);
    }

    @Override
    public synchronized void checkpointChanged(final CheckpointRecord checkpoint) {
        checkpoints.put(checkpoint.key(), checkpoint);
    }

    @Override
    public synchronized void checkpointForgotten(final CheckpointKey key) {
        checkpoints.remove(key);
    }

    @Override
    public synchronized void cleanUpChanged(final CleanUpRecord cleanUp) {
        cleanUps.put(cleanUp.key(), cleanUp);
    }

    @Override
    public synchronized void cleanUpDone(final CheckpointKey key) {
        cleanUps.remove(key);
    }

    private void alone(final MigrationId id, final Runnable note) {
        final var flag = busy.computeIfAbsent(id, unknown -> new AtomicBoolean());
        if (!flag.compareAndSet(false, true)) {
            overlapped = true;
        }
        synchronized (this) {
            note.run();
        }
        flag.set(false);
        if (failing) {
            throw new IllegalStateException("The observer fails");
        }
    }

    /** Throw whatever one is told from now on. */
    public void fail() {
        failing = true;
    }

    public boolean overlapped() {
        return overlapped;
    }

    public synchronized List<StateHostRecord> hosts() {
        return List.copyOf(hosts);
    }

    public synchronized List<StateHostId> forgottenHosts() {
        return List.copyOf(forgottenHosts);
    }

    public synchronized List<MigrationRecord> changes(final MigrationId id) {
        return changes.stream().filter(change -> change.id().equals(id)).toList();
    }

    public synchronized List<MigrationId> notified() {
        return List.copyOf(notified);
    }

    public synchronized List<MigrationId> forgotten() {
        return List.copyOf(forgotten);
    }

    public synchronized List<Entered> entered(final MigrationId id) {
        return entered.stream().filter(one -> one.id().equals(id)).toList();
    }

    public synchronized BatchRecord batch(final BatchId id) {
        return batches.get(id);
    }

    public synchronized List<CheckpointRecord> checkpoints() {
        return List.copyOf(checkpoints.values());
    }

    public synchronized List<CleanUpRecord> cleanUps() {
        return List.copyOf(cleanUps.values());
    }

    public synchronized List<BatchId> forgottenBatches() {
        return List.copyOf(forgottenBatches);
    }

    /** {@return migrations in the order in which they began} */
    public synchronized List<MigrationId> started() {
        return entered.stream().filter(one -> one.leg().isEmpty() && one.phase() == Phase.PREPARING)
            .map(Entered::id).toList();
    }

    /** {@return the phases of the whole, in order} */
    public synchronized Stream<Phase> phases(final MigrationId id) {
        return entered(id).stream().filter(one -> one.leg().isEmpty()).map(Entered::phase);
    }
}
