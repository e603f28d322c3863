// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * Whose turn it is with the flows of a VM. What a clean-up finds at a State Host may be the very entries that a
 * migration back to it takes over, so one of them waits for the other.
 */
public interface VmLocks {
    /**
     * Whether it could be taken now.
     *
     * @param vm the VM
     * @return false if a migration of the VM is under way or waits
     */
    boolean isIdle(VmIdentity vm);

    /**
     * Have migrations of a VM wait.
     *
     * @param id who takes the turn, an identity that no migration has
     * @param vm the VM
     * @return whether they do; false if one is under way or waits
     */
    boolean take(MigrationId id, VmIdentity vm);

    /**
     * Have migrations wait no longer.
     *
     * @param id who took the turn
     */
    void giveBack(MigrationId id);
}
