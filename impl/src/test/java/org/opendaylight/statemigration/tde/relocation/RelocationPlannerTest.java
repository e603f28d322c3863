// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.opendaylight.statemigration.host.FunctionType.FIREWALL;
import static org.opendaylight.statemigration.host.FunctionType.INTRUSION_DETECTION;
import static org.opendaylight.statemigration.host.FunctionType.NAT;

import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.tde.Network;
import org.opendaylight.statemigration.tde.refusal.RefusalText;

class RelocationPlannerTest {
    private static final VirtualNetwork RED = new VirtualNetwork.Vnid(1);
    private static final VirtualNetwork BLUE = new VirtualNetwork.VnName("blue");

    private Baseline baseline;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void change(final String title, final Network network, final Consumer<Network> change,
            final List<String> expected) {
        assertEquals(expected, decisions(network, List.of(change)));
    }

    /** Decisions as text: {@code ! vm: reason} is a refusal. */
    static Stream<Arguments> change() {
        return Stream.of(
            // Scenario 1
            topology("vm moves", Network.figure1(), net -> net.move("vm1", "nve2"), "vm1: fw1>fw2"),
            topology("its peer moves", Network.figure1().vm("vm2", "nve2", "10.0.0.2").delete("vm1"),
                net -> net.move("vm3", "nve1"),
                "! vm3: Flows with vm2 stay where they are: no firewall on the new path takes over from fw2."),
            topology("nothing changes", Network.figure1(), net -> { }),
            topology("move to the same place", Network.figure1(), net -> net.move("vm1", "nve1")),
            topology("vm appears", Network.figure1(), net -> net.vm("vm9", "nve2", "10.0.0.9")),
            topology("vm disappears", Network.figure1(), net -> net.delete("vm1")),
            topology("vm is detached", Network.figure1(), net -> net.move("vm1", null)),
            topology("vm without peers moves", Network.figure1().delete("vm3"), net -> net.move("vm1", "nve2")),
            topology("peer in another network", Network.figure1().vm("vm3", RED, "nve3", "10.0.0.3"),
                net -> net.move("vm1", "nve2")),
            topology("to an edge behind the same firewall",
                Network.figure1().edges("nve4").cable("nve4", "fw1"), net -> net.move("vm1", "nve4")),
            topology("all addresses changed: another VM under an old name", Network.figure1(),
                net -> net.vm("vm1", "nve2", "10.0.0.77")),
            topology("flows have only lasting addresses", Network.figure1().vm("vm1", "nve1", "10.0.0.1", "10.0.0.11"),
                net -> net.vm("vm1", "nve2", "10.0.0.1", "10.0.0.12"), "vm1: fw1>fw2"),

            // Both ends
            topology("both ends move", figure1With4(), net -> net.move("vm1", "nve2").move("vm3", "nve4"),
                "vm1: fw1>fw3"),
            topology("ends swap places: passes the same", Network.figure1(),
                net -> net.move("vm1", "nve3").move("vm3", "nve1")),

            // Peers on several edges
            topology("all peers behind the new firewall: all flows", star(), net -> net.move("vm1", "nve2"),
                "vm1: fw1>fw2"),
            topology("a peer still behind the source: only those that change",
                star().edges("nve5").cable("nve5", "fw1").cable("nve2", "fw1", 2).vm("vm5", "nve5", "10.0.0.5"),
                net -> net.move("vm1", "nve2"),
                "vm1: fw1>fw2[10.0.0.3/32,10.0.0.4/32]"),
            topology("legs split by peer", split(), net -> net.move("vm1", "nve2"),
                "vm1: fw1>fw3[10.0.0.3/32] fw2>fw4[10.0.0.4/32,fd00::4/128]"),
            topology("the peer to be told apart has no address", split().vm("vm4", "nve4"),
                net -> net.move("vm1", "nve2"), "vm1: fw1>fw3[10.0.0.3/32]",
                "! vm1: Flows with vm4 stay where they are: vm4 has no address"),
            topology("a new peer at the source keeps its flows there",
                Network.figure1().edges("nve4").cable("nve2", "fw1", 3).cable("nve4", "fw1"),
                net -> net.move("vm1", "nve2").vm("vm9", "nve4", "10.0.0.9"), "vm1: fw1>fw2[10.0.0.3/32]"),

            // Scenario 2
            topology("link down", Network.figure1(), net -> net.state("nve1", "fw1", false), "vm1: fw1>fw2"),
            topology("link removed", Network.figure1(), net -> net.cut("fw1", "nve3"), "vm1: fw1>fw2"),
            topology("dearer in one direction", Network.figure1(), net -> net.link("nve1", "fw1", 9),
                "! vm1: Flows with vm3 stay where they are: flows between nve1 and nve3 pass fw2 in one direction"
                    + " and fw1 in the other, so the metrics of their links need to be the same both ways."),
            topology("firewall removed", Network.figure1(), net -> net.removeNode("fw1"), "vm1: fw1>fw2"),
            topology("recovery", Network.figure1().state("nve1", "fw1", false),
                net -> net.state("nve1", "fw1", true), "vm1: fw2>fw1"),
            topology("metric raised", Network.figure1(), net -> net.cable("nve1", "fw1", 5), "vm1: fw1>fw2"),
            topology("link elsewhere", Network.figure1().edges("nve9").cable("nve9", "nve2"),
                net -> net.cut("nve9", "nve2")),
            topology("link between nve1 and nve2 does not matter", Network.figure1(), net -> net.cut("nve1", "nve2")),
            topology("two VMs on one side, each pair once: more peers first", Network.figure1()
                .vm("vm4", "nve3", "10.0.0.4").vm("vm9", "nve1", "10.0.0.9").delete("vm1"),
                net -> net.cut("nve1", "fw1"), "vm9: fw1>fw2"),
            topology("two on both sides, all moved with those of the smaller edge", Network.figure1()
                .vm("vm4", "nve3", "10.0.0.4").vm("vm9", "nve1", "10.0.0.9"),
                net -> net.cut("nve1", "fw1"), "vm1: fw1>fw2", "vm9: fw1>fw2"),
            topology("vm moves while a link fails: each pair once", Network.figure1()
                .vm("vm2", "nve2", "10.0.0.2").vm("vm9", "nve1", "10.0.0.9").firewall("fw0")
                .cable("nve1", "fw0", 10).cable("fw0", "nve3", 10).cut("nve1", "nve2"),
                net -> net.move("vm1", "nve2").cut("nve1", "fw1"),
                "vm1: fw1>fw2[10.0.0.3/32]",
                "! vm1: Flows with vm9 stay where they are: no firewall has left the path that could give its state"
                    + " to fw0 and fw2, which they pass now. Flows with vm2 stay where they are: no firewall on the"
                    + " new path takes over from fw1 and fw2.",
                "vm9: fw1>fw0[10.0.0.2/32,10.0.0.3/32]"),
            topology("island: no path any more", Network.figure1(),
                net -> net.cut("fw1", "nve3").cut("fw2", "nve3")),

            // Chains
            topology("firewall and NAT both change", chains(), net -> net.move("vm1", "nve2"),
                "vm1: fw1>fw2 nat1>nat2"),
            topology("firewall changes, NAT stays", sharedNat(), net -> net.move("vm1", "nve2"), "vm1: fw1>fw2"),
            topology("no NAT on the new path", chains().cut("fw2", "nat2").cable("fw2", "nve3"),
                net -> net.move("vm1", "nve2"), "vm1: fw1>fw2 without nat1:NAT:LEFT"),
            topology("no NAT on the old path", chains().cut("fw1", "nat1").cable("fw1", "nve3"),
                net -> net.move("vm1", "nve2"), "vm1: fw1>fw2 without nat2:NAT:ENTERED"),
            topology("no firewall on the old path", Network.figure1().move("vm1", "nve3"),
                net -> net.move("vm1", "nve2"), "! vm1: Flows with vm3 stay where they are: no firewall has left the"
                    + " path that could give its state to fw2, which they pass now."),
            topology("one box for one box", pair(new String[] {"box1"}, new String[] {"box2"}),
                net -> net.move("vm1", "nve2"), "vm1: box1>box2"),
            topology("one box for two", pair(new String[] {"box1"}, new String[] {"fw2", "nat2"}),
                net -> net.move("vm1", "nve2"), "! vm1: Flows with vm3 stay where they are: the functions of box1 are"
                    + " performed by two State Hosts on the new path, fw2 and nat2."),
            topology("two boxes for one", pair(new String[] {"fw1", "nat1"}, new String[] {"box2"}),
                net -> net.move("vm1", "nve2"), "! vm1: Flows with vm3 stay where they are: the functions of box2 were"
                    + " performed by two State Hosts on the old path, fw1 and nat1."),
            topology("two firewalls in a row", pair(new String[] {"fw1", "fw3"}, new String[] {"fw2", "fw4"}),
                net -> net.move("vm1", "nve2"), "vm1: fw1>fw2 fw3>fw4"),
            topology("two firewalls in a row, and names in another order",
                pair(new String[] {"fw3", "fw1"}, new String[] {"fw2", "fw4"}), net -> net.move("vm1", "nve2"),
                "vm1: fw1>fw4 fw3>fw2"),
            topology("two firewalls in a row: the VM moves at the other end",
                pair(new String[] {"fw1", "fw3"}, new String[] {"fw2", "fw4"}).move("vm3", "nve2").move("vm1", "nve3"),
                net -> net.move("vm3", "nve1"), "vm3: fw2>fw1 fw4>fw3"),
            topology("two firewalls in a row, where the path changes", detour(new String[] {"fw1", "fw3"},
                new String[] {"fw2", "fw4"}), net -> net.cut("nve1", "fw1"), "vm1: fw1>fw2 fw3>fw4"),
            topology("two firewalls in a row, where the path changes: seen from the greater edge",
                detour(new String[] {"fw1", "fw3"}, new String[] {"fw2", "fw4"}).vm("vm9", "nve3", "10.0.0.9"),
                net -> net.cut("nve1", "fw1"), "vm1: fw1>fw2 fw3>fw4"),
            topology("two firewalls in a row, where one link is dearer in one direction",
                detour(new String[] {"fw1", "fw3"}, new String[] {"fw2", "fw4"}).link("nve3", "fw4", 11),
                net -> net.cut("nve1", "fw1"), "vm1: fw1>fw2 fw3>fw4"),
            topology("three firewalls in a row",
                pair(new String[] {"fw1", "fw3", "fw5"}, new String[] {"fw6", "fw4", "fw2"}),
                net -> net.move("vm1", "nve2"), "vm1: fw1>fw6 fw3>fw4 fw5>fw2"),
            topology("two firewalls for one", pair(new String[] {"fw1", "fw3"}, new String[] {"fw2"}),
                net -> net.move("vm1", "nve2"), "! vm1: Flows with vm3 stay where they are: it is not clear which"
                    + " firewall takes over from which, of fw1 and fw3 on the old path and fw2 on the new one."),
            topology("firewall, NAT, firewall",
                pair(new String[] {"fw1", "nat1", "fw3"}, new String[] {"fw2", "nat2", "fw4"}),
                net -> net.move("vm1", "nve2"), "vm1: fw1>fw2 fw3>fw4 nat1>nat2"),
            topology("two firewalls in a row, and a NAT in another place",
                pair(new String[] {"fw1", "nat1", "fw3"}, new String[] {"fw2", "fw4", "nat2"}),
                net -> net.move("vm1", "nve2"), "! vm1: Flows with vm3 stay where they are: it is not clear which"
                    + " firewall takes over from which, of fw1 and fw3 on the old path and fw2 and fw4 on the new one,"
                    + " because what else is passed is not in the same order on both."),
            topology("two firewalls in a row, and a NAT that only enters",
                pair(new String[] {"fw1", "fw3"}, new String[] {"fw2", "nat2", "fw4"}),
                net -> net.move("vm1", "nve2"), "vm1: fw1>fw2 fw3>fw4 without nat2:NAT:ENTERED"),
            topology("two firewalls in a row before one that stays", shared(new String[] {"fw1", "fw3"},
                new String[] {"fw2", "fw4"}), net -> net.move("vm1", "nve2"), "vm1: fw1>fw2 fw3>fw4"),
            topology("one firewall in another place beside one that stays", shared(new String[] {"fw1"},
                new String[] {"fw2"}), net -> net.move("vm1", "nve2"), "vm1: fw1>fw2"),
            topology("two firewalls around one that stays, and then before it", around(),
                net -> net.cut("nve1", "fw1").cut("fw9", "fw3"),
                "! vm1: Flows with vm3 stay where they are: it is not clear which firewall takes over from which, of"
                    + " fw1 and fw3 on the old path and fw2 and fw4 on the new one, because what else is passed is not"
                    + " in the same order on both."),
            topology("two firewalls that the way back does not pass in the opposite order", crossed(),
                net -> net.move("vm1", "nve2"),
                "! vm1: Flows with vm3 stay where they are: it is not clear which firewall takes over from which, of"
                    + " fw1 and fw3 on the old path and fw2 and fw4 on the new one, because State Hosts are not passed"
                    + " in the opposite order on the way back."),
            topology("another type does not take over", pair(new String[] {"fw1"}, new String[] {"ids2"}),
                net -> net.move("vm1", "nve2"),
                "! vm1: Flows with vm3 stay where they are: no firewall on the new path takes over from fw1, and no"
                    + " intrusion-detection has left the path that could give its state to ids2, which they pass"
                    + " now."),
            topology("a box whose NAT has no counterpart", pair(new String[] {"box1"}, new String[] {"fw2"}),
                net -> net.move("vm1", "nve2"), "vm1: box1>fw2 without box1:NAT:LEFT"),
            topology("eight functions", pair(new String[] {"box1", "a", "b", "c"}, new String[] {"fw2"}),
                net -> net.move("vm1", "nve2"), "! vm1: Flows with vm3 stay where they are: it is not clear which"
                    + " firewall takes over from which, of a and b and box1 and c on the old path and fw2 on the new"
                    + " one."),
            topology("more functions than a chain may have", pair(new String[] {"fw1"},
                new String[] {"a", "b", "c", "d", "fw2"}),
                net -> net.move("vm1", "nve2"), "! vm1: Flows with vm3 stay where they are: the new path passes 9"
                    + " functions, more than 8."),
            topology("a path of very many State Hosts", pair(new String[] {"fw1"}, firewalls(40)),
                net -> net.move("vm1", "nve2"), "! vm1: Flows with vm3 stay where they are: a path between nve2 and"
                    + " nve3 passes more than 32 State Hosts."),
            topology("a path of very many State Hosts before", pair(firewalls(40), new String[] {"fw1"}),
                net -> net.move("vm1", "nve2"), "! vm1: Flows with vm3 stay where they are: it is not known which"
                    + " State Hosts have their state, because before the change a path between nve1 and nve3 passes"
                    + " more than 32 State Hosts."),
            topology("a path of very many State Hosts elsewhere", pair(new String[] {"fw1"}, new String[] {"fw2"})
                .edges("nve8"), net -> chain(net.move("vm1", "nve2"), "nve8", firewalls(40)), "vm1: fw1>fw2"),
            topology("a long chain that does not change", longChain(), net -> net.move("vm1", "nve2")),

            // Ambiguity
            topology("equal cost, same firewall", Network.figure1().edges("nve4").device("a").device("b")
                .cable("nve4", "a").cable("nve4", "b").cable("a", "fw2").cable("b", "fw2"),
                net -> net.move("vm1", "nve4"), "vm1: fw1>fw2"),
            topology("equal cost, different firewalls", Network.figure1().edges("nve4")
                .cable("nve4", "fw1").cable("nve4", "fw2"), net -> net.move("vm1", "nve4"),
                "! vm1: Flows with vm3 stay where they are: paths of equal cost between nve4 and nve3 pass fw1 or"
                    + " fw2, so their links need different metrics."),
            topology("equal cost, with and without firewall", Network.figure1().edges("nve4").device("a")
                .cable("nve4", "a").cable("a", "nve3").cable("nve4", "fw2"), net -> net.move("vm1", "nve4"),
                "! vm1: Flows with vm3 stay where they are: paths of equal cost between nve4 and nve3 pass no State"
                    + " Host or fw2, so their links need different metrics."),
            topology("of parallel links the cheapest counts", Network.figure1().parallel("nve2", "fw2", 7),
                net -> net.move("vm1", "nve2"), "vm1: fw1>fw2"),
            topology("a parallel link takes over", Network.figure1().parallel("nve1", "fw1", 1),
                net -> net.state("nve1", "fw1", false)),
            topology("asymmetric metrics, same firewall", Network.figure1().link("nve2", "fw2", 2).cut("nve1", "nve2"),
                net -> net.move("vm1", "nve2"), "vm1: fw1>fw2"),
            topology("no way back is no path", Network.figure1().cut("nve2", "fw2").link("nve2", "fw2", 1)
                .cut("nve1", "nve2"), net -> net.move("vm1", "nve2")),
            topology("ambiguous before", Network.figure1().edges("nve4").cable("nve4", "fw1").cable("nve4", "fw2")
                .move("vm1", "nve4"), net -> net.move("vm1", "nve2"),
                "! vm1: Flows with vm3 stay where they are: it is not known which State Hosts have their state,"
                    + " because before the change paths of equal cost between nve4 and nve3 pass fw1 or fw2, so"
                    + " their links need different metrics."),

            // Links and nodes of which something is wrong
            topology("cable down one way", Network.figure1(), net -> net.oneWay("fw1", "nve1", false),
                "vm1: fw1>fw2"),
            topology("cable gone one way, a dearer one beside it is still the cheapest path",
                Network.figure1().parallel("fw1", "nve1", 2).cable("nve1", "nve2", 9),
                net -> net.oneWay("fw1", "nve1", false)),
            topology("firewall's node removed, its links left behind", Network.figure1(),
                net -> net.removeNodeOnly("fw1"), "vm1: fw1>fw2"),
            topology("new path passes a doubtful firewall", Network.figure1(),
                net -> net.host("fw2").move("vm1", "nve2"),
                "! vm1: Flows with vm3 stay where they are: they pass a State Host about which the topology"
                    + " contradicts itself (State Host fw2 (node fw2) performs no function: give at least one)."),
            topology("a doubtful firewall elsewhere", Network.figure1(),
                net -> net.host("fw9").move("vm1", "nve2"), "vm1: fw1>fw2"),
            topology("a firewall becomes doubtful, and flows pass it as before", Network.figure1(),
                net -> net.host("fw1")),
            topology("a loop of links, and a link from a node to itself", Network.figure1().device("a").device("b")
                .cable("a", "b").cable("b", "nve2").cable("a", "nve2").cable("a", "a"),
                net -> net.move("vm1", "nve2"), "vm1: fw1>fw2"),

            // Identity
            topology("vm without address", Network.figure1().vm("vm1", "nve1"), net -> net.move("vm1", "nve2"),
                "! vm1: VM vm1 has no address"),
            topology("overlapping addresses of tenants", Network.figure1().delete("vm1").delete("vm3")
                .vm("red1", RED, "nve1", "10.0.0.1").vm("red3", RED, "nve3", "10.0.0.3")
                .vm("blue1", BLUE, "nve1", "10.0.0.1").vm("blue3", BLUE, "nve3", "10.0.0.3"),
                net -> net.move("red1", "nve2"), "red1: fw1>fw2"));
    }

