// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.topology;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.tde.fabric.Route;

/** Whether VMs of one topology have clear paths to all others of their virtual network. */
public final class Reachability {
    /** Edges looked at, because paths are computed edge by edge. Where more have lost contact it counts as lost. */
    private static final int MAX_EDGES = 64;

    private final TopologySnapshot topology;
    private Map<Optional<VirtualNetwork>, Set<String>> edges;

    public Reachability(final TopologySnapshot topology) {
        this.topology = requireNonNull(topology);
    }

    /** {@return whether those of the VMs that are attached reach all others} */
    public boolean all(final Collection<String> names) {
        final var places = names.stream().map(topology.vms()::get)
            .filter(vm -> vm != null && vm.attachedTo().isPresent())
            .map(vm -> List.of(vm.attachedTo().orElseThrow(), vm.network()))
            .collect(Collectors.toSet());
        return places.size() <= MAX_EDGES && names.stream().map(topology.vms()::get)
            .filter(vm -> vm != null && vm.attachedTo().isPresent())
            .allMatch(vm -> {
                final var place = List.of(vm.attachedTo().orElseThrow(), vm.network());
                return !places.remove(place) || reachesAll(vm.attachedTo().orElseThrow(), vm.network());
            });
    }

    private boolean reachesAll(final String edge, final Optional<VirtualNetwork> network) {
        if (edges == null) {
            edges = new HashMap<>();
            topology.vms().values().forEach(vm -> vm.attachedTo().ifPresent(place ->
                edges.computeIfAbsent(vm.network(), key -> new HashSet<>()).add(place)));
        }
        final var paths = topology.fabric().paths();
        return edges.get(network).stream().allMatch(peer -> paths.between(edge, peer) instanceof Route.Clear);
    }
}
