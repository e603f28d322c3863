// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.netconf;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.DataObjectDeleted;
import org.opendaylight.mdsal.binding.api.DataObjectModification.WithDataAfter;
import org.opendaylight.mdsal.binding.api.DataTreeChangeListener;
import org.opendaylight.mdsal.binding.api.DataTreeModification;
import org.opendaylight.mdsal.binding.api.MountPoint;
import org.opendaylight.mdsal.binding.api.MountPointService;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.registry.HostSession;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.statemigration.som.worker.WorkerPool;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IetfInetUtil;
import org.opendaylight.yang.gen.v1.urn.opendaylight.netconf.device.rev251028.ConnectionOper.ConnectionStatus;
import org.opendaylight.yang.gen.v1.urn.opendaylight.netconf.device.rev251028.connection.parameters.protocol.specification.TlsCase;
import org.opendaylight.yang.gen.v1.urn.opendaylight.netconf.node.topology.rev251103.NetconfNodeAugment;
import org.opendaylight.yang.gen.v1.urn.opendaylight.netconf.node.topology.rev251103.netconf.node.augment.NetconfNode;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.StateHost;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.NetworkTopology;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.TopologyId;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.Topology;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.TopologyKey;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.Node;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.concepts.Registration;
import org.opendaylight.yangtools.yang.common.QName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the State Hosts among the controller's NETCONF devices: those that serve module {@code statemigration-agent}.
 * Devices that call home and devices that the operator had mounted are treated alike, but of the latter those reached
 * over SSH have not proved who they are.
 *
 * <p>One thread acts upon changes, in their order, so that the beginning and the end of a session cannot cross. What
 * waits for it is no more than the newest state of each device. The monitor guards what waits, and nothing else is done
 * while it is held.
 */
public final class StateHostMounts implements DataTreeChangeListener<Node>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateHostMounts.class);
    /** How a device's capabilities name the module that makes it a State Host. */
    private static final String AGENT_MODULE = QName.create(StateHost.QNAME, "statemigration-agent").toString();
    private static final DataObjectIdentifier<Topology> NETCONF = DataObjectIdentifier.builder(NetworkTopology.class)
        .child(Topology.class, new TopologyKey(new TopologyId("topology-netconf"))).build();

    /** How long the datastore may take to tell how a device is mounted. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private final WorkerPool thread = new WorkerPool("state-host-mounts", 1, 1);
    /** The newest state of devices that has not been acted upon; empty for one that is gone. */
    private final Map<String, Optional<Node>> changes = new LinkedHashMap<>();
    /** Touched by the thread only. */
    private final Map<StateHostId, Connection> connections = new HashMap<>();
    private final DataBroker dataBroker;
    private final MountPointService mounts;
    private final StateHostRegistry registry;

    private Registration registration;

    private record Connection(HostSession session, MountPoint mount) {
    }

    public StateHostMounts(final DataBroker dataBroker, final MountPointService mounts,
            final StateHostRegistry registry) {
        this.dataBroker = requireNonNull(dataBroker);
        this.mounts = requireNonNull(mounts);
        this.registry = requireNonNull(registry);
    }

    /** Begin to look for State Hosts. */
    public void init() {
        registration = dataBroker.registerTreeChangeListener(LogicalDatastoreType.OPERATIONAL,
            NETCONF.toBuilder().toReferenceBuilder().child(Node.class).build(), this);
    }

    @Override
    public void close() {
        registration.close();
        thread.close();
    }

    @Override
    public void onDataTreeChanged(final List<DataTreeModification<Node>> modifications) {
        for (var modification : modifications) {
            final var name = modification.path().getFirstKeyOf(Node.class).getNodeId().getValue();
            note(name, switch (modification.getRootNode()) {
                case DataObjectDeleted<Node> deleted -> Optional.empty();
                case WithDataAfter<Node> present -> Optional.of(present.dataAfter());
            });
        }
    }

    private void note(final String name, final Optional<Node> node) {
        synchronized (this) {
            if (changes.put(name, node) != null) {
                return;
            }
        }
        thread.execute(() -> act(name));
    }

    private void act(final String name) {
        final Optional<Node> node;
        synchronized (this) {
            node = changes.remove(name);
        }
        node.ifPresentOrElse(this::changed, () -> gone(name));
    }

    private void changed(final Node node) {
        final var name = node.getNodeId().getValue();
        final var augment = node.augmentation(NetconfNodeAugment.class);
        final var device = augment == null ? null : augment.getNetconfNode();
        if (device == null || device.getConnectionStatus() != ConnectionStatus.Connected || !servesAgent(device)) {
            gone(name);
            return;
        }
        final StateHostId hostId;
        try {
            hostId = new StateHostId(name);
        } catch (IllegalArgumentException e) {
            LOG.warn("NETCONF device '{}' serves state migration, but cannot be a State Host by that name: {}", name,
                e.getMessage());
            return;
        }
        final var path = NETCONF.toBuilder().child(Node.class, node.key()).build();
        final var mount = mounts.findMountPoint(path);
        if (mount.isEmpty()) {
            gone(name);
            return;
        }
        final var former = connections.get(hostId);
        if (former != null && former.mount.equals(mount.orElseThrow())) {
            return;
        }
        connect(hostId, path, device, mount.orElseThrow());
    }

    private void connect(final StateHostId hostId, final DataObjectIdentifier<Node> path, final NetconfNode device,
            final MountPoint mount) {
        final var session = new HostSession(new MountedAgent(hostId.value(), () -> mounts.findMountPoint(path)),
            address(device), isKeyVerified(path));
        connections.put(hostId, new Connection(session, mount));
        LOG.info("State Host {} is connected", hostId);
        registry.connected(hostId, session);
    }

    private void gone(final String name) {
        final StateHostId hostId;
        try {
            hostId = new StateHostId(name);
        } catch (IllegalArgumentException e) {
            // It never was one
            LOG.debug("Device {} is gone", name, e);
            return;
        }
        final var former = connections.remove(hostId);
        if (former != null) {
            LOG.info("State Host {} is no longer connected", hostId);
            registry.disconnected(hostId, former.session);
        }
    }

    private static boolean servesAgent(final NetconfNode device) {
        final var capabilities = device.getAvailableCapabilities();
        return capabilities != null && capabilities.nonnullAvailableCapability().stream()
            .anyMatch(capability -> AGENT_MODULE.equals(capability.getCapability()));
    }

    private static Optional<InetAddress> address(final NetconfNode device) {
        final var host = device.getHost();
        return host == null || host.getIpAddress() == null ? Optional.empty()
            : Optional.of(IetfInetUtil.inetAddressFor(host.getIpAddress()));
    }

    /** Only devices that the operator had mounted stand in the configuration; the others called home. */
    private boolean isKeyVerified(final DataObjectIdentifier<Node> path) {
        try (var tx = dataBroker.newReadOnlyTransaction()) {
            final var configured = tx.read(LogicalDatastoreType.CONFIGURATION, path)
                .get(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .map(node -> node.augmentation(NetconfNodeAugment.class))
                .map(NetconfNodeAugment::getNetconfNode);
            return configured.isEmpty() || configured.orElseThrow().getProtocol() != null
                && configured.orElseThrow().getProtocol().getSpecification() instanceof TlsCase;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Cannot tell how {} is connected, so its key counts as not verified", path, e);
            return false;
        }
    }
}
