// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa.status;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * One migration as the list of migrations shows it: an entry of list {@code migration} in YANG module
 * {@code statemigration-agent}.
 *
 * @param migration the migration
 * @param role the side this State Host is on
 * @param stage how far it is; never {@link AgentStage#UNKNOWN}
 * @param flows source: flows exported; destination: flows created
 * @param hold destination: how packets are held at present; empty at the source
 * @param leaseExpires destination: when the agent undoes everything by itself; empty if it will not
 */
public record MigrationStatus(MigrationId migration, Role role, AgentStage stage, int flows, Optional<HoldKind> hold,
        Optional<Instant> leaseExpires) {
    public MigrationStatus {
        requireNonNull(migration);
        requireNonNull(role);
        requireNonNull(stage);
        requireNonNull(hold);
        requireNonNull(leaseExpires);
    }
}