    @Test
    void relocationNamesTheVmAsStateHostsKnowIt() {
        baseline = Baseline.of(Network.figure1().delete("vm1").delete("vm3")
            .vm("red1", RED, "nve1", "10.0.0.1", "10.0.0.11").vm("red3", RED, "nve3", "10.0.0.3").snapshot());
        final var step = RelocationPlanner.find(baseline, Network.figure1().delete("vm1").delete("vm3")
            .vm("red1", RED, "nve2", "10.0.0.1", "10.0.0.12").vm("red3", RED, "nve3", "10.0.0.3").snapshot());
        final var relocation = (Decision.Relocation) step.decisions().getFirst();
        assertEquals(new VmIdentity(Set.of(InetAddresses.forString("10.0.0.1")), Optional.of(RED)), relocation.vm());
    }

    @Test
    void moveBackMovesStateBack() {
        assertEquals(List.of("vm1: fw1>fw2", "vm1: fw2>fw1"), decisions(Network.figure1(),
            List.of(net -> net.move("vm1", "nve2"), net -> net.move("vm1", "nve1"))));
    }

    @Test
    void detachedThenAttachedElsewhereIsAMove() {
        assertEquals(List.of("vm1: fw1>fw2"), decisions(Network.figure1(),
            List.of(net -> net.move("vm1", null), net -> net.move("vm1", "nve2"))));
    }

