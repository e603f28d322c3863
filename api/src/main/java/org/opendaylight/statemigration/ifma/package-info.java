// SPDX-License-Identifier: EPL-1.0
/**
 * IF(M,A), the interface between the State Orchestration Master and a State Orchestration Agent (section 5 of the
 * draft): one Java port, {@link org.opendaylight.statemigration.ifma.StateOrchestrationAgent}. The agent implements it,
 * the master calls it, and between the two stands NETCONF with YANG module {@code statemigration-agent}. As both sides
 * see the same port, a master can be tested with an agent in the same process.
 */
package org.opendaylight.statemigration.ifma;
