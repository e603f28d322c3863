// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.model.Restoration;

/**
 * The source of a migration whose State Host has died.
 *
 * @param profile what it can
 * @param agent gives the flows of the last checkpoint
 * @param restoration what is told of it
 */
public record FailoverSource(HostProfile profile, StateOrchestrationAgent agent, Restoration restoration) {
    public FailoverSource {
        requireNonNull(profile);
        requireNonNull(agent);
        requireNonNull(restoration);
    }
}
