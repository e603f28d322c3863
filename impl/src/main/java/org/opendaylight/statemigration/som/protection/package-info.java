// SPDX-License-Identifier: EPL-1.0
/**
 * Protection against the failure of a State Host: the flows of protected VMs are copied to the master as they change,
 * so that they can be restored at another State Host. What the failed host still has is deleted when it comes back.
 */
package org.opendaylight.statemigration.som.protection;
