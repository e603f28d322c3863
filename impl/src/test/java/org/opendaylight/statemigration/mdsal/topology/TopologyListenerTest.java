// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.testutils.DataBrokerTestModule;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.mdsal.config.PolicyListener;
import org.opendaylight.statemigration.mdsal.config.PolicyStore;
import org.opendaylight.statemigration.som.RecordingListener;
import org.opendaylight.statemigration.som.policy.Damping;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.statemigration.som.worker.Simulation;
import org.opendaylight.statemigration.tde.RecordingReceiver;
import org.opendaylight.statemigration.tde.StatusLines;
import org.opendaylight.statemigration.tde.watch.SettleTimes;
import org.opendaylight.statemigration.tde.watch.TopologyVmInventory;
import org.opendaylight.statemigration.tde.watch.TopologyWatcher;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IpAddressNoZone;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Ipv4AddressNoZone;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.StateMigration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Policy;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Policy.UnmatchedFunction;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.PolicyBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.Link1Builder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.Node1Builder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.TopologyTypes1Builder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.link.PathCost.Status;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.link.PathCostBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.node.NodeKind;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.node.node.kind.NveBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.node.node.kind.StateHostBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.node.node.kind.VirtualMachineBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.topology.types.VirtualDataCenterBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Firewall;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.StateHostId;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Vnid;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.virtual.network.virtual.network.VnidBuilder;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.LinkId;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.NetworkTopology;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.NodeId;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.TopologyId;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.link.attributes.DestinationBuilder;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.link.attributes.SourceBuilder;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.Topology;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.TopologyBuilder;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.TopologyKey;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.Link;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.LinkBuilder;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.Node;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.NodeBuilder;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.TopologyTypesBuilder;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint32;

class TopologyListenerTest {
    private static final DataObjectIdentifier.WithKey<Topology, TopologyKey> DC =
        DataObjectIdentifier.builder(NetworkTopology.class)
            .child(Topology.class, new TopologyKey(new TopologyId("dc"))).build();

    private static final String MARKER = "marker-";
    private static final Duration SETTLE = Duration.ofMillis(20);

    private final Simulation simulation = new Simulation();
    private final Queue<String> events = new ArrayDeque<>();
    private final BlockingQueue<String> markers = new LinkedBlockingQueue<>();
    private int marked;
    private final PolicyStore policy = new PolicyStore();
    private DataBroker broker;
    private StateHostRegistry registry;
    private Supplier<TopologyListener> newListener;
    private TopologyListener listener;

    @BeforeEach
    void before() {
        broker = new DataBrokerTestModule(true).getDataBroker();
        final var observer = new StatusLines(events::add);
        registry = new StateHostRegistry(policy, new RecordingListener());
        newListener = () -> new TopologyListener(broker, new PolicyListener(broker, policy, registry), id -> {
            if (id.startsWith(MARKER)) {
                markers.add(id);
            }
            return new TopologyWatcher(id, (RecordingReceiver) notification -> {
                events.add(id + " " + notification.vm() + ": " + notification.legs());
                return new MigrationId("m1");
            }, observer, new TopologyVmInventory(), (delay, task) -> simulation.after(delay, task)::cancel,
                simulation.clock(), () -> new SettleTimes(SETTLE, Duration.ofSeconds(1), Damping.DEFAULT));
        });
        listener = newListener.get();
    }

    @AfterEach
    void after() {
        listener.close();
        registry.close();
        simulation.close();
    }

    @Test
    void moveOfAVirtualMachineIsNotified() throws Exception {
        put(figure1(true));
        begin();
        put(vm("vm1", "192.0.2.1", "nve2"));
        assertEquals("dc 192.0.2.1 in vnid 7: [Leg[source=fw1, destination=fw2, peers=[]]]", next());
    }

    @Test
    void policySetBeforeTheTopologyIsInForceWhenItChanges() throws Exception {
        final var tx = broker.newWriteOnlyTransaction();
        tx.put(LogicalDatastoreType.CONFIGURATION,
            DataObjectIdentifier.builder(StateMigration.class).child(Policy.class).build(),
            new PolicyBuilder().setUnmatchedFunction(UnmatchedFunction.GoAhead).build());
        tx.commit().get();
        assertEquals(org.opendaylight.statemigration.som.policy.Policy.DEFAULT, policy.get());
        put(figure1(true));
        begin();
        put(vm("vm1", "192.0.2.1", "nve2"));
        next();
        assertTrue(policy.get().leniency().unmatched());
    }

