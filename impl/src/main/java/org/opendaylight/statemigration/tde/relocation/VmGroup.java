// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.tde.topology.AttachmentHistory;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

/**
 * VMs of one virtual network that are attached to the same edge now, and were so together in all that is known
 * from before. What happens to the flows of one happens to those of each.
 */
final class VmGroup {
    private final Optional<VirtualNetwork> network;
    private final String edge;
    private final AttachmentHistory attachmentHistory;
    private final boolean forgotten;
    private final List<VirtualMachine> vms = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();

    /**
     * An empty group.
     *
     * @param network their virtual network
     * @param edge the edge they are attached to
     * @param attachmentHistory where they were
     * @param forgotten whether they lost contact before all that is known
     */
    VmGroup(final Optional<VirtualNetwork> network, final String edge, final AttachmentHistory attachmentHistory,
            final boolean forgotten) {
        this.network = requireNonNull(network);
        this.edge = requireNonNull(edge);
        this.attachmentHistory = requireNonNull(attachmentHistory);
        this.forgotten = forgotten;
    }

    void add(final VirtualMachine vm) {
        vms.add(vm);
    }

    void addContact(final VmGroup peer, final FlowImpact flowImpact) {
        contacts.add(new Contact(peer, flowImpact));
    }

    Optional<VirtualNetwork> network() {
        return network;
    }

    String edge() {
        return edge;
    }

    List<VirtualMachine> vms() {
        return vms;
    }

    /** {@return name of the first VM, which no other group has} */
    String name() {
        return vms.getFirst().name();
    }

    /** {@return peers to whom something happens} */
    List<Contact> contacts() {
        return contacts;
    }

    /** {@return where they were} */
    AttachmentHistory places() {
        return attachmentHistory;
    }

    /** {@return whether they lost contact before all that is known} */
    boolean isForgotten() {
        return forgotten;
    }

    Optional<String> lastSeen() {
        return attachmentHistory.latest();
    }

    /** {@return whether the VMs were attached to the same edge just before} */
    boolean isSettled() {
        return attachmentHistory.at(0).filter(edge::equals).isPresent();
    }

    /** {@return whether they have come from elsewhere, or are back} */
    boolean hasMoved() {
        return !isSettled() && (forgotten || lastSeen().isPresent());
    }

    /**
     * What happens to the flows with a peer.
     *
     * @param peer the peer
     * @param outcome not {@link FlowImpact.Stay}
     */
    record Contact(VmGroup peer, FlowImpact outcome) {
    }
}
