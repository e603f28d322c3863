// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * A VM that some topology shows.
 *
 * @param topologyId the topology
 * @param name id of its node
 * @param addresses its addresses, possibly none
 * @param network its virtual network
 * @param macAddress MAC address of its interface, in lower case
 * @param uuid its UUID, in lower case
 * @param passes State Hosts that its flows pass now
 */
public record InventoryVm(String topologyId, String name, Set<InetAddress> addresses,
        Optional<VirtualNetwork> network, Optional<String> macAddress, Optional<String> uuid,
        Set<StateHostId> passes) {
    public InventoryVm {
        requireNonNull(topologyId);
        requireNonNull(name);
        addresses = Set.copyOf(addresses);
        requireNonNull(network);
        macAddress = macAddress.map(mac -> mac.toLowerCase(Locale.ROOT));
        uuid = uuid.map(id -> id.toLowerCase(Locale.ROOT));
        passes = Set.copyOf(passes);
    }

    @Override
    public String toString() {
        return name + " of topology " + topologyId;
    }
}
