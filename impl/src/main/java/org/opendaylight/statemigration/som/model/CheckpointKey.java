// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;

/**
 * What a checkpoint is of: the flows of one VM at one State Host.
 *
 * @param host the State Host
 * @param vm the VM
 */
public record CheckpointKey(StateHostId host, VmIdentity vm) {
    public CheckpointKey {
        requireNonNull(host);
        requireNonNull(vm);
    }

    @Override
    public String toString() {
        return vm + " at " + host;
    }
}
