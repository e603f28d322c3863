// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.policy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.request.VmReference;

/**
 * Whose flows are copied to the master, as policy says.
 *
 * @param name name of this entry
 * @param vm the VM; empty for all whose flows pass the hosts
 * @param hosts the State Hosts; empty for all that the VM's flows pass
 * @param interval how often to ask for changes
 */
public record Protection(String name, Optional<VmReference> vm, Set<StateHostId> hosts, Duration interval) {
    public Protection {
        requireNonNull(name);
        requireNonNull(vm);
        hosts = Set.copyOf(hosts);
        requireNonNull(interval);
        if (vm.isEmpty() && hosts.isEmpty()) {
            throw new IllegalArgumentException("Protection " + name
                + " protects nothing: give it a VM, or State Hosts, or both");
        }
    }
}