    @Test
    void deletedThenCreatedElsewhereIsAMove() {
        assertEquals(List.of("vm1: fw1>fw2"), decisions(Network.figure1(),
            List.of(net -> net.delete("vm1"), net -> net.cut("nve1", "nve2"),
                net -> net.vm("vm1", "nve2", "10.0.0.1"))));
    }

    @Test
    void detachedThenAttachedAgainAtTheSamePlaceIsNoMove() {
        assertEquals(List.of(), decisions(Network.figure1(),
            List.of(net -> net.move("vm1", null), net -> net.move("vm1", "nve1"))));
    }

    @Test
    void stateOfDetachedVmIsWhereItWasWhenBothWereAttached() {
        // While vm1 is away vm3 moves behind fw3: the pair's state is still at fw1
        assertEquals(List.of("vm1: fw1>fw3"), decisions(figure1With4(),
            List.of(net -> net.move("vm1", null), net -> net.move("vm3", "nve4"), net -> net.move("vm1", "nve2"))));
    }

    @Test
    void deletedNameUsedAgainWithOtherAddressIsNoMove() {
        assertEquals(List.of(), decisions(Network.figure1(),
            List.of(net -> net.delete("vm1"), net -> net.vm("vm1", "nve2", "10.0.0.99"))));
    }

