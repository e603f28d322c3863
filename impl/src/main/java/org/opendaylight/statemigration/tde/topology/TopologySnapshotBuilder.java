// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.topology;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.tde.fabric.Fabric;
import org.opendaylight.statemigration.tde.fabric.Link;
import org.opendaylight.statemigration.tde.fabric.StateHost;
import org.opendaylight.statemigration.tde.refusal.TopologyInconsistency;

/**
 * Builds a {@link TopologySnapshot} and finds its inconsistencies, all of them at once. Of two nodes or links of the
 * same id the first counts.
 */
public final class TopologySnapshotBuilder {
    private final String id;
    private final Set<String> edges = new HashSet<>();
    private final Map<String, StateHost> hosts = new TreeMap<>();
    private final Set<String> devices = new HashSet<>();
    private final Map<String, VirtualMachine> vms = new TreeMap<>();
    private final Map<String, Link> links = new TreeMap<>();
    private final List<TopologyInconsistency> inconsistencies = new ArrayList<>();
    private final Set<String> misplaced = new HashSet<>();

    /**
     * Begin a snapshot.
     *
     * @param id the topology's id
     */
    public TopologySnapshotBuilder(final String id) {
        this.id = requireNonNull(id);
    }

    /**
     * Add a network virtualization edge.
     *
     * @param node id of the node
     * @return this
     */
    public TopologySnapshotBuilder edge(final String node) {
        if (isNew(node)) {
            edges.add(node);
        }
        return this;
    }

    /**
     * Add a State Host.
     *
     * @param node id of the node
     * @param host identity under which it registers
     * @param functions what it does to flows that pass
     * @return this
     */
    public TopologySnapshotBuilder stateHost(final String node, final StateHostId host,
            final Set<FunctionType> functions) {
        if (isNew(node)) {
            hosts.put(node, new StateHost(node, host, functions, List.of()));
            if (functions.isEmpty()) {
                inconsistent(node, new TopologyInconsistency.NoFunction(host, node));
            }
        }
        return this;
    }

    /**
     * Add a node that only forwards.
     *
     * @param node id of the node
     * @return this
     */
    public TopologySnapshotBuilder device(final String node) {
        if (isNew(node)) {
            devices.add(node);
        }
        return this;
    }

    /**
     * Add a VM.
     *
     * @param vm the VM
     * @return this
     */
    public TopologySnapshotBuilder vm(final VirtualMachine vm) {
        if (isNew(vm.name())) {
            vms.put(vm.name(), vm);
        }
        return this;
    }

    /**
     * Add a link. One that begins or ends at no node is down.
     *
     * @param link the link
     * @return this
     */
    public TopologySnapshotBuilder link(final Link link) {
        if (links.putIfAbsent(link.id(), link) != null) {
            inconsistencies.add(new TopologyInconsistency.DuplicateLink(link.id()));
        }
        return this;
    }

    /**
     * Something is wrong with a State Host. Flows that come to pass it, or no longer do, are refused.
     *
     * @param node id of its node
     * @param inconsistency what is wrong
     * @return this
     */
    public TopologySnapshotBuilder inconsistent(final String node, final TopologyInconsistency inconsistency) {
        inconsistencies.add(inconsistency);
        hosts.computeIfPresent(node, (key, host) -> host.with(inconsistency));
        return this;
    }

    /** {@return the snapshot} */
    public TopologySnapshot build() {
        checkHosts();
        vms.values().forEach(this::checkVm);
        checkAddresses();
        final var placed = new HashMap<>(vms);
        final var incomplete = new HashSet<Optional<VirtualNetwork>>();
        for (var name : misplaced) {
            placed.computeIfPresent(name, (key, vm) -> vm.attachedTo(Optional.empty()));
            incomplete.add(vms.get(name).network());
        }
        final var existing = links.values().stream()
            .filter(link -> isTransit(link.from()) && isTransit(link.to()))
            .toList();
        return new TopologySnapshot(id, new Fabric(edges, hosts, devices, LinkPairs.usable(existing)), placed,
            incomplete, inconsistencies);
    }

    private boolean isTransit(final String node) {
        return edges.contains(node) || hosts.containsKey(node) || devices.contains(node);
    }

    private boolean isNew(final String node) {
        final boolean exists = isTransit(node) || vms.containsKey(node);
        if (exists) {
            inconsistencies.add(new TopologyInconsistency.DuplicateNode(node));
        }
        return !exists;
    }

    private void checkHosts() {
        final var nodes = new TreeMap<StateHostId, List<String>>();
        hosts.forEach((node, host) -> nodes.computeIfAbsent(host.id(), key -> new ArrayList<>()).add(node));
        nodes.forEach((host, claimants) -> {
            if (claimants.size() > 1) {
                final var inconsistency = new TopologyInconsistency.DuplicateStateHost(host, claimants);
                inconsistencies.add(inconsistency);
                claimants.forEach(node -> hosts.computeIfPresent(node, (key, each) -> each.with(inconsistency)));
            }
        });
    }

    private void checkVm(final VirtualMachine vm) {
        if (!vm.addresses().isEmpty()) {
            try {
                new VmIdentity(vm.addresses(), vm.network());
            } catch (IllegalArgumentException e) {
                misplaced(vm.name(), new TopologyInconsistency.InvalidAddresses(vm.name(), e.getMessage()));
            }
        }
        vm.attachedTo().filter(edge -> !edges.contains(edge)).ifPresent(edge -> misplaced(vm.name(),
            new TopologyInconsistency.AttachedToNoEdge(vm.name(), edge,
                isTransit(edge) || vms.containsKey(edge))));
    }

    private void checkAddresses() {
        final var owners = new HashMap<Endpoint, List<String>>();
        for (var vm : vms.values()) {
            for (var address : vm.addresses()) {
                owners.computeIfAbsent(new Endpoint(vm.network(), address), key -> new ArrayList<>(1))
                    .add(vm.name());
            }
        }
        owners.forEach((endpoint, names) -> {
            if (names.size() > 1) {
                names.forEach(name -> misplaced(name,
                    new TopologyInconsistency.SharedAddress(name, names, endpoint.address(), endpoint.network())));
            }
        });
    }

    private void misplaced(final String vm, final TopologyInconsistency inconsistency) {
        misplaced.add(vm);
        inconsistencies.add(inconsistency);
    }

    private record Endpoint(Optional<VirtualNetwork> network, InetAddress address) {
    }
}
