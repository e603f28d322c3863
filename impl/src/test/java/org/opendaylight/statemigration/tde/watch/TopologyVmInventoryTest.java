// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.som.request.VmReference;
import org.opendaylight.statemigration.som.request.VmResolver;
import org.opendaylight.statemigration.tde.fabric.Link;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.TopologySnapshotBuilder;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

class TopologyVmInventoryTest {
    private static final UUID ID = UUID.fromString("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
    private static final VirtualNetwork RED = new VirtualNetwork.Vnid(7);
    private static final VirtualNetwork BLUE = new VirtualNetwork.VnName("blue");
    private static final StateHostId FW1 = new StateHostId("fw1");

    private final TopologyVmInventory inventory = new TopologyVmInventory();

    @BeforeEach
    void before() {
        inventory.update(topology(true));
    }

    private static TopologySnapshot topology(final boolean throughFirewall) {
        final var builder = new TopologySnapshotBuilder("dc").edge("nve1").edge("nve2").device("a").device("b")
            .stateHost("fw1", FW1, Set.of(FunctionType.FIREWALL))
            .vm(vm("vm1", RED, "10.0.0.1", "nve1", "00:AA:00:00:00:01", ID))
            .vm(vm("vm2", RED, "10.0.0.2", "nve2", "00:aa:00:00:00:02", null))
            .vm(vm("vm3", BLUE, "10.0.0.1", "nve2", "00:aa:00:00:00:02", null))
            .vm(vm("vm4", RED, null, null, null, null));
        for (var cable : List.of(List.of("nve1", throughFirewall ? "fw1" : "b"),
                List.of(throughFirewall ? "fw1" : "b", "a"), List.of("a", "nve2"))) {
            builder.link(new Link(cable.toString(), cable.getFirst(), cable.getLast(), 1, true))
                .link(new Link(cable.reversed().toString(), cable.getLast(), cable.getFirst(), 1, true));
        }
        return builder.build();
    }

    @Test
    void vmIsFoundByAnyOfItsNames() throws Exception {
        final var vm1 = new VmIdentity(Set.of(InetAddresses.forString("10.0.0.1")), Optional.of(RED));
        assertEquals(vm1, resolve(Optional.of("vm1"), Optional.empty(), Optional.empty()));
        assertEquals(vm1, resolve(Optional.empty(), Optional.of("00:aa:00:00:00:01"), Optional.empty()));
        assertEquals(vm1, resolve(Optional.empty(), Optional.empty(),
            Optional.of(ID.toString().toUpperCase(Locale.ROOT))));
    }

    @Test
    void stateHostsAreThoseOnThePathsToThePeers() {
        assertEquals(Set.of(FW1), stateHosts("vm1"));
        assertEquals(Set.of(FW1), stateHosts("vm2"));
        assertEquals(Set.of(), stateHosts("vm3"));
        assertEquals(Set.of(), stateHosts("vm4"));
    }

    @Test
    void stateHostsFollowTheTopology() {
        inventory.update(topology(false));
        assertEquals(Set.of(), stateHosts("vm1"));
        inventory.update(topology(true));
        assertEquals(Set.of(FW1), stateHosts("vm1"));
    }

    @Test
    void vmsOfAllTopologiesAreKnown() {
        inventory.update(new TopologySnapshotBuilder("another").edge("nve1")
            .vm(vm("vm1", RED, "10.0.0.9", "nve1", null, null)).build());
        assertEquals(List.of("vm1 of topology another", "vm1 of topology dc", "vm2 of topology dc",
            "vm3 of topology dc", "vm4 of topology dc"),
            inventory.vms().stream().map(InventoryVm::toString).toList());
    }

    @Test
    void forgottenTopologyHasNoVms() {
        assertTrue(inventory.snapshot("dc").isPresent());
        inventory.forget("dc");
        assertEquals(List.of(), inventory.vms());
        assertEquals(Optional.empty(), inventory.snapshot("dc"));
    }

    private VmIdentity resolve(final Optional<String> name, final Optional<String> mac, final Optional<String> uuid)
            throws MigrationRejectedException {
        return new VmResolver(inventory).resolve(new VmReference(Set.of(), Optional.empty(), name, mac, uuid))
            .vm();
    }

    private Set<StateHostId> stateHosts(final String name) {
        return inventory.vms().stream().filter(vm -> vm.name().equals(name)).findFirst().orElseThrow()
            .passes();
    }

    private static VirtualMachine vm(final String name, final VirtualNetwork network, final String address,
            final String edge, final String mac, final UUID uuid) {
        return new VirtualMachine(name, address == null ? Set.of() : Set.of(InetAddresses.forString(address)),
            Optional.of(network), Optional.ofNullable(edge), Optional.empty(), Optional.ofNullable(mac),
            Optional.ofNullable(uuid));
    }
}
