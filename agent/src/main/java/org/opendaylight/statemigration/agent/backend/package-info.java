// SPDX-License-Identifier: EPL-1.0
/**
 * What a State Orchestration Agent needs of the State Host it runs on: one small interface,
 * {@link org.opendaylight.statemigration.agent.backend.StateTable}, with a package below this one for each kind of
 * State Host.
 */
package org.opendaylight.statemigration.agent.backend;
