// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import java.time.Duration;
import org.opendaylight.statemigration.codec.TimeCodec;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.CleanUpRecord;
import org.opendaylight.statemigration.som.model.Restoration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Checkpoint;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.CheckpointBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.PendingCleanUp;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.PendingCleanUpBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.PendingCleanUpKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.RestoredFromCheckpoint;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.RestoredFromCheckpointBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.StateHostId;
import org.opendaylight.yangtools.yang.common.Uint32;

/** Checkpoints and what is done with them, to YANG. */
public final class CheckpointRecordCodec {
    private CheckpointRecordCodec() {
        // Hidden on purpose
    }

    public static Checkpoint write(final CheckpointRecord checkpoint) {
        return new CheckpointBuilder()
            .withKey(checkpointKey(checkpoint.key()))
            .setVmName(checkpoint.vmName().orElse(null))
            .setCheckpointId(new MigrationId(checkpoint.id().value()))
            .setState(EnumCodecs.CHECKPOINT_STATE.encode(checkpoint.state()))
            .setFlows(Uint32.valueOf(checkpoint.flows()))
            .setTakenAt(checkpoint.takenAt().map(TimeCodec::encode).orElse(null))
            .setAge(checkpoint.age().map(CheckpointRecordCodec::milliseconds).orElse(null))
            .setDetail(checkpoint.detail().isEmpty() ? null : checkpoint.detail())
            .build();
    }

    public static PendingCleanUp write(final CleanUpRecord cleanUp) {
        return new PendingCleanUpBuilder()
            .withKey(cleanUpKey(cleanUp.key()))
            .setSince(TimeCodec.encode(cleanUp.since()))
            .setDetail(cleanUp.detail())
            .build();
    }

    static RestoredFromCheckpoint write(final Restoration restoration) {
        return new RestoredFromCheckpointBuilder()
            .setTakenAt(TimeCodec.encode(restoration.takenAt()))
            .setAge(milliseconds(restoration.age()))
            .setFlows(Uint32.valueOf(restoration.flows()))
            .setDetail(restoration.sentence())
            .build();
    }

    public static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration
            .CheckpointKey checkpointKey(final CheckpointKey key) {
        return new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration
            .CheckpointKey(new StateHostId(key.host().value()), key.vm().toString());
    }

    public static PendingCleanUpKey cleanUpKey(final CheckpointKey key) {
        return new PendingCleanUpKey(new StateHostId(key.host().value()), key.vm().toString());
    }

    private static Uint32 milliseconds(final Duration duration) {
        return Uint32.saturatedOf(Math.max(0, duration.toMillis()));
    }
}
