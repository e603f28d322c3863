// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde;

import com.google.common.net.InetAddresses;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.tde.fabric.Link;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.TopologySnapshotBuilder;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

/** A network that tests change and take snapshots of. */
public final class Network {
    private final TreeMap<String, Runnable> nodes = new TreeMap<>();
    private final TreeMap<String, VirtualMachine> vms = new TreeMap<>();
    private final TreeMap<String, Link> links = new TreeMap<>();
    private TopologySnapshotBuilder builder;

    /** Figure 1 of the draft, with vm1 on nve1 and vm3 on nve3. */
    public static Network figure1() {
        return new Network().edges("nve1", "nve2", "nve3")
            .firewall("fw1").firewall("fw2")
            .cable("nve1", "fw1").cable("fw1", "nve3")
            .cable("nve2", "fw2").cable("fw2", "nve3")
            .cable("nve1", "nve2")
            .vm("vm1", "nve1", "10.0.0.1")
            .vm("vm3", "nve3", "10.0.0.3");
    }

    public Network edges(final String... names) {
        for (var name : names) {
            nodes.put(name, () -> builder.edge(name));
        }
        return this;
    }

    public Network device(final String name) {
        nodes.put(name, () -> builder.device(name));
        return this;
    }

    public Network firewall(final String name) {
        return host(name, FunctionType.FIREWALL);
    }

    public Network host(final String name, final FunctionType... functions) {
        nodes.put(name, () -> builder.stateHost(name, new StateHostId(name), Set.of(functions)));
        return this;
    }

    public Network cable(final String one, final String other) {
        return cable(one, other, 1);
    }

    public Network cable(final String one, final String other, final long metric) {
        return link(one, other, metric).link(other, one, metric);
    }

    public Network link(final String from, final String to, final long metric) {
        links.put(from + ">" + to, new Link(from + ">" + to, from, to, metric, true));
        return this;
    }

    /** A second cable, which neither {@link #state} nor {@link #cut} touches. */
    public Network parallel(final String one, final String other, final long metric) {
        links.put(one + ">" + other + "#2", new Link(one + ">" + other + "#2", one, other, metric, true));
        links.put(other + ">" + one + "#2", new Link(other + ">" + one + "#2", other, one, metric, true));
        return this;
    }

    public Network state(final String one, final String other, final boolean up) {
        for (var id : Set.of(one + ">" + other, other + ">" + one)) {
            links.computeIfPresent(id, (key, link) -> new Link(id, link.from(), link.to(), link.metric(), up));
        }
        return this;
    }

    public Network cut(final String one, final String other) {
        links.remove(one + ">" + other);
        links.remove(other + ">" + one);
        return this;
    }

    /** One direction only. */
    public Network oneWay(final String from, final String to, final boolean up) {
        links.computeIfPresent(from + ">" + to, (id, link) -> new Link(id, from, to, link.metric(), up));
        return this;
    }

    /** Its links stay, and lead to nowhere. */
    public Network removeNodeOnly(final String name) {
        nodes.remove(name);
        return this;
    }

    public Network removeNode(final String name) {
        nodes.remove(name);
        links.values().removeIf(link -> link.from().equals(name) || link.to().equals(name));
        return this;
    }

    public Network vm(final String name, final String edge, final String... addresses) {
        return vm(name, null, edge, addresses);
    }

    public Network vm(final String name, final VirtualNetwork network, final String edge, final String... addresses) {
        vms.put(name, new VirtualMachine(name,
            Arrays.stream(addresses).map(InetAddresses::forString).collect(Collectors.toSet()),
            Optional.ofNullable(network), Optional.ofNullable(edge)));
        return this;
    }

    public Network move(final String name, final String edge) {
        vms.computeIfPresent(name, (key, vm) -> vm.attachedTo(Optional.ofNullable(edge)));
        return this;
    }

    /** It is about to move there; null to take that back. */
    public Network plan(final String name, final String edge) {
        vms.computeIfPresent(name, (key, vm) -> new VirtualMachine(name, vm.addresses(), vm.network(),
            vm.attachedTo(), Optional.ofNullable(edge), vm.macAddress(), vm.uuid()));
        return this;
    }

    public Network delete(final String name) {
        vms.remove(name);
        return this;
    }

    public TopologySnapshot snapshot() {
        builder = new TopologySnapshotBuilder("dc");
        nodes.values().forEach(Runnable::run);
        vms.values().forEach(builder::vm);
        links.values().forEach(builder::link);
        return builder.build();
    }
}
