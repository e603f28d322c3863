// SPDX-License-Identifier: EPL-1.0
/**
 * State Orchestration Agents as processes.
 */
package org.opendaylight.statemigration.it.agents;
