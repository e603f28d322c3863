// SPDX-License-Identifier: EPL-1.0
/**
 * The NETCONF server of the agent, which offers IF(M,A) over SSH (RFC 6242) and TLS (RFC 7589): it listens for
 * controllers or calls them home (RFC 8071). {@link
 * org.opendaylight.statemigration.agent.netconf.server.NetconfServer} is the entry point; it knows the agent only as
 * {@link org.opendaylight.statemigration.ifma.StateOrchestrationAgent}.
 *
 * <p>Transport and session layer are OpenDaylight's. RPCs of IF(M,A) do not go through its operation layer, which
 * would execute them on the event loop, where one slow RPC stops all sessions, and would not report their errors.
 */
package org.opendaylight.statemigration.agent.netconf.server;
