// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/**
 * The conntrack zone of each virtual network. The zone tells equal tuples of tenants apart; its number means nothing at
 * another State Host.
 *
 * @param byNetwork zone of each virtual network, 1..65534
 */
public record Zones(Map<VirtualNetwork, Integer> byNetwork) {
    /** Zone of flows of no virtual network. */
    public static final int DEFAULT = 0;
    /** Zone for the back end's own probes, which meet nothing there. */
    public static final int PROBE = 0xffff;

    public Zones {
        byNetwork = Map.copyOf(byNetwork);
        byNetwork.forEach((network, zone) -> {
            if (zone <= DEFAULT || zone >= PROBE) {
                throw new IllegalArgumentException("Zone " + zone + " of " + network + " is not in the range 1..65534");
            }
        });
        if (byNetwork.values().stream().distinct().count() != byNetwork.size()) {
            throw new IllegalArgumentException("Two virtual networks have the same zone: " + byNetwork);
        }
    }

    /**
     * The zone of a virtual network.
     *
     * @param network the network, empty for none
     * @return its zone; empty if it is not known here
     */
    public Optional<Integer> of(final Optional<VirtualNetwork> network) {
        return network.isEmpty() ? Optional.of(DEFAULT) : Optional.ofNullable(byNetwork.get(network.orElseThrow()));
    }

    /**
     * The zone of a virtual network that must have one.
     *
     * @param network the network, empty for none
     * @return its zone
     * @throws BackendException if it has none; the message tells an operator so
     */
    public int require(final Optional<VirtualNetwork> network) throws BackendException {
        return of(network).orElseThrow(() ->
            new BackendException("No conntrack zone is configured for " + network.orElseThrow()));
    }
}
