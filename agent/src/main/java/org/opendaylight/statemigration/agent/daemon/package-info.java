// SPDX-License-Identifier: EPL-1.0
/** The composition root: {@link org.opendaylight.statemigration.agent.daemon.Main} puts the agent together. */
package org.opendaylight.statemigration.agent.daemon;