    @Test
    void hostFailsThenVmIsRestartedElsewhere() {
        assertEquals(List.of("vm1: fw1>fw2"), decisions(Network.figure1(), List.of(
            net -> net.cut("nve1", "fw1").cut("nve1", "nve2"),
            net -> net.delete("vm1"),
            net -> net.vm("vm1", "nve2", "10.0.0.1"))));
    }

    @Test
    void onlyLinkRemovedBeforeAnotherIsAdded() {
        assertEquals(List.of("vm1: fw1>fw2"), decisions(Network.figure1().cut("nve1", "nve2"), List.of(
            net -> net.cut("nve1", "fw1"),
            net -> net.cable("nve1", "nve2"))));
    }

    @Test
    void islandThatRecoversUnchangedMovesNothing() {
        assertEquals(List.of(), decisions(Network.figure1().cut("nve1", "nve2"), List.of(
            net -> net.cut("nve1", "fw1"),
            net -> net.cable("nve1", "fw1"))));
    }

    @Test
    void severedPeerKeepsItsStateWhereItWas() {
        // vm4 cannot be reached when vm1 moves: its flows stay at fw1, and follow when there is a path again
        final var network = Network.figure1().edges("nve4").cable("nve4", "fw1").cable("nve4", "fw2", 3)
            .vm("vm4", "nve4", "10.0.0.4");
        assertEquals(List.of("vm1: fw1>fw2[10.0.0.3/32]", "vm4: fw1>fw2"),
            decisions(network, List.of(
                net -> net.state("nve4", "fw1", false).state("nve4", "fw2", false),
                net -> net.move("vm1", "nve2"),
                net -> net.state("nve4", "fw2", true))));
    }

