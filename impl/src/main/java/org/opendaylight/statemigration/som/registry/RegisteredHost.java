// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.registry;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.model.StateHostRecord;

/**
 * A State Host as the registry knows it now.
 *
 * @param state what is shown of it
 * @param agent its agent while there is a session and its profile has been read, even if policy does not want it in
 *     new migrations any more: those under way have to end
 */
public record RegisteredHost(StateHostRecord state, Optional<StateOrchestrationAgent> agent) {
    public RegisteredHost {
        requireNonNull(state);
        requireNonNull(agent);
    }
}
