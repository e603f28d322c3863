// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.topology;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/**
 * A VM as the topology shows it.
 *
 * @param name id of its node
 * @param addresses its addresses, possibly none
 * @param network its virtual network; empty is the one that needs no name
 * @param attachedTo node of the edge it is attached to; empty while it is nowhere
 * @param plannedAttachment node of the edge to which it is about to move
 * @param macAddress MAC address of its interface, in lower case
 * @param uuid its UUID
 */
public record VirtualMachine(String name, Set<InetAddress> addresses, Optional<VirtualNetwork> network,
        Optional<String> attachedTo, Optional<String> plannedAttachment, Optional<String> macAddress,
        Optional<UUID> uuid) {
    public VirtualMachine {
        requireNonNull(name);
        addresses = Set.copyOf(addresses);
        requireNonNull(network);
        requireNonNull(attachedTo);
        requireNonNull(plannedAttachment);
        macAddress = macAddress.map(mac -> mac.toLowerCase(Locale.ROOT));
        requireNonNull(uuid);
    }

    public VirtualMachine(final String name, final Set<InetAddress> addresses, final Optional<VirtualNetwork> network,
            final Optional<String> attachedTo) {
        this(name, addresses, network, attachedTo, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public VirtualMachine attachedTo(final Optional<String> edge) {
        return new VirtualMachine(name, addresses, network, edge, plannedAttachment, macAddress, uuid);
    }

    /** {@return whether all that tells where its flows pass is as it was} */
    public boolean isWhereItWas(final VirtualMachine earlier) {
        return this == earlier || earlier != null && attachedTo.equals(earlier.attachedTo)
            && network.equals(earlier.network) && addresses.equals(earlier.addresses);
    }

    /** {@return whether flows of {@code earlier} may be flows of this one: a name alone may have been used again} */
    public boolean continues(final VirtualMachine earlier) {
        return network.equals(earlier.network)
            && (addresses.isEmpty() || earlier.addresses.isEmpty()
                || !Collections.disjoint(addresses, earlier.addresses));
    }
}
