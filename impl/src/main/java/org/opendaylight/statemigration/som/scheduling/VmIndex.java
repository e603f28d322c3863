// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;

/**
 * Finds what there is for a VM, and for others that share an address with it, without looking at all. Not safe for use
 * by several threads.
 *
 * @param <K> what there is for VMs
 */
public final class VmIndex<K> {
    private final Map<Address, Set<K>> keys = new HashMap<>();

    /** An address in a virtual network. */
    private record Address(Optional<VirtualNetwork> network, InetAddress address) {
    }

    /**
     * There is something for a VM.
     *
     * @param vm the VM
     * @param key what there is
     */
    public void add(final VmIdentity vm, final K key) {
        vm.addresses().forEach(address -> keys.computeIfAbsent(new Address(vm.network(), address),
            unknown -> new LinkedHashSet<>()).add(key));
    }

    /**
     * It is not there any more.
     *
     * @param vm the VM
     * @param key what was added
     */
    public void remove(final VmIdentity vm, final K key) {
        vm.addresses().forEach(address -> keys.computeIfPresent(new Address(vm.network(), address), (same, set) -> {
            set.remove(key);
            return set.isEmpty() ? null : set;
        }));
    }

    /**
     * What there is.
     *
     * @param vm a VM
     * @return what was added for VMs some of whose flows may be those of this one
     */
    public Set<K> overlapping(final VmIdentity vm) {
        final var found = new LinkedHashSet<K>();
        vm.addresses().forEach(address -> found.addAll(keys.getOrDefault(new Address(vm.network(), address),
            Set.of())));
        return found;
    }

    /**
     * Whether there is anything.
     *
     * @param vm a VM
     * @return whether anything was added for a VM some of whose flows may be those of this one
     */
    public boolean overlaps(final VmIdentity vm) {
        return !keys.isEmpty() && vm.addresses().stream()
            .anyMatch(address -> keys.containsKey(new Address(vm.network(), address)));
    }
}
