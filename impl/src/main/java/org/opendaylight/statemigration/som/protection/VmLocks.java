// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * Keeps migrations of a VM from beginning. What a clean-up finds at a State Host may be the very entries that a
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
     * @param id who keeps them waiting, an identity that no migration has
     * @param vm the VM
     * @return whether they do; false if one is under way or waits
     */
    boolean take(MigrationId id, VmIdentity vm);

    /**
     * Have migrations wait no longer.
     *
     * @param id who kept them waiting
     */
    void giveBack(MigrationId id);
}
