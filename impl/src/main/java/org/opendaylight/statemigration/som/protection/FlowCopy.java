// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import java.time.Instant;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.som.transfer.FlowReplica;

/**
 * A whole copy of the flows of a checkpoint.
 *
 * @param flows the flows
 * @param profile profile of the State Host
 * @param takenAt the flows are those of this time or later
 */
record FlowCopy(FlowReplica flows, HostProfile profile, Instant takenAt) {
}
