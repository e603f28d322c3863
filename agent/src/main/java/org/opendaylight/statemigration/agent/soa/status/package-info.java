// SPDX-License-Identifier: EPL-1.0
/**
 * What the agent shows of its migrations: list {@code migration} of YANG module {@code statemigration-agent}. It is
 * kept in memory only and lost when the agent stops.
 */
package org.opendaylight.statemigration.agent.soa.status;