    @Test
    void ambiguityThatIsMendedToTheOldPathMovesNothing() {
        final var decisions = decisions(Network.figure1(), List.of(
            net -> net.cable("nve1", "fw2"),
            net -> net.cable("nve1", "fw2", 2)));
        assertEquals(1, decisions.size(), decisions::toString);
        assertTrue(decisions.getFirst().startsWith("! vm1: Flows with vm3 stay where they are: paths of equal cost"),
            decisions::toString);
    }

    @Test
    void ambiguityThatIsMendedToTheNewPathMovesState() {
        final var decisions = decisions(Network.figure1(), List.of(
            net -> net.cable("nve1", "fw2"),
            net -> net.cable("nve1", "fw1", 2)));
        assertEquals(2, decisions.size(), decisions::toString);
        assertEquals("vm1: fw1>fw2", decisions.getLast());
    }

    @Test
    void unchangedAmbiguityIsNotRepeated() {
        final var decisions = decisions(Network.figure1().edges("nve9"), List.of(
            net -> net.cable("nve1", "fw2"),
            net -> net.cable("nve9", "nve3")));
        assertEquals(1, decisions.size(), decisions::toString);
    }

    @Test
    void vmsDeletedOneByOneAreRememberedUntilTheyAreBack() {
        final var network = Network.figure1();
        final int vms = 200;
        final var changes = new ArrayList<Consumer<Network>>();
        final var expected = new ArrayList<String>();
        for (int i = 0; i < vms; i++) {
            final var name = "m%03d".formatted(i);
            network.vm(name, "nve1", "10.0.1." + i);
            changes.add(i, net -> net.delete(name));
            changes.add(net -> net.vm(name, "nve2", "10.0.1." + name.substring(1).replaceFirst("^0+(.)", "$1")));
            expected.add(name + ": fw1>fw2");
        }
        assertEquals(expected, decisions(network.delete("vm1"), changes));
        assertEquals(List.of(), baseline.losses());
        assertEquals(Map.of(), baseline.forgotten());
    }

