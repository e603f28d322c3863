// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import org.opendaylight.statemigration.codec.EnumCodec;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.MigrationPlan;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.HostStatus;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.PlanStateMigrationOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Checkpoint;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Migration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.Unmatched;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.AuthorizedHost;

/** The enumerations of module {@code statemigration-master}, each with the Java enumeration that stands for it. */
public final class EnumCodecs {
    /** Phases of a migration and of its legs. */
    public static final EnumCodec<Phase,
        org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.Phase> PHASE =
        EnumCodec.of(Phase.class,
            org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.Phase.class);
    /** Whether a State Host can take part. */
    public static final EnumCodec<StateHostRecord.Status, HostStatus> HOST_STATUS =
        EnumCodec.of(StateHostRecord.Status.class, HostStatus.class);
    /** Who asked for a migration. */
    public static final EnumCodec<StateMigrationNotification.Origin, Migration.Origin> ORIGIN =
        EnumCodec.of(StateMigrationNotification.Origin.class, Migration.Origin.class);
    /** Whether flows lose a function or meet one that does not know them. */
    public static final EnumCodec<StateMigrationNotification.Unmatched.Side, Unmatched.Side> UNMATCHED_SIDE =
        EnumCodec.of(StateMigrationNotification.Unmatched.Side.class, Unmatched.Side.class);
    /** State of a checkpoint. */
    public static final EnumCodec<CheckpointRecord.State, Checkpoint.State> CHECKPOINT_STATE =
        EnumCodec.of(CheckpointRecord.State.class, Checkpoint.State.class);
    /** What a migration would come to. */
    public static final EnumCodec<MigrationPlan.Outcome, PlanStateMigrationOutput.Outcome> PLAN_OUTCOME =
        EnumCodec.of(MigrationPlan.Outcome.class, PlanStateMigrationOutput.Outcome.class);
    /** Roles that policy permits to a State Host. */
    public static final EnumCodec<Role, AuthorizedHost.Role> PERMITTED_ROLE =
        EnumCodec.of(Role.class, AuthorizedHost.Role.class);

    private EnumCodecs() {
        // Hidden on purpose
    }
}
