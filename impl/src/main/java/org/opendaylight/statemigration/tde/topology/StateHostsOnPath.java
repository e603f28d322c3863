// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.topology;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifmt.InventoryVm;

/** Which State Hosts flows of the VMs of one topology may pass. Each edge is looked at once in each network. */
public final class StateHostsOnPath {
    private final Map<Place, Set<StateHostId>> found = new HashMap<>();
    private final Map<Optional<VirtualNetwork>, Set<String>> edges = new HashMap<>();
    private final TopologySnapshot topology;

    private StateHostsOnPath(final TopologySnapshot topology) {
        this.topology = requireNonNull(topology);
        topology.vms().values().forEach(vm -> vm.attachedTo().ifPresent(edge ->
            edges.computeIfAbsent(vm.network(), network -> new HashSet<>()).add(edge)));
    }

    /**
     * The VMs of a topology, with the State Hosts that their flows pass. Takes long if the topology is large.
     *
     * @param topology the topology
     * @return one for each of its VMs
     */
    public static List<InventoryVm> vms(final TopologySnapshot topology) {
        final var passed = new StateHostsOnPath(topology);
        return topology.vms().values().stream()
            .map(vm -> new InventoryVm(topology.id(), vm.name(), vm.addresses(), vm.network(), vm.macAddress(),
                vm.uuid().map(Object::toString), passed.of(vm)))
            .toList();
    }

    /** {@return State Hosts; none if the VM is attached to nothing, or all its peers are at its own edge} */
    private Set<StateHostId> of(final VirtualMachine vm) {
        return vm.attachedTo()
            .map(edge -> found.computeIfAbsent(new Place(edge, vm.network()), this::find))
            .orElse(Set.of());
    }

    private Set<StateHostId> find(final Place place) {
        final var hosts = new HashSet<StateHostId>();
        edges.get(place.network()).forEach(peer ->
            hosts.addAll(topology.fabric().paths().between(place.edge(), peer).mayPass()));
        return Set.copyOf(hosts);
    }

    private record Place(String edge, Optional<VirtualNetwork> network) {
    }
}
