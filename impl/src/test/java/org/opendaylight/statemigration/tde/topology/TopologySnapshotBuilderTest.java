// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
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
import org.opendaylight.statemigration.tde.Network;
import org.opendaylight.statemigration.tde.fabric.Link;
import org.opendaylight.statemigration.tde.refusal.RefusalText;
import org.opendaylight.statemigration.tde.refusal.TopologyInconsistency;

class TopologySnapshotBuilderTest {
    @ParameterizedTest(name = "{1}")
    @MethodSource
    void inconsistency(final Network network, final String sentence, final List<String> vms) {
        final var snapshot = network.snapshot();
        assertEquals(Collections.nCopies(Math.max(1, vms.size()), sentence),
            snapshot.inconsistencies().stream().map(RefusalText::of).toList());
        assertEquals(vms, snapshot.inconsistencies().stream().flatMap(one -> one.vmName().stream()).toList());
        vms.forEach(name -> assertEquals(Optional.empty(), snapshot.vms().get(name).attachedTo()));
        assertEquals(!vms.isEmpty(), snapshot.isIncomplete(Optional.empty())
            || snapshot.isIncomplete(Optional.of(new VirtualNetwork.Vnid(5))));
        // All others are where they were
        assertEquals("nve3", snapshot.vms().get("vm3").attachedTo().orElseThrow());
    }

    static Stream<Arguments> inconsistency() {
        return Stream.of(
            Arguments.of(Network.figure1().vm("vm4", "nve3", "10.0.0.9", "10.0.0.1"),
                "VMs vm1 and vm4 all have address 10.0.0.1 in no virtual network, so their flows cannot"
                    + " be told apart.", List.of("vm1", "vm4")),
            Arguments.of(Network.figure1().vm("vm5", new VirtualNetwork.Vnid(5), "nve3", "fd00::1")
                .vm("vm6", new VirtualNetwork.Vnid(5), "nve1", "fd00::1"),
                "VMs vm5 and vm6 all have address fd00::1 in vnid 5, so their flows cannot be told"
                    + " apart.",
                List.of("vm5", "vm6")),
            Arguments.of(Network.figure1().move("vm1", "nve9"),
                "VM vm1 is attached to nve9, which is not a node of the topology.", List.of("vm1")),
            Arguments.of(Network.figure1().move("vm1", "fw1"),
                "VM vm1 is attached to fw1, which is not a network virtualization edge.",
                List.of("vm1")),
            Arguments.of(Network.figure1().vm("vm1", "nve1", "224.0.0.1"), "VM vm1: 224.0.0.1 cannot be"
                + " the address of a VM: it is unspecified, multicast or loopback.", List.of("vm1")),
            Arguments.of(Network.figure1().host("fw3"),
                "State Host fw3 (node fw3) performs no function: give at least one.", List.of()));
    }

    @Test
    void twoNodesThatAreTheSameStateHost() {
        final var snapshot = new TopologySnapshotBuilder("dc")
            .stateHost("a", new StateHostId("fw1"), Set.of(FunctionType.FIREWALL))
            .stateHost("b", new StateHostId("fw1"), Set.of(FunctionType.FIREWALL)).build();
        final var inconsistency = new TopologyInconsistency.DuplicateStateHost(new StateHostId("fw1"),
            List.of("a", "b"));
        assertEquals(List.of(inconsistency), snapshot.inconsistencies());
        assertEquals("Nodes a and b are all State Host fw1: a State Host has one place.",
            RefusalText.of(inconsistency));
        snapshot.fabric().hosts().values().forEach(host ->
            assertEquals(List.of(inconsistency), host.inconsistencies()));
    }

    @Test
    void allInconsistenciesAreFoundAtOnce() {
        final var builder = new TopologySnapshotBuilder("dc").edge("x").device("x")
            .vm(new VirtualMachine("vm1", Set.of(), Optional.empty(), Optional.of("y")))
            .link(new Link("l", "x", "z", 1, true)).link(new Link("l", "x", "x", 1, true));
        assertEquals(List.of("Two nodes have the id x.", "Two links have the id l.",
            "VM vm1 is attached to y, which is not a node of the topology."),
            builder.build().inconsistencies().stream().map(RefusalText::of).toList());
    }

    @Test
    void tenantsMayHaveTheSameAddress() {
        final var snapshot = Network.figure1().vm("vm5", new VirtualNetwork.Vnid(5), "nve3", "10.0.0.1")
            .vm("vm6", new VirtualNetwork.VnName("six"), "nve3", "10.0.0.1").snapshot();
        assertEquals(List.of(), snapshot.inconsistencies());
        assertEquals(4, snapshot.vms().size());
    }

    @Test
    void linkWithoutEndIsDown() {
        final var snapshot = Network.figure1().removeNodeOnly("fw1").snapshot();
        assertEquals(List.of(), snapshot.inconsistencies());
        assertEquals(List.of("fw2>nve2", "fw2>nve3", "nve1>nve2", "nve2>fw2", "nve2>nve1", "nve3>fw2"),
            snapshot.fabric().links().stream().map(Link::id).toList());
    }

    @Test
    void linkWithoutOppositeIsDown() {
        assertEquals(List.of(), usable(link("a", "", "b", "", 1, true)));
    }

    @Test
    void cableThatIsDownOneWayIsDown() {
        assertEquals(List.of(), usable(link("a", "", "b", "", 1, true), link("b", "", "a", "", 1, false)));
    }

    @Test
    void directionsOfParallelCablesAreToldByTheirPorts() {
        assertEquals(List.of("a1-b1", "b1-a1"), usable(
            link("a", "1", "b", "1", 1, true), link("a", "2", "b", "2", 1, false),
            link("b", "2", "a", "2", 1, true), link("b", "1", "a", "1", 1, true)));
    }

    @Test
    void portsThatContradictMakeNoCable() {
        assertEquals(List.of(), usable(link("a", "1", "b", "1", 1, true), link("b", "2", "a", "2", 1, true)));
    }

    @Test
    void directionsOfParallelCablesWithoutPortsAreToldByTheirMetrics() {
        assertEquals(List.of("a-b/7", "b-a/7"), usable(
            link("a", "", "b", "", 1, false), link("a", "", "b", "", 7, true),
            link("b", "", "a", "", 7, true), link("b", "", "a", "", 1, true)));
    }

    private static List<String> usable(final Link... links) {
        return LinkPairs.usable(List.of(links)).stream().map(Link::id).toList();
    }

    private static Link link(final String from, final String fromPort, final String to, final String toPort,
            final long metric, final boolean up) {
        return new Link(from + fromPort + '-' + to + toPort + (metric == 1 ? "" : "/" + metric), from,
            Optional.of(fromPort).filter(port -> !port.isEmpty()), to,
            Optional.of(toPort).filter(port -> !port.isEmpty()), metric, up);
    }

    @Test
    void metricIsPositive() {
        assertThrows(IllegalArgumentException.class, () -> new Link("l", "a", "b", 0, true));
    }
}
