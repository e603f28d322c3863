// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;

/** Identities of VMs, by their addresses, so that those that overlap are found without looking at all. */
final class VmIndex {
    private final Map<Address, Integer> counts = new HashMap<>();

    /** An address in a virtual network. */
    private record Address(Optional<VirtualNetwork> network, InetAddress address) {
    }

    void add(final VmIdentity vm) {
        vm.addresses().forEach(address -> counts.merge(new Address(vm.network(), address), 1, Integer::sum));
    }

    /** Take out one that was added. */
    void remove(final VmIdentity vm) {
        vm.addresses().forEach(address -> counts.computeIfPresent(new Address(vm.network(), address),
            (same, count) -> count == 1 ? null : count - 1));
    }

    /** {@return whether some flows may be those of this VM and of one that was added} */
    boolean overlaps(final VmIdentity vm) {
        return !counts.isEmpty() && vm.addresses().stream()
            .anyMatch(address -> counts.containsKey(new Address(vm.network(), address)));
    }
}
