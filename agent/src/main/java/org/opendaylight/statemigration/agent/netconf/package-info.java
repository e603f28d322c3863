// SPDX-License-Identifier: EPL-1.0
/**
 * The NETCONF side of the agent: a server that offers IF(M,A) over SSH (RFC 6242) and TLS (RFC 7589), waiting for
 * controllers or calling them (RFC 8071). {@link org.opendaylight.statemigration.agent.netconf.NetconfServer} is the
 * way in; it knows the agent only as {@link org.opendaylight.statemigration.ifma.StateOrchestrationAgent}.
 *
 * <p>Transport and session layer are OpenDaylight's. The RPCs of IF(M,A) are not left to its operation layer, as that
 * runs them on the event loop, where one slow RPC stops all sessions, and does not report their errors.
 */
package org.opendaylight.statemigration.agent.netconf;
