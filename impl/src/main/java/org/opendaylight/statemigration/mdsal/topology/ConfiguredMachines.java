package org.opendaylight.statemigration.mdsal.topology;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.som.intake.KnownMachine;
import org.opendaylight.statemigration.som.intake.MachineSource;
import org.opendaylight.statemigration.tde.TopologySnapshot;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.Node1;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.node.node.kind.VirtualMachine;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.NetworkTopology;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.Topology;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.Node;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;

/** The virtual machines of all watched topologies, read from the configuration datastore when somebody asks. */
public final class ConfiguredMachines implements MachineSource {
    private static final DataObjectIdentifier<NetworkTopology> PATH =
        DataObjectIdentifier.builder(NetworkTopology.class).build();

    private final DataBroker dataBroker;

    public ConfiguredMachines(final DataBroker dataBroker) {
        this.dataBroker = requireNonNull(dataBroker);
    }

    @Override
    public Collection<KnownMachine> machines() {
        final var found = new ArrayList<KnownMachine>();
        for (var topology : topologies()) {
            if (TopologyListener.isWatched(topology)) {
                topology.nonnullNode().values().forEach(node ->
                    machine(topology.requireTopologyId().getValue(), node).ifPresent(found::add));
            }
        }
        return found;
    }

    /**
     * A topology as it is now.
     *
     * @param id its id
     * @return the topology; empty if there is none, or it is not watched
     */
    public Optional<TopologySnapshot> snapshot(final String id) {
        return topologies().stream()
            .filter(topology -> topology.requireTopologyId().getValue().equals(id)
                && TopologyListener.isWatched(topology))
            .findFirst().map(TopologyReader::read);
    }

    private Collection<Topology> topologies() {
        try (var tx = dataBroker.newReadOnlyTransaction()) {
            return tx.read(LogicalDatastoreType.CONFIGURATION, PATH).get()
                .map(all -> all.nonnullTopology().values()).orElse(List.of());
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topologies cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The controller is shutting down", e);
        }
    }

    private static Optional<KnownMachine> machine(final String topologyId, final Node node) {
        final var ours = node.augmentation(Node1.class);
        if (ours == null || !(ours.getNodeKind() instanceof VirtualMachine kind) || kind.getVirtualMachine() == null) {
            return Optional.empty();
        }
        final var machine = kind.getVirtualMachine();
        return Optional.of(new KnownMachine(topologyId, node.requireNodeId().getValue(),
            TopologyReader.addresses(machine), TopologyReader.network(machine),
            Optional.ofNullable(machine.getMacAddress()).map(mac -> mac.getValue()),
            Optional.ofNullable(machine.getUuid()).map(uuid -> uuid.getValue()), Set.of()));
    }
}
