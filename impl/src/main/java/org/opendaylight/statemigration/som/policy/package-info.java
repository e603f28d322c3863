// SPDX-License-Identifier: EPL-1.0
/**
 * What operators permit and want: which State Hosts may take part, limits, time-outs, protection, and how links that
 * flap are damped. The State Orchestration Master and the Topology Discovery Entity share it.
 */
package org.opendaylight.statemigration.som.policy;
