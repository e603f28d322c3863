// SPDX-License-Identifier: EPL-1.0
/**
 * The RPCs of IF(M,A) between XML and {@link org.opendaylight.statemigration.ifma.StateOrchestrationAgent}: decoding
 * and validating the input, calling the agent, encoding the output or the error (RFC 6241).
 */
package org.opendaylight.statemigration.agent.netconf.rpc;