    @Test
    void vmThatComesAndGoesDrivesNoOtherOutOfMemory() {
        final var network = Network.figure1().vm("vm8", "nve1", "10.0.0.8").vm("vm9", "nve1", "10.0.0.9");
        final var changes = new ArrayList<Consumer<Network>>();
        changes.add(net -> net.delete("vm1"));
        for (int i = 0; i < 200; i++) {
            final var edge = i % 2 == 0 ? "nve2" : "nve1";
            changes.add(net -> net.move("vm9", null));
            changes.add(net -> net.move("vm8", edge));
            changes.add(net -> net.move("vm9", edge));
        }
        decisions(network, changes);
        assertEquals(1, baseline.losses().size());
        assertEquals(List.of("vm1: fw1>fw2"), step(network.vm("vm1", "nve2", "10.0.0.1")).toList());
        assertEquals(List.of(), baseline.losses());
    }

    @Test
    void vmThatIsBackInAnIslandIsStillRemembered() {
        assertEquals(List.of("vm1: fw1>fw2"), decisions(Network.figure1().edges("nve9"), List.of(
            net -> net.move("vm1", null),
            net -> net.move("vm1", "nve9"),
            net -> net.move("vm1", "nve2"))));
        assertEquals(List.of(), baseline.losses());
    }

    @Test
    void pairIsRememberedWhoseVmsWereNeverBackTogether() {
        assertEquals(List.of("vm3: fw1>fw2"), decisions(Network.figure1(), List.of(
            net -> net.move("vm1", null),
            net -> net.move("vm3", null),
            net -> net.move("vm1", "nve2"),
            net -> net.move("vm3", "nve3"))));
        assertEquals(List.of(), baseline.losses());
    }

    @Test
    void severedVmsAreRememberedUntilTheyReachAllOthers() {
        decisions(Network.figure1().cut("nve1", "nve2"), List.of(net -> net.cut("nve1", "fw1"),
            net -> net.edges("nve7"), net -> net.edges("nve8")));
        assertEquals(1, baseline.losses().size());
        assertEquals(Set.of("vm1", "vm3"), baseline.losses().getFirst().severed());
        step(Network.figure1().cut("nve1", "nve2"));
        assertEquals(List.of(), baseline.losses());
    }

    @Test
    void whoIsForgottenIsToldWhenBack() {
        final var network = Network.figure1();
        baseline = Baseline.of(network.snapshot());
        step(network.delete("vm1"));
        final int many = SnapshotHistory.MIN_REMEMBERED;
        for (int i = 0; i < many; i++) {
            network.vm("m" + i, "nve2", "10.1." + i / 250 + "." + i % 250);
        }
        step(network);
        for (int i = 0; i < many; i++) {
            network.delete("m" + i);
        }
        step(network);
        assertEquals(List.of(), baseline.losses());
        assertTrue(baseline.forgotten().containsKey("vm1"));
        assertEquals(List.of("! vm1: Flows with vm3 stay where they are: it is no longer remembered which State Hosts"
            + " have their state, because too many others have lost contact since."),
            step(network.vm("vm1", "nve2", "10.0.0.1")).toList());
        assertFalse(baseline.forgotten().containsKey("vm1"));
        assertEquals(List.of("vm1: fw2>fw1"), step(network.move("vm1", "nve1")).toList());
    }

