// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.List;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.VmIdentity;

/**
 * Which flows a migration is about: those with an end at the VM, of its virtual network, and, if peers are
 * given, with the other end at a peer.
 *
 * @param vm the VM
 * @param peers prefixes of the other ends; empty for all
 */
public record FlowSelection(VmIdentity vm, List<IpPrefix> peers) {
    public FlowSelection {
        requireNonNull(vm);
        peers = List.copyOf(peers);
    }

    /**
     * All flows of a VM.
     *
     * @param vm the VM
     * @return a selection
     */
    public static FlowSelection of(final VmIdentity vm) {
        return new FlowSelection(vm, List.of());
    }

    /**
     * Whether a flow is selected. The VM is the source of either direction: of the original one if it
     * opened the flow, of the reply if it answers, also behind a translated address.
     *
     * @param flow the flow
     * @return true if it is
     */
    public boolean contains(final Flow flow) {
        return flow.key().network().equals(vm.network()) && contains(flow.key().original(), flow.reply());
    }

    /**
     * Whether a flow with these directions is selected, whatever its virtual network.
     *
     * @param original the original direction
     * @param reply the reply direction
     * @return true if it is
     */
    public boolean contains(final Tuple original, final Tuple reply) {
        return vm.addresses().contains(original.source()) && isPeer(reply.source())
            || vm.addresses().contains(reply.source()) && isPeer(original.source());
    }

    private boolean isPeer(final InetAddress address) {
        return peers.isEmpty() || peers.stream().anyMatch(peer -> peer.contains(address));
    }
}
