// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde;

import com.google.common.net.InetAddresses;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.tde.fabric.Link;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.TopologySnapshotBuilder;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

/**
 * A data center of pods. A pod has two aggregation switches, and racks with two top-of-rack switches each; every edge
 * of a rack is connected to both. A pod reaches the core through its first firewall, and through the second one if that
 * fails. Two core switches have the same cost. Tenants are spread over all pods.
 */
public final class DataCenter {
    private static final int EDGES_PER_RACK = 15;
    private static final int RACKS_PER_POD = 10;
    public static final int EDGES_PER_POD = EDGES_PER_RACK * RACKS_PER_POD;
    private static final int FIREWALL_COST = 10;
    private static final int SPARE_COST = 11;

    private final Map<String, VirtualMachine> vms = new HashMap<>();
    private final Map<String, Link> links = new HashMap<>();
    private final Map<String, StateHostId> firewalls = new HashMap<>();
    private final Set<String> devices = new TreeSet<>();
    private final Set<String> edges = new TreeSet<>();

    /**
     * Build.
     *
     * @param nodes how many nodes, VMs included; two thirds are VMs
     * @param tenants how many tenants
     */
    public DataCenter(final int nodes, final int tenants) {
        devices.add("core0");
        devices.add("core1");
        int pod = -1;
        int rack = -1;
        for (int edge = 0; devices.size() + firewalls.size() + edges.size() + vms.size() + 3 <= nodes; edge++) {
            if (edge % EDGES_PER_POD == 0) {
                pod(++pod);
            }
            if (edge % EDGES_PER_RACK == 0) {
                rack(++rack, pod);
            }
            final var name = "nve" + edge;
            edges.add(name);
            cable(name, "tor" + rack + "a", 1);
            cable(name, "tor" + rack + "b", 1);
            for (int i = 0; i < 2; i++) {
                final int number = vms.size();
                vm("vm" + number, number % tenants, number, name);
            }
        }
    }

    private void pod(final int pod) {
        for (var side : Set.of("a", "b")) {
            devices.add("agg" + pod + side);
            final var firewall = "fw" + pod + side;
            firewalls.put(firewall, new StateHostId(firewall));
            final int cost = side.equals("a") ? FIREWALL_COST : SPARE_COST;
            cable("agg" + pod + "a", firewall, cost);
            cable("agg" + pod + "b", firewall, cost);
            cable(firewall, "core0", 1);
            cable(firewall, "core1", 1);
        }
    }

    private void rack(final int rack, final int pod) {
        for (var side : Set.of("a", "b")) {
            devices.add("tor" + rack + side);
            cable("tor" + rack + side, "agg" + pod + "a", 1);
            cable("tor" + rack + side, "agg" + pod + "b", 1);
        }
    }

    private void vm(final String name, final int tenant, final int number, final String edge) {
        vms.put(name, new VirtualMachine(name,
            Set.of(InetAddresses.forString("10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255))),
            Optional.of(new VirtualNetwork.Vnid(tenant)), Optional.of(edge)));
    }

    void cable(final String one, final String other, final long metric) {
        links.put(one + ">" + other, new Link(one + ">" + other, one, other, metric, true));
        links.put(other + ">" + one, new Link(other + ">" + one, other, one, metric, true));
    }

    public void state(final String one, final String other, final boolean up) {
        for (var id : Set.of(one + ">" + other, other + ">" + one)) {
            links.computeIfPresent(id, (key, link) -> new Link(id, link.from(), link.to(), link.metric(), up));
        }
    }

    public void move(final String name, final String edge) {
        vms.computeIfPresent(name, (same, vm) -> vm.attachedTo(Optional.of(edge)));
    }

    public String lastEdge() {
        return "nve" + (edges.size() - 1);
    }

    public int nodes() {
        return vms.size() + edges.size() + firewalls.size() + devices.size();
    }

    public TopologySnapshot snapshot() {
        final var builder = new TopologySnapshotBuilder("dc");
        edges.forEach(builder::edge);
        firewalls.forEach((node, host) -> builder.stateHost(node, host, Set.of(FunctionType.FIREWALL)));
        devices.forEach(builder::device);
        vms.values().forEach(builder::vm);
        links.values().forEach(builder::link);
        return builder.build();
    }
}
