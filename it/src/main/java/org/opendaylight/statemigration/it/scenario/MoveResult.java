// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import java.time.Duration;
import org.opendaylight.statemigration.it.controller.MigrationView;

/**
 * A move of VM1 with migration of its state.
 *
 * @param migration the migration
 * @param reattachment how long the move of the VM itself took
 * @param toCommit from the change of topology to the commit at the destination
 */
public record MoveResult(MigrationView migration, Duration reattachment, Duration toCommit) {
}
