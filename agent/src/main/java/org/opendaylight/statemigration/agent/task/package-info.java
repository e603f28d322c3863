// SPDX-License-Identifier: EPL-1.0
/** How the agent runs tasks on threads of its own. */
package org.opendaylight.statemigration.agent.task;
