// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;

/** What the manager of the VMs, and whoever watches the network, write to the controller. */
public final class TopologyWriter {
    private static final String TOPOLOGY = "network-topology:network-topology/topology=";

    private final Restconf restconf;
    private final Set<String> topologies = new LinkedHashSet<>();
    private String path = TOPOLOGY + "figure-1";

    TopologyWriter(final Restconf restconf) {
        this.restconf = requireNonNull(restconf);
    }

    /**
     * Write a topology. What is then changed in it, one by one, is in the last one that was written.
     *
     * @param topology the topology
     * @throws IOException if the controller refuses
     */
    public void write(final Topology topology) throws IOException {
        restconf.put(TOPOLOGY + topology.id(), topology.data());
        path = TOPOLOGY + topology.id();
        topologies.add(topology.id());
    }

    /**
     * Take a topology away, and so its VMs.
     *
     * @param topology the topology
     * @throws IOException if the controller refuses
     */
    public void remove(final Topology topology) throws IOException {
        restconf.delete(TOPOLOGY + topology.id());
        topologies.remove(topology.id());
    }

    /**
     * Say that VM1 has moved. This is all that starts a migration.
     *
     * @param site where it is now
     * @throws IOException if the controller refuses
     */
    public void moved(final Site site) throws IOException {
        moved(Vm.VM1, site.nve());
    }

    /**
     * Say that a VM has moved. This is all that starts a migration.
     *
     * @param vm the VM
     * @param edge where it is now
     * @throws IOException if the controller refuses
     */
    public void moved(final Vm vm, final String edge) throws IOException {
        restconf.put(vm(vm) + "/attached-to", Map.of("statemigration-topology:attached-to", edge));
    }

    /**
     * Say that VMs have moved, in one transaction.
     *
     * @param vms the VMs
     * @param edge where they are now
     * @throws IOException if the controller refuses
     */
    public void moved(final Collection<Vm> vms, final String edge) throws IOException {
        restconf.patch(path, Map.of("network-topology:topology", List.of(Map.of("topology-id", topologyId(),
            "node", vms.stream().map(vm -> Map.of("node-id", vm.id(), "statemigration-topology:virtual-machine",
                Map.of("attached-to", edge))).toList()))));
    }

    /**
     * Say where a VM is, and that no move is announced any more, in one transaction.
     *
     * @param vm the VM
     * @param edge where it is now
     * @throws IOException if the controller refuses
     */
    public void attached(final Vm vm, final String edge) throws IOException {
        restconf.put(vm(vm), Map.of("statemigration-topology:virtual-machine",
            Map.of("address", vm.addresses(), "attached-to", edge)));
    }

    /**
     * Say that a VM is about to move.
     *
     * @param vm the VM
     * @param edge where it will go
     * @throws IOException if the controller refuses
     */
    public void announce(final Vm vm, final String edge) throws IOException {
        restconf.put(vm(vm) + "/planned-attachment", Map.of("statemigration-topology:planned-attachment", edge));
    }

    /**
     * Say that a VM is not about to move any more.
     *
     * @param vm the VM
     * @throws IOException if the controller refuses, or nothing was announced
     */
    public void callOff(final Vm vm) throws IOException {
        restconf.delete(vm(vm) + "/planned-attachment");
    }

    /**
     * Say whether a cable carries traffic, of both of its links in one transaction.
     *
     * @param one a node
     * @param other the node at the other end
     * @param up whether it does
     * @throws IOException if the controller refuses
     */
    public void link(final String one, final String other, final boolean up) throws IOException {
        final var cost = Map.of("statemigration-topology:path-cost", Map.of("status", up ? "up" : "down"));
        restconf.patch(path, Map.of("network-topology:topology", List.of(Map.of("topology-id", topologyId(),
            "link", List.of(with(Topology.linkEntry(one, other), cost), with(Topology.linkEntry(other, one), cost))))));
    }

    /**
     * Take a cable away, one link after the other.
     *
     * @param one a node
     * @param other the node at the other end
     * @throws IOException if the controller refuses
     */
    public void removeLink(final String one, final String other) throws IOException {
        restconf.delete(path + "/link=" + Topology.linkId(one, other).replace(":", "%3A"));
        restconf.delete(path + "/link=" + Topology.linkId(other, one).replace(":", "%3A"));
    }

    /**
     * Lay a cable again, in one transaction.
     *
     * @param one a node
     * @param other the node at the other end
     * @throws IOException if the controller refuses
     */
    public void addLink(final String one, final String other) throws IOException {
        restconf.patch(path, Map.of("network-topology:topology", List.of(Map.of("topology-id", topologyId(),
            "link", List.of(Topology.linkEntry(one, other), Topology.linkEntry(other, one))))));
    }

    /**
     * Put a VM into the topology.
     *
     * @param vm the VM
     * @param edge where it is
     * @throws IOException if the controller refuses
     */
    public void addVm(final Vm vm, final String edge) throws IOException {
        restconf.put(path + "/node=" + vm.id(), Map.of("network-topology:node", List.of(Topology.vmNode(vm, edge))));
    }

    /**
     * Take a node away. Its links stay, and lead nowhere.
     *
     * @param node the node
     * @throws IOException if the controller refuses
     */
    public void removeNode(final String node) throws IOException {
        restconf.delete(path + "/node=" + node);
    }

    /**
     * Put a State Host back into the topology, or change its functions.
     *
     * @param host its name and its identity
     * @param functions names of identities of {@code statemigration-types}
     * @throws IOException if the controller refuses
     */
    public void addStateHost(final String host, final String... functions) throws IOException {
        restconf.put(path + "/node=" + host, Map.of("network-topology:node",
            List.of(Topology.stateHostNode(host, functions))));
    }

    /**
     * Take back all topologies.
     *
     * @throws IOException if the controller refuses
     */
    public void removeAll() throws IOException {
        for (var topology : topologies) {
            restconf.delete(TOPOLOGY + topology);
        }
        topologies.clear();
    }

    private String vm(final Vm vm) {
        return path + "/node=" + vm.id() + "/statemigration-topology:virtual-machine";
    }

    private String topologyId() {
        return path.substring(TOPOLOGY.length());
    }

    private static Map<String, Object> with(final Map<String, ?> entry, final Map<String, ?> more) {
        final var both = new HashMap<String, Object>(entry);
        both.putAll(more);
        return both;
    }
}
