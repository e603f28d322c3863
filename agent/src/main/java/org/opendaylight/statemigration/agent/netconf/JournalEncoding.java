package org.opendaylight.statemigration.agent.netconf;

import org.opendaylight.statemigration.agent.soa.JournalEntry;
import org.opendaylight.statemigration.agent.soa.Stage;
import org.opendaylight.statemigration.codec.ReplyCodec;
import org.opendaylight.statemigration.codec.TimeCodec;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.state.host.Migration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.state.host.MigrationBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId;
import org.opendaylight.yangtools.yang.common.Uint32;

/** Entries of the journal to YANG. */
final class JournalEncoding {
    private JournalEncoding() {
        // Hidden on purpose
    }

    static Migration encode(final JournalEntry entry) {
        return new MigrationBuilder()
            .setMigrationId(new MigrationId(entry.migration().value()))
            .setRole(encode(entry.role()))
            .setStage(encode(entry.stage()))
            .setFlows(Uint32.valueOf(entry.flows()))
            .setHold(entry.hold().map(ReplyCodec::encodeHold).orElse(null))
            .setLeaseExpires(entry.leaseExpires().map(TimeCodec::encode).orElse(null))
            .build();
    }

    private static Migration.Role encode(final Role role) {
        return switch (role) {
            case SOURCE -> Migration.Role.Source;
            case DESTINATION -> Migration.Role.Destination;
        };
    }

    private static Migration.Stage encode(final Stage stage) {
        return switch (stage) {
            case UNKNOWN -> throw new IllegalArgumentException("A migration in the journal is not unknown");
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
