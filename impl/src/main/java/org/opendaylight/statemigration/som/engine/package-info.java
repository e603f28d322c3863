// SPDX-License-Identifier: EPL-1.0
/**
 * Migrations as they run: events come in, the state machine of {@link org.opendaylight.statemigration.som.lifecycle}
 * answers with commands, and the legs execute them.
 */
package org.opendaylight.statemigration.som.engine;