    @Test
    void fewFabricsAreKept() {
        final var network = Network.figure1().cut("nve1", "nve2");
        baseline = Baseline.of(network.snapshot());
        for (int i = 0; i < 2 * SnapshotHistory.MAX_FABRICS; i++) {
            step(network.edges("e" + i).cut("nve1", "fw1").vm("x" + i, "nve3", "10.0.1." + i));
            step(network.cable("nve1", "fw1", 1 + i).delete("x" + i));
        }
        assertTrue(baseline.losses().stream().map(PastSnapshot::fabric).distinct()
            .count() <= SnapshotHistory.MAX_FABRICS);
    }

    @Test
    void movesAloneKeepNoHistory() {
        final var network = Network.figure1();
        baseline = Baseline.of(network.snapshot());
        for (int i = 0; i < 8; i++) {
            network.move("vm1", i % 2 == 0 ? "nve2" : "nve1");
            baseline = RelocationPlanner.find(baseline, network.snapshot()).next();
        }
        assertEquals(List.of(), baseline.losses());
    }

    @Test
    void vmWithChangedPathIsReconsidered() {
        baseline = Baseline.of(Network.figure1().snapshot());
        final var step = RelocationPlanner.find(baseline, Network.figure1().cut("nve1", "fw1")
            .vm("vm7", RED, "nve2", "10.0.0.7").snapshot());
        assertEquals(Set.of("vm1", "vm3", "vm7"), step.reconsidered());
        assertFalse(RelocationPlanner.find(step.next(), step.next().current()).reconsidered().contains("vm1"));
    }

    @Test
    void thousandNodes() {
        final var network = new Network().device("west").device("east").firewall("fw1").firewall("fw2")
            .cable("west", "fw1").cable("fw1", "east").cable("west", "fw2", 2).cable("fw2", "east", 2);
        for (int i = 0; i < 200; i++) {
            network.edges("nve" + i).cable("nve" + i, i % 2 == 0 ? "west" : "east");
            for (int j = 0; j < 4; j++) {
                // Ten tenants of eighty VMs
                network.vm("vm" + i + "-" + j, new VirtualNetwork.Vnid(i / 2 % 10), "nve" + i, "10.1." + i + "." + j);
            }
        }
        final var decisions = decisions(network, List.of(net -> net.state("west", "fw1", false)));
        assertEquals(400, decisions.size());
        assertEquals(Set.of("fw1>fw2"), decisions.stream().map(text -> text.substring(text.indexOf(' ') + 1))
            .collect(Collectors.toSet()));
    }

    private static Arguments topology(final String title, final Network network, final Consumer<Network> change,
            final String... expected) {
        return Arguments.of(title, network, change, List.of(expected));
    }

    private List<String> decisions(final Network network, final List<Consumer<Network>> changes) {
        baseline = Baseline.of(network.snapshot());
        return changes.stream().flatMap(change -> {
            change.accept(network);
            return step(network);
        }).toList();
    }

    private Stream<String> step(final Network network) {
        final var step = RelocationPlanner.find(baseline, network.snapshot());
        baseline = step.next();
        return step.decisions().stream().map(RelocationPlannerTest::text);
    }

    private static String text(final Decision decision) {
        return switch (decision) {
            case Decision.Relocation relocation -> relocation.vmName() + ": " + relocation.legs().stream()
                .map(leg -> leg.source() + ">" + leg.destination()
                    + (leg.peers().isEmpty() ? "" : leg.peers().toString().replace(" ", "")))
                .collect(Collectors.joining(" "))
                + relocation.unmatched().stream()
                    .map(each -> " without " + each.host() + ":" + each.function() + ":" + each.side())
                    .collect(Collectors.joining());
            case Decision.Refusal refusal -> {
                final var sentence = RefusalText.of(refusal.refusal());
                assertTrue(sentence.contains("notify-state-migration"), sentence);
                final int end = sentence.contains(" has no address") ? sentence.indexOf(" has no address") + 15
                    : sentence.indexOf(" Once it is clear");
                yield "! " + refusal.vmName() + ": " + sentence.substring(0, end);
            }
        };
    }

    /** Figure 1 and nve4 behind fw3. */
    private static Network figure1With4() {
        return Network.figure1().edges("nve4").firewall("fw3").cable("nve4", "fw3").cable("fw3", "nve2");
    }

