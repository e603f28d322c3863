package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * One migration as the journal shows it: an entry of list {@code migration} in YANG module
 * {@code statemigration-agent}.
 *
 * @param migration the migration
 * @param role the side this State Host is on
 * @param stage how far it is; never {@link Stage#UNKNOWN}
 * @param flows source: flows exported; destination: flows created
 * @param hold destination: how packets are held at present; empty at the source
 * @param leaseExpires destination: when the agent undoes everything by itself; empty if it will not
 */
public record JournalEntry(MigrationId migration, Role role, Stage stage, int flows, Optional<HoldKind> hold,
        Optional<Instant> leaseExpires) {
    public JournalEntry {
        requireNonNull(migration);
        requireNonNull(role);
        requireNonNull(stage);
        requireNonNull(hold);
        requireNonNull(leaseExpires);
    }
}
