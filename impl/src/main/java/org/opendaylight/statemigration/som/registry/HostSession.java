// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.registry;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;

/**
 * A session with the agent of a State Host.
 *
 * @param agent the agent
 * @param from address of the other end, where known
 * @param keyVerified whether the other end has proved to be who the controller was told to expect
 */
public record HostSession(StateOrchestrationAgent agent, Optional<InetAddress> from, boolean keyVerified) {
    public HostSession {
        requireNonNull(agent);
        requireNonNull(from);
    }
}
