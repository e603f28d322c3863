// SPDX-License-Identifier: EPL-1.0
/**
 * The core of the State Orchestration Agent: what every method of
 * {@link org.opendaylight.statemigration.ifma.StateOrchestrationAgent} does at a State Host, over any
 * {@link org.opendaylight.statemigration.agent.backend.StateTable}. {@link
 * org.opendaylight.statemigration.agent.soa.LocalAgent} is the way in. Plain Java: NETCONF stands before this package,
 * the State Host behind it.
 *
 * <p>One migration's calls come one after the other, those of different migrations beside each other. {@code LifeCycle}
 * is the pure table of what may follow what; {@code SourceSide} and {@code DestinationSide} do it.
 */
package org.opendaylight.statemigration.agent.soa;
