// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.operational;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.statemigration.codec.TimeCodec;
import org.opendaylight.statemigration.codec.VmCodec;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.mdsal.codec.BatchRecordCodec;
import org.opendaylight.statemigration.mdsal.codec.CheckpointRecordCodec;
import org.opendaylight.statemigration.mdsal.codec.FailureCodec;
import org.opendaylight.statemigration.mdsal.codec.MigrationRecordCodec;
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
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.MigrationPhaseChangedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.StateHostStatusChangedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.StateMigrationNotifiedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Batch;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.BatchKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Checkpoint;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Migration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.MigrationKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.PendingCleanUp;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.StateHost;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.StateHostKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.notified.LegBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.notified.VmBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Identifier;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint16;

/**
 * Shows what the master knows: lists {@code state-host} and {@code migration} of the operational datastore, and YANG
 * notifications.
 */
public final class OperationalListener implements MasterListener {
    private final Map<StateHostId, StateHostRecord.Status> statuses = new ConcurrentHashMap<>();
    private final OperationalWriter writer;

    public OperationalListener(final OperationalWriter writer) {
        this.writer = requireNonNull(writer);
    }

    @Override
    public void hostChanged(final StateHostRecord host) {
        writer.put(path(host.hostId()), () -> MigrationRecordCodec.writeHost(host));
        if (statuses.put(host.hostId(), host.status()) != host.status()) {
            writer.publish(new StateHostStatusChangedBuilder()
                .setHostId(key(host.hostId()).getHostId())
                .setStatus(MigrationRecordCodec.writeStatus(host.status()))
                .setDetail(host.detail().isEmpty() ? null : host.detail())
                .build());
        }
    }

    @Override
    public void hostForgotten(final StateHostId hostId) {
        statuses.remove(hostId);
        writer.delete(path(hostId));
    }

    @Override
    public void migrationNotified(final MigrationRecord migration) {
        final var notification = migration.notification();
        writer.publish(new StateMigrationNotifiedBuilder()
            .setMigrationId(key(migration.id()).getMigrationId())
            .setVmName(notification.vmName().orElse(null))
            .setVm(new VmBuilder(VmCodec.encode(notification.vm())).build())
            .setAnnounced(migration.isPreCopy())
            .setLeg(BindingMap.ordered(notification.legs().stream()
                .map(leg -> new LegBuilder()
                    .setSource(key(leg.source()).getHostId())
                    .setDestination(key(leg.destination()).getHostId())
                    .build())
                .distinct()
                .toList()))
            .build());
    }

    @Override
    public void migrationChanged(final MigrationRecord migration) {
        writer.put(path(migration.id()), () -> MigrationRecordCodec.writeMigration(migration));
    }

    @Override
    public void migrationForgotten(final MigrationId id) {
        writer.delete(path(id));
    }

    @Override
    public void phaseEntered(final MigrationId id, final OptionalInt leg, final Phase phase, final Instant at,
            final Optional<Failure> failure) {
        writer.publish(new MigrationPhaseChangedBuilder()
            .setMigrationId(key(id).getMigrationId())
            .setLegId(leg.isPresent() ? Uint16.valueOf(leg.getAsInt()) : null)
            .setPhase(MigrationRecordCodec.writePhase(phase))
            .setAt(TimeCodec.encode(at))
            .setReason(failure.map(Failure::reason).map(FailureCodec::encode).orElse(null))
            .setDetail(failure.map(Failure::detail).orElse(null))
            .build());
    }

    @Override
    public void batchChanged(final BatchRecord batch) {
        writer.put(path(batch.id()), () -> BatchRecordCodec.write(batch));
    }

    @Override
    public void batchForgotten(final BatchId id) {
        writer.delete(path(id));
    }

    @Override
    public void checkpointChanged(final CheckpointRecord checkpoint) {
        writer.put(checkpointPath(checkpoint.key()), () -> CheckpointRecordCodec.write(checkpoint));
    }

    @Override
    public void checkpointForgotten(final CheckpointKey key) {
        writer.delete(checkpointPath(key));
    }

    @Override
    public void cleanUpChanged(final CleanUpRecord cleanUp) {
        writer.put(cleanUpPath(cleanUp.key()), () -> CheckpointRecordCodec.write(cleanUp));
    }

    @Override
    public void cleanUpDone(final CheckpointKey key) {
        writer.delete(cleanUpPath(key));
    }

    private static StateHostKey key(final StateHostId hostId) {
        return new StateHostKey(new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123
            .StateHostId(hostId.value()));
    }

    private static MigrationKey key(final MigrationId id) {
        return new MigrationKey(new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123
            .MigrationId(id.value()));
    }

    private static DataObjectIdentifier<StateHost> path(final StateHostId hostId) {
        return OperationalWriter.ROOT.toBuilder().child(StateHost.class, key(hostId)).build();
    }

    private static DataObjectIdentifier<Migration> path(final MigrationId id) {
        return OperationalWriter.ROOT.toBuilder().child(Migration.class, key(id)).build();
    }

    private static DataObjectIdentifier<Batch> path(final BatchId id) {
        return OperationalWriter.ROOT.toBuilder()
            .child(Batch.class, new BatchKey(new Identifier(id.value())))
            .build();
    }

    private static DataObjectIdentifier<Checkpoint> checkpointPath(final CheckpointKey key) {
        return OperationalWriter.ROOT.toBuilder()
            .child(Checkpoint.class, CheckpointRecordCodec.checkpointKey(key))
            .build();
    }

    private static DataObjectIdentifier<PendingCleanUp> cleanUpPath(final CheckpointKey key) {
        return OperationalWriter.ROOT.toBuilder()
            .child(PendingCleanUp.class, CheckpointRecordCodec.cleanUpKey(key))
            .build();
    }
}
