// SPDX-License-Identifier: EPL-1.0
/**
 * The port between the State Orchestration Agent and the State Host it runs on: {@link
 * org.opendaylight.statemigration.agent.backend.StateTable}. There is a package below this one for each kind of State
 * Host.
 */
package org.opendaylight.statemigration.agent.backend;
