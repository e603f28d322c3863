// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import java.util.Collection;

/** Where the VMs of all watched topologies are known. */
@FunctionalInterface
public interface VmInventory {
    /**
     * Look.
     *
     * @return the VMs as they are now, in any order; a name is unique within its topology
     */
    Collection<InventoryVm> vms();
}
