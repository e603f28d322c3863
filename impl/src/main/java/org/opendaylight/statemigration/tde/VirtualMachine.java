package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/**
 * A virtual machine as the topology shows it.
 *
 * @param name id of its node
 * @param addresses its addresses, possibly none
 * @param network its virtual network; empty is the one that needs no name
 * @param attachedTo node of the edge it is attached to; empty while it is nowhere
 */
public record VirtualMachine(String name, Set<InetAddress> addresses, Optional<VirtualNetwork> network,
        Optional<String> attachedTo) {
    public VirtualMachine {
        requireNonNull(name);
        addresses = Set.copyOf(addresses);
        requireNonNull(network);
        requireNonNull(attachedTo);
    }

    VirtualMachine attachedTo(final Optional<String> edge) {
        return new VirtualMachine(name, addresses, network, edge);
    }

    /** {@return whether flows of {@code earlier} may be flows of this one: a name alone may have been used again} */
    boolean continues(final VirtualMachine earlier) {
        return network.equals(earlier.network)
            && (addresses.isEmpty() || earlier.addresses.isEmpty()
                || !Collections.disjoint(addresses, earlier.addresses));
    }
}
