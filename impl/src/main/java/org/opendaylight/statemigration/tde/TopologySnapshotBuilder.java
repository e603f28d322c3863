package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
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

/**
 * Builds a {@link TopologySnapshot} and finds its contradictions, all of them at once.
 */
public final class TopologySnapshotBuilder {
    private final String id;
    private final Set<String> edges = new HashSet<>();
    private final Map<String, StateHost> hosts = new TreeMap<>();
    private final Set<String> devices = new HashSet<>();
    private final Map<String, VirtualMachine> machines = new TreeMap<>();
    private final Map<String, Link> links = new TreeMap<>();
    private final List<Contradiction> contradictions = new ArrayList<>();

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
        unique(node);
        edges.add(node);
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
        unique(node);
        if (functions.isEmpty()) {
            contradiction("State Host " + host + " (node " + node + ") performs no function: give at least one.");
        }
        hosts.put(node, new StateHost(host, functions));
        return this;
    }

    /**
     * Add a node that only forwards.
     *
     * @param node id of the node
     * @return this
     */
    public TopologySnapshotBuilder device(final String node) {
        unique(node);
        devices.add(node);
        return this;
    }

    /**
     * Add a virtual machine.
     *
     * @param machine the machine
     * @return this
     */
    public TopologySnapshotBuilder machine(final VirtualMachine machine) {
        unique(machine.name());
        machines.put(machine.name(), machine);
        return this;
    }

    /**
     * Add a link.
     *
     * @param link the link
     * @return this
     */
    public TopologySnapshotBuilder link(final Link link) {
        if (links.put(link.id(), link) != null) {
            contradiction("Two links have the id " + link.id() + ".");
        }
        return this;
    }

    /**
     * Add a contradiction that the caller found.
     *
     * @param sentence what is wrong, for an operator
     * @return this
     */
    public TopologySnapshotBuilder contradiction(final String sentence) {
        contradictions.add(new Contradiction(Optional.empty(), sentence));
        return this;
    }

    /**
     * {@return the snapshot}
     *
     * @throws ContradictoryTopologyException if the topology contradicts itself
     */
    public TopologySnapshot build() throws ContradictoryTopologyException {
        checkHosts();
        machines.values().forEach(this::checkMachine);
        checkAddresses();
        links.values().forEach(this::checkLink);
        if (!contradictions.isEmpty()) {
            throw new ContradictoryTopologyException(contradictions);
        }
        final var usable = links.values().stream()
            .filter(link -> link.up() && !machines.containsKey(link.from()) && !machines.containsKey(link.to()))
            .sorted(Comparator.comparing(Link::id))
            .toList();
        return new TopologySnapshot(id, new Fabric(edges, hosts, devices, usable), machines);
    }

    private boolean exists(final String node) {
        return edges.contains(node) || hosts.containsKey(node) || devices.contains(node)
            || machines.containsKey(node);
    }

    private void unique(final String node) {
        if (exists(node)) {
            contradiction("Two nodes have the id " + node + ".");
        }
    }

    private void checkHosts() {
        final var nodes = new HashMap<StateHostId, String>();
        hosts.forEach((node, host) -> {
            final var other = nodes.putIfAbsent(host.id(), node);
            if (other != null) {
                contradiction("Nodes " + other + " and " + node + " are both State Host " + host.id()
                    + ": a State Host has one place.");
            }
        });
    }

    private void checkMachine(final VirtualMachine machine) {
        if (!machine.addresses().isEmpty()) {
            try {
                new VmIdentity(machine.addresses(), machine.network());
            } catch (IllegalArgumentException e) {
                contradictionOf(machine, "Virtual machine " + machine.name() + ": " + e.getMessage() + ".");
            }
        }
        machine.attachedTo().ifPresent(edge -> {
            if (!exists(edge)) {
                contradictionOf(machine, "Virtual machine " + machine.name() + " is attached to " + edge
                    + ", which is not a node of the topology.");
            } else if (!edges.contains(edge)) {
                contradictionOf(machine, "Virtual machine " + machine.name() + " is attached to " + edge
                    + ", which is not a network virtualization edge.");
            }
        });
    }

    private void checkAddresses() {
        final var owners = new HashMap<Endpoint, String>();
        for (var machine : machines.values()) {
            for (var address : machine.addresses()) {
                final var other = owners.putIfAbsent(new Endpoint(machine.network(), address), machine.name());
                if (other != null) {
                    contradictionOf(machine, "Virtual machines " + other + " and " + machine.name()
                        + " both have address " + InetAddresses.toAddrString(address)
                        + machine.network().map(network -> " in " + network).orElse(" in no virtual network")
                        + ", so their flows cannot be told apart.");
                }
            }
        }
    }

    private void checkLink(final Link link) {
        for (var node : List.of(link.from(), link.to())) {
            if (!exists(node)) {
                contradiction("Link " + link.id() + " leads to or from " + node
                    + ", which is not a node of the topology.");
            }
        }
    }

    private void contradictionOf(final VirtualMachine machine, final String sentence) {
        contradictions.add(new Contradiction(Optional.of(machine.name()), sentence));
    }

    private record Endpoint(Optional<VirtualNetwork> network, InetAddress address) {
    }
}
