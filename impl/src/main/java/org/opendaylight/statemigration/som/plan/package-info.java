// SPDX-License-Identifier: EPL-1.0
/**
 * Dry runs: what a migration would do, without a change at either State Host.
 */
package org.opendaylight.statemigration.som.plan;