    @Test
    void linkThatGoesDownIsNotified() throws Exception {
        listener.init();
        put(figure1(true));
        settled();
        put(link("nve1", "fw1", Status.Down), link("fw1", "nve1", Status.Down));
        assertEquals("dc 192.0.2.1 in vnid 7: [Leg[source=fw1, destination=fw2, peers=[]]]", next());
    }

    @Test
    void deletedAndCreatedElsewhereIsAMove() throws Exception {
        listener.init();
        put(figure1(true));
        settled();
        final var tx = broker.newWriteOnlyTransaction();
        tx.delete(LogicalDatastoreType.CONFIGURATION,
            DC.toBuilder().child(Node.class, nve("vm1").key()).build());
        tx.commit().get();
        settled();
        put(vm("vm1", "192.0.2.1", "nve2"));
        assertEquals("dc 192.0.2.1 in vnid 7: [Leg[source=fw1, destination=fw2, peers=[]]]", next());
    }

    @Test
    void otherTopologiesAreNotWatched() throws Exception {
        put(figure1(false));
        begin();
        put(vm("vm1", "192.0.2.1", "nve2"));
        settled();
        assertNull(events.poll());
    }

    @Test
    void inconsistencyIsShownAndClearedWithTheTopology() throws Exception {
        listener.init();
        put(figure1(true));
        settled();
        put(vm("vm1", "192.0.2.1", "nve9"));
        assertEquals("dc vm1: VM vm1 is attached to nve9, which is not a node of the topology.",
            next().replaceFirst(" at \\d+", ""));
        final var tx = broker.newWriteOnlyTransaction();
        tx.delete(LogicalDatastoreType.CONFIGURATION, DC);
        tx.commit().get();
        assertEquals("dc vm1 cleared", next());
    }

    @Test
    void nodeThatGoesAndLeavesItsLinksIsNotified() throws Exception {
        listener.init();
        put(figure1(true));
        settled();
        final var tx = broker.newWriteOnlyTransaction();
        tx.delete(LogicalDatastoreType.CONFIGURATION,
            DC.toBuilder().child(Node.class, nve("fw1").key()).build());
        tx.commit().get();
        assertEquals("dc 192.0.2.1 in vnid 7: [Leg[source=fw1, destination=fw2, peers=[]]]", next());
    }

    @Test
    void linkThatGoesDownOneWayIsNotified() throws Exception {
        listener.init();
        put(figure1(true));
        settled();
        put(link("fw1", "nve1", Status.Down));
        assertEquals("dc 192.0.2.1 in vnid 7: [Leg[source=fw1, destination=fw2, peers=[]]]", next());
    }

    @Test
    void linkToNowhereDoesNoHarm() throws Exception {
        listener.init();
        put(figure1(true));
        settled();
        put(link("nve1", "fw9", Status.Up));
        settled();
        assertNull(events.poll());
    }

    @Test
    void topologyMadeAnewBeginsAfresh() throws Exception {
        put(figure1(true));
        begin();
        final var tx = broker.newWriteOnlyTransaction();
        tx.delete(LogicalDatastoreType.CONFIGURATION, DC);
        tx.commit().get();
        settled();
        final var moved = figure1(true);
        final var nodes = new HashMap<>(moved.nonnullNode());
        final var vm1 = vm("vm1", "192.0.2.1", "nve2");
        nodes.put(vm1.key(), vm1);
        put(new TopologyBuilder(moved).setNode(nodes).build());
        settled();
        assertNull(events.poll());
    }

    @Test
    void closedListenerIsSilent() throws Exception {
        put(figure1(true));
        begin();
        listener.close();
        put(vm("vm1", "192.0.2.1", "nve2"));
        // Another one hears of it
        listener = newListener.get();
        begin();
        assertNull(events.poll());
    }

    private String next() throws Exception {
        settled();
        final var event = events.poll();
        assertTrue(event != null, "Nothing happened");
        return event;
    }

    /**
     * Listen, and hear of what there is. The store in memory tells what it has from a thread of its own, perhaps later
     * than what changes meanwhile; a controller's clustered datastore tells all in its order.
     */
    private void begin() throws Exception {
        final var marker = putMarker();
        listener.init();
        awaitHeard(marker);
    }

    /** Let the listener hear of all that was put, and the watchers decide. */
    private void settled() throws Exception {
        awaitHeard(putMarker());
    }

