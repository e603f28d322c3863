// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

import com.google.common.util.concurrent.FluentFuture;
import com.google.common.util.concurrent.SettableFuture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.DataTreeChangeListener;
import org.opendaylight.mdsal.binding.api.MountPoint;
import org.opendaylight.mdsal.binding.api.MountPointService;
import org.opendaylight.mdsal.binding.testutils.DataBrokerTestModule;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.RecordingListener;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.yang.gen.v1.urn.opendaylight.netconf.device.rev251028.ConnectionOper.ConnectionStatus;
import org.opendaylight.yang.gen.v1.urn.opendaylight.netconf.device.rev251028.connection.oper.AvailableCapabilitiesBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.netconf.device.rev251028.connection.oper.available.capabilities.AvailableCapabilityBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.netconf.node.topology.rev251103.NetconfNodeAugmentBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.netconf.node.topology.rev251103.netconf.node.augment.NetconfNodeBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.StateHost;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.NetworkTopology;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.NodeId;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.TopologyId;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.Topology;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.TopologyKey;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.Node;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.NodeBuilder;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.NodeKey;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.binding.DataObjectReference;
import org.opendaylight.yangtools.yang.common.QName;

@Timeout(60)
class StateHostMountsTest {
    private static final StateHostId FW1 = new StateHostId("fw1");
    private static final DataObjectIdentifier<Node> PATH = path("fw1");

    private final DataBroker datastore = new DataBrokerTestModule(true).getDataBroker();
    private final DataBroker broker = spy(datastore);
    private final MountPointService mounts = mock(MountPointService.class);
    private final BlockingQueue<StateHostRecord> shown = new LinkedBlockingQueue<>();
    /** Changes that the listener has been told of. */
    private final Semaphore delivered = new Semaphore(0);
    private final MasterListener listener = spy(new RecordingListener());
    private final StateHostRegistry registry;
    private final StateHostMounts stateHostMounts;

    StateHostMountsTest() {
        // Nobody is authorized, so nobody is asked for a profile: only sessions count
        registry = new StateHostRegistry(() -> Policy.DEFAULT, listener);
        stateHostMounts = new StateHostMounts(broker, mounts, registry);
    }

    @BeforeEach
    void begin() {
        doAnswer(call -> shown.add(call.getArgument(0))).when(listener).hostChanged(any());
        doReturn(Optional.of(mock(MountPoint.class))).when(mounts).findMountPoint(any());
        doAnswer(call -> {
            final DataTreeChangeListener<Node> real = call.getArgument(2);
            final DataTreeChangeListener<Node> counting = changes -> {
                real.onDataTreeChanged(changes);
                delivered.release(changes.size());
            };
            return datastore.registerTreeChangeListener(call.getArgument(0),
                call.<DataObjectReference<Node>>getArgument(1), counting);
        }).when(broker).registerTreeChangeListener(any(), any(), any());
        stateHostMounts.init();
    }

    @AfterEach
    void close() {
        stateHostMounts.close();
        registry.close();
    }

    private static DataObjectIdentifier<Node> path(final String name) {
        return DataObjectIdentifier.builder(NetworkTopology.class)
            .child(Topology.class, new TopologyKey(new TopologyId("topology-netconf")))
            .child(Node.class, new NodeKey(new NodeId(name)))
            .build();
    }

    private void put(final String name, final ConnectionStatus status) throws Exception {
        final var capability = new AvailableCapabilityBuilder()
            .setCapability(QName.create(StateHost.QNAME, "statemigration-agent").toString()).build();
        final var node = new NodeBuilder().setNodeId(new NodeId(name))
            .addAugmentation(new NetconfNodeAugmentBuilder().setNetconfNode(new NetconfNodeBuilder()
                .setConnectionStatus(status)
                .setAvailableCapabilities(new AvailableCapabilitiesBuilder()
                    .setAvailableCapability(List.of(capability)).build())
                .build()).build())
            .build();
        final var tx = datastore.newWriteOnlyTransaction();
        tx.mergeParentStructurePut(LogicalDatastoreType.OPERATIONAL, path(name), node);
        tx.commit().get();
    }

    private void delete() throws Exception {
        final var tx = datastore.newWriteOnlyTransaction();
        tx.delete(LogicalDatastoreType.OPERATIONAL, PATH);
        tx.commit().get();
    }

    /** Until the registry has heard of a session with another State Host, which comes after those before. */
    private void awaitOther(final String name) throws Exception {
        put(name, ConnectionStatus.Connected);
        StateHostRecord record;
        do {
            record = shown.poll(20, TimeUnit.SECONDS);
            assertTrue(record != null, "The other State Host is shown");
        } while (!record.hostId().value().equals(name));
    }

    @Test
    void deviceWithTheModuleOfAgentsIsAStateHostUntilItIsGone() throws Exception {
        put("fw1", ConnectionStatus.Connected);
        awaitOther("other");
        assertEquals(Status.UNAUTHORIZED, registry.find(FW1).orElseThrow().state().status());
        put("fw1", ConnectionStatus.Connecting);
        delete();
        // One that is new: of a device that reconnects only the newest state is looked at
        awaitOther("third");
        assertEquals(Optional.empty(), registry.find(FW1));
    }

    @Test
    void sessionThatEndsWhileItsKeyIsLookedUpIsNotLeftOpen() throws Exception {
        final var reading = new CountDownLatch(1);
        final var answer = SettableFuture.<Optional<Node>>create();
        doAnswer(call -> {
            final var tx = spy(datastore.newReadOnlyTransaction());
            if (reading.getCount() > 0) {
                doReturn(FluentFuture.from(answer)).when(tx).read(any(), any());
                reading.countDown();
            }
            return tx;
        }).when(broker).newReadOnlyTransaction();
        put("fw1", ConnectionStatus.Connected);
        reading.await();
        delete();
        delivered.acquire(2);
        answer.set(Optional.empty());
        awaitOther("other");
        assertEquals(Optional.empty(), registry.find(FW1));
    }
}
