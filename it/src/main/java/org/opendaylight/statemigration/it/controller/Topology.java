// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;

/** A topology to be written to the controller. A laboratory is in it as far as paths of VMs are concerned. */
public final class Topology {
    private static final String FIREWALL = "firewall";

    private final String id;
    private final List<Object> nodes = new ArrayList<>();
    private final List<Object> links = new ArrayList<>();

    /**
     * An empty topology.
     *
     * @param id its identity
     */
    public Topology(final String id) {
        this.id = requireNonNull(id);
    }

    /**
     * Figure 1 of the draft, without the cable between NVE1 and NVE2.
     *
     * @param site where VM1 is
     * @return the topology, identity {@code figure-1}
     */
    public static Topology figure1(final Site site) {
        final var topology = new Topology("figure-1").edge("nve1").edge("nve2").edge("nve3");
        return topology.site(Site.ONE).site(Site.TWO).vm(Vm.VM1, site.nve()).vm(Vm.VM2, "nve1")
            .vm(Vm.VM3, "nve3");
    }

    /**
     * The laboratory {@link org.opendaylight.statemigration.lab.network.Figure1#extended}, but for the peer VM4.
     *
     * @param site where VM1 is
     * @return the topology, identity {@code figure-1}
     */
    public static Topology extendedFigure1(final Site site) {
        return figure1(site).edge("nve4").link("nve1", "nve2").site(Site.THREE).vm(Vm.VM5, "nve2");
    }

    /**
     * The same with the peer VM4 at NVE5, behind FW1.
     *
     * @return this
     */
    public Topology withPeerBehindFw1() {
        return edge("nve5").link("fw1", "nve5").vm(Vm.VM4, "nve5");
    }

    /** {@return its identity} */
    public String id() {
        return id;
    }

    /**
     * Add an edge.
     *
     * @param node its name
     * @return this
     */
    public Topology edge(final String node) {
        nodes.add(edgeNode(node));
        return this;
    }

    /**
     * Add a State Host.
     *
     * @param host its name and its identity
     * @param functions names of identities of {@code statemigration-types}
     * @return this
     */
    public Topology stateHost(final String host, final String... functions) {
        nodes.add(stateHostNode(host, functions));
        return this;
    }

    /**
     * Add a VM.
     *
     * @param vm the VM
     * @param edge where it is attached
     * @return this
     */
    public Topology vm(final Vm vm, final String edge) {
        nodes.add(vmNode(vm, edge));
        return this;
    }

    /**
     * Add any node.
     *
     * @param node what Gson makes a list entry {@code node} of
     * @return this
     */
    public Topology node(final Map<String, ?> node) {
        nodes.add(requireNonNull(node));
        return this;
    }

    /**
     * Add a cable, which is two links.
     *
     * @param one a node
     * @param other another node
     * @return this
     */
    public Topology link(final String one, final String other) {
        links.add(linkEntry(one, other));
        links.add(linkEntry(other, one));
        return this;
    }

    private Topology site(final Site site) {
        return stateHost(site.firewall(), FIREWALL).link(site.nve(), site.firewall()).link(site.firewall(), "nve3");
    }

    /** {@return what Gson makes the list {@code topology} of} */
    Object data() {
        return Map.of("network-topology:topology", List.of(Map.of("topology-id", id,
            "topology-types", Map.of("statemigration-topology:virtual-data-center", Map.of()),
            "node", nodes, "link", links)));
    }

    static Map<String, Object> edgeNode(final String node) {
        return Map.of("node-id", node, "statemigration-topology:nve", Map.of());
    }

    static Map<String, Object> stateHostNode(final String host, final String... functions) {
        return Map.of("node-id", host, "statemigration-topology:state-host", Map.of("host-id", host,
            "function", List.of(functions).stream().map(function -> "statemigration-types:" + function).toList()));
    }

    static Map<String, Object> vmNode(final Vm vm, final String edge) {
        return Map.of("node-id", vm.id(), "statemigration-topology:virtual-machine",
            Map.of("address", vm.addresses(), "attached-to", edge));
    }

    static Map<String, Object> linkEntry(final String from, final String to) {
        return Map.of("link-id", linkId(from, to), "source", Map.of("source-node", from),
            "destination", Map.of("dest-node", to));
    }

    static String linkId(final String from, final String to) {
        return from + ":" + to;
    }
}