    /** Peers on nve3 and nve4, both behind fw1 from nve1 and behind fw2 from nve2. */
    private static Network star() {
        return new Network().edges("nve1", "nve2", "nve3", "nve4").firewall("fw1").firewall("fw2").device("core")
            .cable("nve1", "fw1").cable("fw1", "core").cable("nve2", "fw2").cable("fw2", "core")
            .cable("core", "nve3").cable("core", "nve4")
            .vm("vm1", "nve1", "10.0.0.1").vm("vm3", "nve3", "10.0.0.3").vm("vm4", "nve4", "10.0.0.4");
    }

    /** Each pair of edges has a firewall of its own. */
    private static Network split() {
        return new Network().edges("nve1", "nve2", "nve3", "nve4")
            .firewall("fw1").firewall("fw2").firewall("fw3").firewall("fw4")
            .cable("nve1", "fw1").cable("fw1", "nve3").cable("nve1", "fw2").cable("fw2", "nve4")
            .cable("nve2", "fw3").cable("fw3", "nve3").cable("nve2", "fw4").cable("fw4", "nve4")
            .vm("vm1", "nve1", "10.0.0.1").vm("vm3", "nve3", "10.0.0.3").vm("vm4", "nve4", "10.0.0.4", "fd00::4");
    }

    private static Network chains() {
        return pair(new String[] {"fw1", "nat1"}, new String[] {"fw2", "nat2"});
    }

    private static Network sharedNat() {
        return new Network().edges("nve1", "nve2", "nve3").firewall("fw1").firewall("fw2").host("nat", NAT)
            .cable("nve1", "fw1").cable("fw1", "nat").cable("nve2", "fw2").cable("fw2", "nat").cable("nat", "nve3")
            .vm("vm1", "nve1", "10.0.0.1").vm("vm3", "nve3", "10.0.0.3");
    }

    /** Two chains to nve3, one from nve1 and one from nve2. What a host does is told by its name. */
    private static Network pair(final String[] first, final String[] second) {
        final var network = new Network().edges("nve1", "nve2", "nve3")
            .vm("vm1", "nve1", "10.0.0.1").vm("vm3", "nve3", "10.0.0.3");
        chain(network, "nve1", first);
        chain(network, "nve2", second);
        return network;
    }

    /** Two chains from nve1 to nve3, the second one dearer. */
    private static Network detour(final String[] first, final String[] second) {
        return pair(first, second).cable("nve1", "nve2", 10);
    }

    /** Two chains from nve1 and nve2 to a firewall before nve3. */
    private static Network shared(final String[] first, final String[] second) {
        return pair(first, second).firewall("fw9")
            .cut(first[first.length - 1], "nve3").cable(first[first.length - 1], "fw9")
            .cut(second[second.length - 1], "nve3").cable(second[second.length - 1], "fw9").cable("fw9", "nve3");
    }

    /** From nve1 by fw1, fw9 and fw3, or else by fw2, fw4 and fw9. */
    private static Network around() {
        return new Network().edges("nve1", "nve3")
            .firewall("fw1").firewall("fw2").firewall("fw3").firewall("fw4").firewall("fw9")
            .cable("nve1", "fw1").cable("fw1", "fw9").cable("fw9", "fw3").cable("fw3", "nve3")
            .cable("nve1", "fw2", 2).cable("fw2", "fw4", 2).cable("fw4", "fw9", 2).cable("fw9", "nve3", 5)
            .vm("vm1", "nve1", "10.0.0.1").vm("vm3", "nve3", "10.0.0.3");
    }

    /** From nve1 there by fw1 and fw3, and back by fw1 and fw3 as well. */
    private static Network crossed() {
        return pair(new String[] {"fw1", "fw3"}, new String[] {"fw2", "fw4"})
            .link("nve3", "fw3", 9).link("fw1", "nve1", 9)
            .link("nve3", "fw1", 1).link("fw1", "nve3", 9).link("fw3", "nve1", 1).link("nve1", "fw3", 9);
    }

    private static String[] firewalls(final int count) {
        return IntStream.range(0, count).mapToObj(i -> "fw1" + i).toArray(String[]::new);
    }

    private static Network longChain() {
        final var network = pair(new String[] {"a", "b", "c", "d", "e"}, new String[] {});
        return network.cut("nve2", "nve3").cable("nve2", "a");
    }

    private static void chain(final Network network, final String edge, final String... hosts) {
        var last = edge;
        for (var host : hosts) {
            if (host.startsWith("fw")) {
                network.firewall(host);
            } else if (host.startsWith("nat")) {
                network.host(host, NAT);
            } else if (host.startsWith("ids")) {
                network.host(host, INTRUSION_DETECTION);
            } else {
                network.host(host, FIREWALL, NAT);
            }
            network.cable(last, host);
            last = host;
        }
        network.cable(last, "nve3");
    }
}
