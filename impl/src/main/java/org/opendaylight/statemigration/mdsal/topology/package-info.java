// SPDX-License-Identifier: EPL-1.0
/**
 * Where the Topology Discovery Entity gets its topologies from: the configuration datastore, {@code network-topology}
 * as augmented by YANG module {@code statemigration-topology}.
 */
package org.opendaylight.statemigration.mdsal.topology;
