package org.opendaylight.statemigration.tde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;

class TopologySnapshotBuilderTest {
    @ParameterizedTest(name = "{1}")
    @MethodSource
    void contradiction(final Network network, final String sentence, final String vmName) {
        final var thrown = assertThrows(ContradictoryTopologyException.class, network::tryBuild);
        assertEquals(List.of(new Contradiction(Optional.ofNullable(vmName), sentence)), thrown.contradictions());
    }

    static Stream<Arguments> contradiction() {
        return Stream.of(
            Arguments.of(Network.figure1().vm("vm4", "nve3", "10.0.0.9", "10.0.0.1"),
                "Virtual machines vm1 and vm4 both have address 10.0.0.1 in no virtual network, so their flows cannot"
                    + " be told apart.", "vm4"),
            Arguments.of(Network.figure1().vm("vm5", new VirtualNetwork.Vnid(5), "nve3", "fd00::1")
                .vm("vm6", new VirtualNetwork.Vnid(5), "nve1", "fd00::1"),
                "Virtual machines vm5 and vm6 both have address fd00::1 in vnid 5, so their flows cannot be told"
                    + " apart.",
                "vm6"),
            Arguments.of(Network.figure1().move("vm1", "nve9"),
                "Virtual machine vm1 is attached to nve9, which is not a node of the topology.", "vm1"),
            Arguments.of(Network.figure1().move("vm1", "fw1"),
                "Virtual machine vm1 is attached to fw1, which is not a network virtualization edge.", "vm1"),
            Arguments.of(Network.figure1().vm("vm1", "nve1", "224.0.0.1"), "Virtual machine vm1: 224.0.0.1 cannot be"
                + " the address of a virtual machine: it is unspecified, multicast or loopback.", "vm1"),
            Arguments.of(Network.figure1().link("nve1", "fw9", 1),
                "Link nve1>fw9 leads to or from fw9, which is not a node of the topology.", null),
            Arguments.of(Network.figure1().host("fw3"),
                "State Host fw3 (node fw3) performs no function: give at least one.", null));
    }

    @Test
    void twoNodesThatAreTheSameStateHost() {
        final var builder = new TopologySnapshotBuilder("dc")
            .stateHost("a", new StateHostId("fw1"), Set.of(FunctionType.FIREWALL))
            .stateHost("b", new StateHostId("fw1"), Set.of(FunctionType.FIREWALL));
        assertEquals("Nodes a and b are both State Host fw1: a State Host has one place.",
            assertThrows(ContradictoryTopologyException.class, builder::build).getMessage());
    }

    @Test
    void allContradictionsAreFoundAtOnce() {
        final var builder = new TopologySnapshotBuilder("dc").edge("x").device("x")
            .machine(new VirtualMachine("vm1", Set.of(), Optional.empty(), Optional.of("y")))
            .link(new Link("l", "x", "z", 1, true)).link(new Link("l", "x", "x", 1, true));
        assertEquals(List.of("Two nodes have the id x.", "Two links have the id l.",
            "Virtual machine vm1 is attached to y, which is not a node of the topology."),
            assertThrows(ContradictoryTopologyException.class, builder::build).contradictions().stream()
                .map(Contradiction::sentence).toList());
    }

    @Test
    void tenantsMayHaveTheSameAddress() throws Exception {
        assertEquals(4, Network.figure1().vm("vm5", new VirtualNetwork.Vnid(5), "nve3", "10.0.0.1")
            .vm("vm6", new VirtualNetwork.VnName("six"), "nve3", "10.0.0.1").tryBuild().machines().size());
    }

    @Test
    void metricIsPositive() {
        assertThrows(IllegalArgumentException.class, () -> new Link("l", "a", "b", 0, true));
    }
}