    /** {@return id of another topology, of which the listener hears behind what was put before} */
    private String putMarker() throws Exception {
        marked++;
        final var id = MARKER + marked;
        put(new TopologyBuilder(figure1(true)).withKey(new TopologyKey(new TopologyId(id))).setNode(Map.of())
            .setLink(Map.of()).build());
        return id;
    }

    private void awaitHeard(final String marker) throws Exception {
        String heard;
        do {
            heard = markers.poll(30, TimeUnit.SECONDS);
            assertNotNull(heard, "The listener hears of nothing");
        } while (!heard.equals(marker));
        // Returns behind what the listener has begun with
        listener.onDataTreeChanged(List.of());
        simulation.advance(SETTLE.multipliedBy(2));
    }

    private void put(final Topology topology) throws Exception {
        final var tx = broker.newWriteOnlyTransaction();
        tx.put(LogicalDatastoreType.CONFIGURATION, DataObjectIdentifier.builder(NetworkTopology.class)
            .child(Topology.class, topology.key()).build(), topology);
        tx.commit().get();
    }

    private void put(final Node node) throws Exception {
        final var tx = broker.newWriteOnlyTransaction();
        tx.put(LogicalDatastoreType.CONFIGURATION, DC.toBuilder().child(Node.class, node.key()).build(), node);
        tx.commit().get();
    }

    private void put(final Link... links) throws Exception {
        final var tx = broker.newWriteOnlyTransaction();
        for (var link : links) {
            tx.put(LogicalDatastoreType.CONFIGURATION, DC.toBuilder().child(Link.class, link.key()).build(), link);
        }
        tx.commit().get();
    }

    private static Topology figure1(final boolean marked) {
        final var types = new TopologyTypesBuilder();
        if (marked) {
            types.addAugmentation(new TopologyTypes1Builder()
                .setVirtualDataCenter(new VirtualDataCenterBuilder().build()).build());
        }
        return new TopologyBuilder().setTopologyId(DC.key().getTopologyId())
            .setTopologyTypes(types.build())
            .setNode(BindingMap.of(nve("nve1"), nve("nve2"), nve("nve3"), firewall("fw1"), firewall("fw2"),
                vm("vm1", "192.0.2.1", "nve1"), vm("vm3", "192.0.2.3", "nve3")))
            .setLink(BindingMap.of(link("nve1", "fw1", Status.Up), link("fw1", "nve1", null),
                link("fw1", "nve3", null), link("nve3", "fw1", Status.Up),
                link("nve2", "fw2", null), link("fw2", "nve2", null), link("fw2", "nve3", null),
                link("nve3", "fw2", null), link("nve1", "nve2", null), link("nve2", "nve1", null)))
            .build();
    }

    private static Node nve(final String name) {
        return node(name, new NveBuilder().setNve(new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration
            .topology.rev261123.network.topology.topology.node.node.kind.nve.NveBuilder().build()).build());
    }

    private static Node firewall(final String name) {
        return node(name, new StateHostBuilder().setStateHost(new org.opendaylight.yang.gen.v1.urn.opendaylight
            .statemigration.topology.rev261123.network.topology.topology.node.node.kind.state.host.StateHostBuilder()
            .setHostId(new StateHostId(name)).setFunction(Set.of(Firewall.VALUE)).build()).build());
    }

    private static Node vm(final String name, final String address, final String edge) {
        return node(name, new VirtualMachineBuilder().setVirtualMachine(new org.opendaylight.yang.gen.v1.urn
            .opendaylight.statemigration.topology.rev261123.network.topology.topology.node.node.kind.virtual.machine
            .VirtualMachineBuilder()
            .setAddress(Set.of(new IpAddressNoZone(new Ipv4AddressNoZone(address))))
            .setVirtualNetwork(new VnidBuilder().setVnid(new Vnid(Uint32.valueOf(7))).build())
            .setAttachedTo(new NodeId(edge)).build()).build());
    }

    private static Node node(final String name, final NodeKind kind) {
        return new NodeBuilder().setNodeId(new NodeId(name))
            .addAugmentation(new Node1Builder().setNodeKind(kind).build()).build();
    }

    private static Link link(final String from, final String to, final Status status) {
        final var link = new LinkBuilder().setLinkId(new LinkId(from + "-" + to))
            .setSource(new SourceBuilder().setSourceNode(new NodeId(from)).build())
            .setDestination(new DestinationBuilder().setDestNode(new NodeId(to)).build());
        if (status != null) {
            link.addAugmentation(new Link1Builder().setPathCost(
                new PathCostBuilder().setMetric(Uint32.ONE).setStatus(status).build()).build());
        }
        return link.build();
    }
}
