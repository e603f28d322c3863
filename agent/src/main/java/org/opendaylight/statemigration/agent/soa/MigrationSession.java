// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import java.time.Instant;
import java.util.Optional;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.HoldKind;

/** What one migration does at this State Host. Used by one thread at a time. */
sealed interface MigrationSession permits SourceSession, DestinationSession {
    Role role();

    int flows();

    Optional<HoldKind> hold();

    Optional<Instant> leaseExpires();

    /** {@return whether it can still be undone} */
    boolean isUndoable();

    /**
     * Undo all that was done. What could not be undone is tried again with the next call.
     *
     * @return how many flows were deleted, in all such calls together
     * @throws AgentException if something could not be undone, or no longer can be
     */
    int undo() throws AgentException;
}
