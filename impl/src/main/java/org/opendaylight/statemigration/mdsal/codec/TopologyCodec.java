// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import com.google.common.base.CaseFormat;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.tde.fabric.Link;
import org.opendaylight.statemigration.tde.refusal.TopologyInconsistency;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.TopologySnapshotBuilder;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.Link1;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.Node1;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.link.PathCost;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.node.node.kind.Nve;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology.topology.node.node.kind.StateHost;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Firewall;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.IntrusionDetection;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.LoadBalancer;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Nat;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.VmIdentity;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.virtual.network.virtual.network.VnName;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.virtual.network.virtual.network.Vnid;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.Topology;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.topology.Node;

/** Turns the binding of a topology into a snapshot. */
public final class TopologyCodec {
    private TopologyCodec() {
        // Hidden on purpose
    }

    public static TopologySnapshot read(final Topology topology) {
        final var builder = new TopologySnapshotBuilder(topology.requireTopologyId().getValue());
        topology.nonnullNode().values().forEach(node -> addNode(builder, node));
        topology.nonnullLink().values().forEach(link -> addLink(builder, link));
        return builder.build();
    }

    private static void addNode(final TopologySnapshotBuilder builder, final Node node) {
        final var name = node.requireNodeId().getValue();
        final var ours = node.augmentation(Node1.class);
        switch (ours == null ? null : ours.getNodeKind()) {
            case Nve edge -> builder.edge(name);
            case StateHost host -> addHost(builder, name, host);
            case org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology
                .topology.node.node.kind.VirtualMachine vm -> builder.vm(vm(name,
                    vm.getVirtualMachine()));
            case null, default -> builder.device(name);
        }
    }

    private static void addHost(final TopologySnapshotBuilder builder, final String name, final StateHost binding) {
        final var host = binding.getStateHost();
        final Set<FunctionType> functions = EnumSet.noneOf(FunctionType.class);
        final var inconsistencies = new ArrayList<TopologyInconsistency>();
        for (var function : Optional.ofNullable(host.getFunction()).orElse(Set.of())) {
            switch (function) {
                case Firewall firewall -> functions.add(FunctionType.FIREWALL);
                case Nat nat -> functions.add(FunctionType.NAT);
                case LoadBalancer balancer -> functions.add(FunctionType.LOAD_BALANCER);
                case IntrusionDetection detection -> functions.add(FunctionType.INTRUSION_DETECTION);
                default -> inconsistencies.add(new TopologyInconsistency.UnsupportedFunction(
                    new StateHostId(host.getHostId().getValue()), name, identity(function.implementedInterface())));
            }
        }
        builder.stateHost(name, new StateHostId(host.requireHostId().getValue()), functions);
        inconsistencies.forEach(inconsistency -> builder.inconsistent(name, inconsistency));
    }

    /** The binding of an identity that is not known here tells its name by that of its interface only. */
    private static String identity(final Class<?> binding) {
        return CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_HYPHEN, binding.getSimpleName());
    }

    private static VirtualMachine vm(final String name,
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.network.topology
                .topology.node.node.kind.virtual.machine.VirtualMachine vm) {
        return new VirtualMachine(name, addresses(vm), network(vm),
            Optional.ofNullable(vm.getAttachedTo()).map(edge -> edge.getValue()),
            Optional.ofNullable(vm.getPlannedAttachment()).map(edge -> edge.getValue()),
            Optional.ofNullable(vm.getMacAddress()).map(mac -> mac.getValue()),
            Optional.ofNullable(vm.getUuid()).map(uuid -> UUID.fromString(uuid.getValue())));
    }

    static Set<InetAddress> addresses(final VmIdentity vm) {
        final var addresses = new HashSet<InetAddress>();
        for (var address : Optional.ofNullable(vm.getAddress()).orElse(Set.of())) {
            addresses.add(InetAddresses.forString(address.stringValue()));
        }
        return addresses;
    }

    static Optional<VirtualNetwork> network(final VmIdentity vm) {
        return switch (vm.getVirtualNetwork()) {
            case Vnid number -> Optional.of(new VirtualNetwork.Vnid(number.requireVnid().getValue().intValue()));
            case VnName name -> Optional.of(new VirtualNetwork.VnName(name.requireVnName().getValue()));
            case null, default -> Optional.empty();
        };
    }

    private static void addLink(final TopologySnapshotBuilder builder,
            final org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology
                .topology.Link link) {
        final var id = link.requireLinkId().getValue();
        final var cost = Optional.ofNullable(link.augmentation(Link1.class)).map(Link1::getPathCost);
        final var source = link.getSource();
        final var destination = link.getDestination();
        if (source == null || destination == null) {
            return;
        }
        builder.link(new Link(id, source.requireSourceNode().getValue(),
            Optional.ofNullable(source.getSourceTp()).map(port -> port.getValue()),
            destination.requireDestNode().getValue(),
            Optional.ofNullable(destination.getDestTp()).map(port -> port.getValue()),
            cost.map(PathCost::getMetric).map(metric -> metric.longValue()).orElse(1L),
            cost.map(PathCost::getStatus).orElse(PathCost.Status.Up) == PathCost.Status.Up));
    }
}
