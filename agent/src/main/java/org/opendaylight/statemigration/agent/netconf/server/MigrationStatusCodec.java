// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.codec.EnumCodec;
import org.opendaylight.statemigration.codec.TimeCodec;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.state.host.Migration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.state.host.MigrationBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId;
import org.opendaylight.yangtools.yang.common.Uint32;

/** Entries of the list of migrations to YANG. */
final class MigrationStatusCodec {
    private MigrationStatusCodec() {
        // Hidden on purpose
    }

    static Migration encode(final MigrationStatus entry) {
        return new MigrationBuilder()
            .setMigrationId(new MigrationId(entry.migration().value()))
            .setRole(encode(entry.role()))
            .setStage(encode(entry.stage()))
            .setFlows(Uint32.valueOf(entry.flows()))
            .setHold(entry.hold().map(EnumCodec.HOLD::encode).orElse(null))
            .setLeaseExpires(entry.leaseExpires().map(TimeCodec::encode).orElse(null))
            .build();
    }

    private static Migration.Role encode(final Role role) {
        return switch (role) {
            case SOURCE -> Migration.Role.Source;
            case DESTINATION -> Migration.Role.Destination;
        };
    }

    private static Migration.Stage encode(final AgentStage stage) {
        return switch (stage) {
            case UNKNOWN -> throw new IllegalArgumentException("A migration in the list of migrations is not unknown");
            case READY -> Migration.Stage.Ready;
            case EXPORTING -> Migration.Stage.Exporting;
            case FOLLOWING -> Migration.Stage.Following;
            case IMPORTING -> Migration.Stage.Importing;
            case COMMITTED -> Migration.Stage.Committed;
            case RELEASED -> Migration.Stage.Released;
            case ABORTED -> Migration.Stage.Aborted;
            case EXPIRED -> Migration.Stage.Expired;
        };
    }
}
