package org.opendaylight.statemigration.tde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.net.InetAddresses;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.tde.MachineDirectory.Match;
import org.opendaylight.statemigration.tde.MachineDirectory.Selector;

class MachineDirectoryTest {
    private static final UUID ID = UUID.fromString("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
    private static final VirtualNetwork RED = new VirtualNetwork.Vnid(7);
    private static final VirtualNetwork BLUE = new VirtualNetwork.VnName("blue");

    private final MachineDirectory directory = new MachineDirectory();

    @BeforeEach
    void before() {
        final var builder = new TopologySnapshotBuilder("dc").edge("nve1").edge("nve2").device("a")
            .stateHost("fw1", new StateHostId("fw1"), Set.of(FunctionType.FIREWALL))
            .machine(machine("vm1", RED, "10.0.0.1", "nve1", "00:AA:00:00:00:01", ID))
            .machine(machine("vm2", RED, "10.0.0.2", "nve2", "00:aa:00:00:00:02", null))
            .machine(machine("vm3", BLUE, "10.0.0.1", "nve2", "00:aa:00:00:00:02", null))
            .machine(machine("vm4", RED, null, null, null, null));
        for (var cable : List.of(List.of("nve1", "fw1"), List.of("fw1", "a"), List.of("a", "nve2"))) {
            builder.link(new Link(cable.toString(), cable.getFirst(), cable.getLast(), 1, true))
                .link(new Link(cable.reversed().toString(), cable.getLast(), cable.getFirst(), 1, true));
        }
        directory.update(builder.build());
    }

    @Test
    void machineIsFoundByAnyOfItsNames() {
        assertEquals(List.of("vm1"), names(select("vm1", null, null, null)));
        assertEquals(List.of("vm1"), names(select(null, "00:aa:00:00:00:01", null, null)));
        assertEquals(List.of("vm1"), names(select(null, null, ID, null)));
        assertEquals(List.of("vm3"), names(select(null, null, null, BLUE)));
    }

    @Test
    void macAddressIsFoundInAnyCase() {
        assertEquals(List.of("vm1"), names(select(null, "00:AA:00:00:00:01", null, null)));
    }

    @Test
    void ambiguousNameHasSeveralMatches() {
        assertEquals(List.of("vm2", "vm3"), names(select(null, "00:aa:00:00:00:02", null, null)));
        assertEquals(List.of("vm1", "vm2", "vm4"), names(select(null, null, null, RED)));
    }

    @Test
    void allThatIsGivenMustBeTrue() {
        assertEquals(List.of("vm3"), names(select(null, "00:aa:00:00:00:02", null, BLUE)));
        assertEquals(List.of(), names(select("vm1", null, null, BLUE)));
    }

    @Test
    void unknownMachineHasNoMatch() {
        assertEquals(List.of(), directory.resolve(select("vm9", null, null, null)));
    }

    @Test
    void nothingGivenIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> select(null, null, null, null));
    }

    @Test
    void identityIsThatOfTheStateHosts() {
        assertEquals(Optional.of(new VmIdentity(Set.of(InetAddresses.forString("10.0.0.1")), Optional.of(RED))),
            directory.resolve(select("vm1", null, null, null)).getFirst().identity());
        assertEquals(Optional.empty(), directory.resolve(select("vm4", null, null, null)).getFirst().identity());
    }

    @Test
    void passagesAreThoseOfTheMachinesPeers() {
        assertEquals(Set.of(new StateHostId("fw1")), passages("vm1"));
        assertEquals(Set.of(new StateHostId("fw1")), passages("vm2"));
        assertEquals(Set.of(), passages("vm3"));
        assertEquals(Set.of(), passages("vm4"));
    }

    @Test
    void forgottenTopologyHasNoMachines() {
        final var match = directory.resolve(select("vm1", null, null, null)).getFirst();
        directory.forget("dc");
        assertEquals(List.of(), directory.resolve(select("vm1", null, null, null)));
        assertEquals(Set.of(), directory.passages(match));
    }

    private Set<StateHostId> passages(final String name) {
        return directory.passages(directory.resolve(select(name, null, null, null)).getFirst());
    }

    private List<String> names(final Selector selector) {
        return directory.resolve(selector).stream().map(Match::machine).map(VirtualMachine::name).toList();
    }

    private static Selector select(final String name, final String mac, final UUID uuid,
            final VirtualNetwork network) {
        return new Selector(Optional.ofNullable(name), Optional.ofNullable(mac), Optional.ofNullable(uuid),
            Optional.ofNullable(network));
    }

    private static VirtualMachine machine(final String name, final VirtualNetwork network, final String address,
            final String edge, final String mac, final UUID uuid) {
        return new VirtualMachine(name, address == null ? Set.of() : Set.of(InetAddresses.forString(address)),
            Optional.of(network), Optional.ofNullable(edge), Optional.empty(), Optional.ofNullable(mac),
            Optional.ofNullable(uuid));
    }
}
