// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Sysctls;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.write.EntryCreator;
import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.SequenceAdjustment;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.lab.time.Await;

/** The table of a real kernel, in two network namespaces. */
@ExtendWith(SharedLab.class)
class LinuxStateTableIT {
    /** More than the kernel needs for an entry with counters, a label and its place in the hash table. */
    private static final int ENTRY_OCTETS = 600;
    private static final int PART = 50_000;

    private static final VirtualNetwork BLUE = new VirtualNetwork.Vnid(77);
    private static final FlowSelection VM = selection(Lab.VM, Lab.VM6);

    private final Lab lab;

    private final LinuxStateTable fw1;
    private final LinuxStateTable fw2;

    LinuxStateTableIT(final Lab lab) throws Exception {
        this.lab = lab;
        final var options = new LinuxOptions(Optional.empty(), Map.of(BLUE, 5), HoldPreference.BEST, 64, 4700);
        fw1 = lab.table("fw1", options);
        fw2 = lab.table("fw2", options);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void connectionGoesOnAtTheOtherFirewallAndIsCheckedStrictlyAgain(final boolean v6) throws Exception {
        try (var server = lab.listen("peer", v6 ? Lab.PEER6 : Lab.PEER);
            var client = lab.connect("vm", v6 ? Lab.VM6 : Lab.VM, (InetSocketAddress) server.getLocalAddress());
            var accepted = server.accept()) {
            exchange(client, accepted);
            final var exported = fw1.export(VM);
            assertEquals(1, exported.entries().size(), exported.toString());
            final var flow = exported.entries().getFirst().flow();
            assertEquals(TcpState.ESTABLISHED, tcp(flow).state());
            assertTrue(flow.seenReply() && flow.assured());
            assertTrue(flow.originalCounters().packets() > 0);
            assertTrue(tcp(flow).originator().windowScale().isPresent());

            final var created = fw2.create(List.of(flow));
            assertEquals(List.of(), created.refused());
            assertEquals(new StateTable.Verification(1, 0, List.of()), fw2.verify(created.entries()));
            fw2.takeIntoService(created.entries());
            assertTrue(lab.isLiberal("fw2", flow));

            lab.moveTo("fw2");
            exchange(client, accepted);
            assertEquals(1, fw2.verify(created.entries()).verified(), "traffic is no difference");
            Await.until("the kernel checks the connection strictly again", () -> {
                exchange(client, accepted);
                return !lab.isLiberal("fw2", flow);
            });
            exchange(client, accepted);
            assertEquals(1, fw2.verify(created.entries()).verified(), "scale and flags outlive the be_liberal");
            assertEquals(1, fw1.delete(exported.entries()));
            assertEquals(List.of(), fw1.export(VM).entries());
        }
        assertTrue(lab.in("fw2", "nft list counter inet firewall invalid").contains("packets 0 "));
    }

    @Test
    void translatedConnectionKeepsItsPublicPortAtTheOtherFirewall() throws Exception {
        // The ports that the second one would pick by itself are others
        lab.rules("fw1", translation("40000-40100"));
        lab.rules("fw2", translation("50000-50100"));
        try (var server = lab.listen("peer", Lab.PEER);
            var client = lab.connect("vm", Lab.VM, (InetSocketAddress) server.getLocalAddress());
            var accepted = server.accept()) {
            exchange(client, accepted);
            assertEquals(Lab.PUBLIC, ((InetSocketAddress) accepted.getRemoteAddress()).getAddress());
            final var exported = fw1.export(VM);
            final var flow = exported.entries().getFirst().flow();
            assertEquals(Lab.PUBLIC, flow.nat().source().orElseThrow().address());
            final var created = fw2.create(List.of(flow));
            assertEquals(new StateTable.Verification(1, 0, List.of()), fw2.verify(created.entries()));
            lab.moveTo("fw2");
            exchange(client, accepted);
            assertEquals(1, fw2.verify(created.entries()).verified());
        }
        assertTrue(lab.in("fw2", "nft list counter inet firewall invalid").contains("packets 0 "));
    }

    @Test
    void nothingStaysOfACreationThatFails() throws Exception {
        final var there = fw2.create(List.of(Flows.tcp(1))).entries();
        try (var failing = spy(Conntrack.open(lab.namespace("fw2")))) {
            doThrow(new KernelException("The kernel did not answer")).when(failing).get(anyList());
            final var entryCreator = new EntryCreator(failing, lab.namespace("fw2"), new Zones(Map.of()));
            assertThrows(KernelException.class,
                () -> entryCreator.create(List.of(Flows.tcp(1), Flows.tcp(2), Flows.sourceNat(Flows.udp(3), 4000))));
        }
        assertEquals(there, fw2.export(VM).entries().stream().map(entry ->
            new Entry(Flows.comparable(entry.flow()), entry.identity())).toList());
    }

    @Test
    void idleConnectionStaysLiberal() throws Exception {
        final var flow = Flows.tcp(1);
        final var created = fw2.create(List.of(flow));
        fw2.takeIntoService(created.entries());
        try (var other = new FlowingConnection(lab)) {
            lab.moveTo("fw2");
            other.passUntilStrict("fw2", fw2, other.in(fw1));
        }
        assertTrue(lab.isLiberal("fw2", flow));
    }

    /** The kernel likes to give the entry its old place in memory again, and with it its old id. */
    @Test
    void connectionThatComesBackAtOnceIsLiberalAgain() throws Exception {
        try (var server = lab.listen("peer", Lab.PEER);
            var client = lab.connect("vm", Lab.VM, (InetSocketAddress) server.getLocalAddress());
            var accepted = server.accept();
            var other = new FlowingConnection(lab)) {
            exchange(client, accepted);
            final var otherFlow = other.in(fw1);
            final var flow = fw1.export(VM).entries().stream().map(Entry::flow)
                .filter(each -> !each.key().equals(otherFlow.key())).findFirst().orElseThrow();
            lab.moveTo("fw2");
            for (int round = 0; round < 3; round++) {
                final var created = fw2.create(List.of(flow));
                fw2.takeIntoService(created.entries());
                // Often enough to be seen flowing, too seldom to be strict
                Await.until("both ends have sent within the windows", () -> {
                    exchange(client, accepted);
                    return lab.tcpInfo("fw2", flow).endsWithinWindow() == 2;
                });
                Await.until("that has been seen", () -> lab.tcpInfo("fw2", flow).endsWithinWindow() == 0);
                exchange(client, accepted);
                assertEquals(1, fw2.delete(created.entries()));
                final var again = fw2.create(List.of(flow));
                other.passUntilStrict("fw2", fw2, otherFlow);
                assertTrue(lab.isLiberal("fw2", flow), "not in service yet, and no packet has passed");
                assertEquals(1, fw2.delete(again.entries()));
            }
        }
    }

    @Test
    void everyKindOfFlowComesBackAsItWas() throws Exception {
        final var flows = Flows.ofEveryKind();
        final var created = fw2.create(flows);
        assertEquals(List.of(), created.refused());
        assertEquals(flows.size(), fw2.verify(created.entries()).verified());
        final var exported = fw2.export(VM);
        assertEquals(List.of(), exported.omitted());
        assertEquals(Set.copyOf(flows.stream().map(Flows::comparable).toList()),
            Set.copyOf(exported.entries().stream().map(Entry::flow).map(Flows::comparable).toList()));
        assertEquals(Set.copyOf(created.entries().stream().map(Entry::identity).toList()),
            Set.copyOf(exported.entries().stream().map(Entry::identity).toList()));
        assertEquals(flows.size(), fw2.delete(created.entries()));
        assertEquals(List.of(), fw2.export(VM).entries());
    }

    @Test
    void halfOpenConnectionKeepsItsWindowScale() throws Exception {
        final var flow = Flows.with(Flows.tcp(1), new ProtocolState.Tcp(TcpState.SYN_SENT,
            new TcpEnd(OptionalInt.of(9), true, false), new TcpEnd(OptionalInt.empty(), false, false)));
        final var created = fw2.create(List.of(flow));
        assertEquals(List.of(), created.refused());
        assertEquals(flow.protocolState(), fw2.export(VM).entries().getFirst().flow().protocolState());
    }

    @Test
    void repeatedCreationCountsAsCreatedWithTheSameIdentity() throws Exception {
        final var flows = Flows.ofEveryKind();
        final var first = fw2.create(flows);
        final var second = fw2.create(flows);
        assertEquals(List.of(), second.refused());
        assertEquals(first.entries().stream().map(entry -> new Entry(entry.flow(), entry.identity(), true)).toList(),
            second.entries(), "found, so not to be deleted by whoever asked again");
    }

    @Test
    void differingEntryIsACollisionAndStaysAsItWas() throws Exception {
        final var there = fw2.create(List.of(Flows.tcp(1)));
        final var other = Flows.with(Flows.tcp(1), Flows.tcpState(TcpState.ESTABLISHED, 3, 3));
        final var created = fw2.create(List.of(other, Flows.tcp(2)));
        assertEquals(1, created.entries().size());
        assertEquals(0, created.refused().getFirst().index());
        assertEquals(RefusalReason.COLLISION, created.refused().getFirst().reason());
        assertTrue(created.refused().getFirst().detail().contains("entry " + there.entries().getFirst().identity()));
        assertEquals(1, fw2.verify(there.entries()).verified());
        assertEquals(created.refused(), fw2.assess(List.of(other)));
    }

    @ParameterizedTest
    @CsvSource({ "SYN_SENT, ESTABLISHED, ESTABLISHED", "SYN_RECEIVED, ESTABLISHED, ESTABLISHED",
        "ESTABLISHED, SYN_SENT, ESTABLISHED", "ESTABLISHED, FIN_WAIT, FIN_WAIT", "LAST_ACK, ESTABLISHED, LAST_ACK",
        "LAST_ACK, CLOSE_WAIT, LAST_ACK", "CLOSE, ESTABLISHED, CLOSE", "TIME_WAIT, TIME_WAIT, TIME_WAIT" })
    void entryOfTheVeryFlowKeepsTheFurtherState(final TcpState there, final TcpState wanted, final TcpState result)
            throws Exception {
        for (var flow : List.of(Flows.tcp(1), Flows.sourceNat(Flows.tcp(2), 40_000))) {
            final var own = fw2.create(List.of(Flows.with(flow, Flows.tcpState(there, 7, 10)))).entries().getFirst();
            final var asked = Flows.with(flow, Flows.tcpState(wanted, 7, 10));
            assertEquals(List.of(), fw2.assess(List.of(asked)));
            final var created = fw2.create(List.of(asked));
            assertEquals(List.of(), created.refused());
            assertEquals(List.of(new Entry(asked, own.identity(), true)), created.entries());
            assertEquals(new StateTable.Verification(1, 0, List.of()), fw2.verify(created.entries()));
            final var now = fw2.export(VM).entries().stream().filter(entry -> entry.identity() == own.identity())
                .findFirst().orElseThrow().flow();
            assertEquals(result, tcp(now).state());
            assertEquals(flow.nat(), now.nat());
        }
    }

    @ParameterizedTest
    @CsvSource({ "ESTABLISHED, TIME_WAIT", "SYN_RECEIVED, CLOSE", "LAST_ACK, TIME_WAIT" })
    void newerConnectionStaysAsItIs(final TcpState there, final TcpState wanted) throws Exception {
        for (var now : List.of(Flows.tcp(1), Flows.sourceNat(Flows.tcp(2), 40_000))) {
            final var own = fw2.create(List.of(Flows.with(now, Flows.tcpState(there, 7, 10)))).entries().getFirst();
            // Another scale and another public port
            final var before = Flows.with(now.nat().equals(Nat.NONE) ? now : Flows.sourceNat(now, 40_001),
                Flows.tcpState(wanted, 3, 3));
            assertEquals(List.of(), fw2.assess(List.of(before)));
            final var created = fw2.create(List.of(before));
            assertEquals(List.of(), created.refused());
            final var entry = created.entries().getFirst();
            assertTrue(entry.found() && entry.identity() == own.identity(), created.toString());
            assertEquals(Flows.comparable(own.flow()), Flows.comparable(entry.flow()));
            assertEquals(new StateTable.Verification(1, 0, List.of()), fw2.verify(created.entries()));
            assertEquals(Flows.comparable(own.flow()), Flows.comparable(fw2.export(VM).entries().stream()
                .filter(each -> each.identity() == own.identity()).findFirst().orElseThrow().flow()));
        }
    }

    @Test
    void refusedHalfOpenFlowLeavesWhatIsInItsWayAsItIs() throws Exception {
        final var own = fw2.create(List.of(Flows.tcp(1))).entries().getFirst();
        final var other = Flows.sourceNat(Flows.with(Flows.tcp(1), new ProtocolState.Tcp(TcpState.SYN_RECEIVED,
            new TcpEnd(OptionalInt.of(7), true, false), new TcpEnd(OptionalInt.empty(), false, false))), 40_000);
        assertEquals(RefusalReason.COLLISION, fw2.create(List.of(other)).refused().getFirst().reason());
        assertEquals(Flows.comparable(own.flow()), Flows.comparable(fw2.export(VM).entries().getFirst().flow()));
    }

    @Test
    void connectionOfWhichOneEndHasNoScaleIsBroughtForward() throws Exception {
        final var scaled = new TcpEnd(OptionalInt.of(0), true, false);
        final var plain = new TcpEnd(OptionalInt.empty(), false, false);
        fw2.create(List.of(Flows.with(Flows.tcp(1), new ProtocolState.Tcp(TcpState.ESTABLISHED, scaled, plain))));
        final var later = Flows.with(Flows.tcp(1), new ProtocolState.Tcp(TcpState.CLOSE_WAIT,
            new TcpEnd(OptionalInt.of(0), true, true), plain));
        final var created = fw2.create(List.of(later));
        assertEquals(List.of(), created.refused());
        assertEquals(new StateTable.Verification(1, 0, List.of()), fw2.verify(created.entries()));
        assertEquals(later.protocolState(), fw2.export(VM).entries().getFirst().flow().protocolState());
    }

    /** Local policy labels an entry that packets pass, so that only another entry can have what is asked for. */
    @Test
    void replacedEntryIsVerifiedAsItWasMade() throws Exception {
        lab.rules("fw2", "");
        lab.in("fw2", "nft insert rule inet firewall forward ct mark set 7 ct label set 3");
        final int port = 7001;
        final var flow = Flows.flow(Protocols.UDP, new Tuple(Lab.VM, Lab.PEER, new Identifiers.Ports(port, port)),
            ProtocolState.STATELESS);
        final var entry = fw2.create(List.of(flow)).entries().getFirst();
        lab.moveTo("fw2");
        try (var socket = lab.namespace("vm").call(() -> DatagramChannel.open()
                .bind(new InetSocketAddress(Lab.VM, port)))) {
            socket.send(ByteBuffer.allocate(1), new InetSocketAddress(Lab.PEER, port));
            Await.until("the packet has passed", () -> fw2.export(VM).entries().getFirst().flow().mark() == 7);
        }
        final var before = fw2.export(VM).entries().getFirst().flow();
        assertEquals(7, before.mark());
        final var updated = fw2.update(List.of(new StateTable.Change(entry, Flows.lasting(flow, 60))));
        assertEquals(List.of(), updated.refused());
        assertEquals(new StateTable.Verification(1, 0, List.of()), fw2.verify(updated.entries()));
        assertEquals(7, fw2.export(VM).entries().getFirst().flow().mark());
    }

    /** The kernel does not count it, but local policy sees it. */
    @Test
    void repeatedSynIsNoDifferenceThoughLocalPolicyHasMarkedItsEntry() throws Exception {
        lab.rules("fw2", "");
        lab.in("fw2", "nft insert rule inet firewall forward ct state new ct mark set 7 drop");
        // Nobody has this address, and nobody says so
        lab.in("fw1", "ip route replace 10.3.3.99 via 10.21.1.2");
        lab.in("fw2", "ip route replace 10.3.3.99 via 10.21.2.2");
        try (var client = lab.namespace("vm").call(SocketChannel::open)) {
            client.configureBlocking(false);
            client.bind(new InetSocketAddress(Lab.VM, 0));
            client.connect(new InetSocketAddress(InetAddress.ofLiteral("10.3.3.99"), 5001));
            Await.until("the SYN has passed", () -> !fw1.export(VM).entries().isEmpty());
            final var created = fw2.create(List.of(fw1.export(VM).entries().getFirst().flow())).entries();
            lab.moveTo("fw2");
            Await.until("the SYN has been repeated", () -> fw2.export(VM).entries().getFirst().flow().mark() == 7);
            final var now = fw2.export(VM).entries().getFirst().flow();
            assertEquals(7, now.mark());
            assertEquals(0, now.originalCounters().packets());
            assertEquals(new StateTable.Verification(1, 0, List.of()), fw2.verify(created));
        }
    }

    @Test
    void shiftOfSequenceNumbersReachesAnEntryThatPacketsHavePassed() throws Exception {
        final var flow = Flows.sourceNat(Flows.tcp(1), 40_000);
        final var entry = fw2.create(List.of(flow)).entries().getFirst();
        final var shifted = Flows.with(flow, new ProtocolState.Tcp(TcpState.ESTABLISHED,
            new TcpEnd(OptionalInt.of(7), true, false, Optional.of(new SequenceAdjustment(1000, 0, 5))),
            new TcpEnd(OptionalInt.of(10), true, false)));
        final var updated = fw2.update(List.of(new StateTable.Change(entry, shifted))).entries();
        assertEquals(entry.identity(), updated.getFirst().identity(), "in place");
        assertEquals(shifted.protocolState(), fw2.export(VM).entries().getFirst().flow().protocolState());
        // And once more, where it is found
        final var further = Flows.with(flow, new ProtocolState.Tcp(TcpState.ESTABLISHED,
            new TcpEnd(OptionalInt.of(7), true, false, Optional.of(new SequenceAdjustment(2000, 5, 9))),
            new TcpEnd(OptionalInt.of(10), true, false)));
        assertTrue(fw2.create(List.of(further)).entries().getFirst().found());
        assertEquals(further.protocolState(), fw2.export(VM).entries().getFirst().flow().protocolState());
    }

    @Test
    void repeatedSynIsTheVeryFlowAndGetsWhatItsStateLacks() throws Exception {
        lab.rules("fw2", "");
        lab.in("fw2", "nft add rule inet firewall forward ct state new accept");
        try (var server = lab.listen("peer", Lab.PEER);
            var client = lab.connect("vm", Lab.VM, (InetSocketAddress) server.getLocalAddress());
            var accepted = server.accept()) {
            exchange(client, accepted);
            final var flow = fw1.export(VM).entries().getFirst().flow();
            // What the kernel makes of a SYN without options that passes, and no answer
            lab.in("fw2", "conntrack -I -p tcp -s 10.1.1.10 -d 10.3.3.10 --sport "
                + ((InetSocketAddress) client.getLocalAddress()).getPort() + " --dport "
                + ((InetSocketAddress) server.getLocalAddress()).getPort() + " --state SYN_SENT -t 60 2>/dev/null");
            final var created = fw2.create(List.of(flow));
            assertTrue(created.entries().getFirst().found(), created.toString());
            assertEquals(new StateTable.Verification(1, 0, List.of()), fw2.verify(created.entries()));
            fw2.takeIntoService(created.entries());
            lab.moveTo("fw2");
            exchange(client, accepted);
            final var moved = fw2.export(VM).entries().getFirst().flow();
            assertEquals(flow.protocolState(), moved.protocolState());
            assertTrue(moved.assured() && moved.seenReply());
        }
    }

    @Test
    void changedTimeOutOfGreIsTaken() throws Exception {
        final var flow = Flows.flow(Protocols.GRE, new Tuple(Lab.VM, Lab.PEER, new Identifiers.GreKeys(0, 0)),
            ProtocolState.STATELESS);
        final var before = fw2.create(List.of(Flows.lasting(flow, 30))).entries().getFirst();
        final var changed = fw2.update(List.of(new StateTable.Change(before, Flows.lasting(flow, 170))));
        assertEquals(List.of(), changed.refused());
        assertEquals(1, fw2.verify(changed.entries()).verified());
        final long left = fw2.export(VM).entries().getFirst().flow().timeout();
        assertTrue(left > 160 && left <= 170, "has " + left);
    }

    @Test
    void fullTableTakesNoMoreAndDropsNobody() throws Exception {
        final long room = Sysctls.room(lab.namespace("fw2"));
        assumeTrue(room < Long.MAX_VALUE, "nf_conntrack_max is 0 here, so that no table is ever full: skipped");
        assumeTrue(room * ENTRY_OCTETS < availableMemory(),
            () -> "There is not enough memory for the " + room + " entries of nf_conntrack_max: skipped");
        // In parts, as there may be millions. The kernel takes no more entries than a chain of its hash table may
        // have, so where the limit is far above the number of chains some are refused, and others take their place
        int number = 0;
        for (long left = room - 5; left > 0; left = Sysctls.room(lab.namespace("fw2")) - 5) {
            final var part = new ArrayList<Flow>();
            for (int i = 0; i < Math.min(left, PART); i++) {
                part.add(Flows.unanswered(number++));
            }
            fw2.create(part);
            assertTrue(number < 2 * room, "The table does not become full");
        }
        final int there = Integer.parseInt(lab.in("fw2", "conntrack -C").strip());
        final var flows = IntStream.range(0, 10).mapToObj(i -> Flows.tcp(i)).toList();
        assertEquals(5, fw2.assess(flows).size());
        final var created = fw2.create(flows);
        assertEquals(5, created.entries().size());
        assertTrue(created.refused().stream().allMatch(refusal -> refusal.reason() == RefusalReason.NO_ROOM),
            created.toString());
        assertEquals(List.of(5, 6, 7, 8, 9), created.refused().stream().map(Refusal::index).toList());
        assertEquals(there + 5, Integer.parseInt(lab.in("fw2", "conntrack -C").strip()));
    }

    private static long availableMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream().filter(line -> line.startsWith("MemAvailable:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst().orElseThrow();
    }

    @Test
    void markLabelTimeOutAndAssuredAreExact() throws Exception {
        lab.in("fw2", "nft add table inet labels; nft add chain inet labels forward"
            + " '{ type filter hook forward priority 1; }'; nft add rule inet labels forward ct label set 12");
        for (long timeout : new long[] { 3, 77, 432_000 }) {
            final var plain = Flows.udp((int) timeout % 1000);
            final var flow = plain.toBuilder()
                .seenReply(true)
                .assured(timeout == 77)
                .timeout(timeout)
                .mark(0x80000001L)
                .labels(Labels.of(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
                    14, 15, (byte) 0x80 }))
                .helper(Optional.empty())
                .originalCounters(Counters.NONE)
                .replyCounters(new Counters(5, 6))
                .build();
            final var created = fw2.create(List.of(flow));
            assertEquals(List.of(), created.refused());
            final var found = fw2.export(VM).entries().getFirst().flow();
            assertEquals(flow.mark(), found.mark());
            assertEquals(flow.labels(), found.labels());
            assertEquals(flow.assured(), found.assured());
            assertTrue(found.timeout() <= timeout && found.timeout() >= timeout - 2, found.toString());
            assertEquals(Counters.NONE, found.replyCounters(), "counters are metadata");
            fw2.delete(created.entries());
        }
    }

    @Test
    void takenPublicPortIsACollisionThatNamesTheOwner() throws Exception {
        final var owner = Flows.sourceNat(Flows.udp(1), 40001);
        final var wanted = Flows.sourceNat(Flows.udp(2), 40001);
        fw2.create(List.of(owner));
        final var created = fw2.create(List.of(wanted));
        assertEquals(List.of(), created.entries());
        assertEquals(RefusalReason.COLLISION, created.refused().getFirst().reason());
        assertTrue(created.refused().getFirst().detail().contains(owner.key().original().toString()),
            created.refused().toString());
        assertEquals(created.refused(), fw2.assess(List.of(wanted)));
    }

    @Test
    void takenAnswerToATranslatedDestinationIsACollisionThatNamesTheOwner() throws Exception {
        final var wanted = Flows.destinationNat(Flows.peerOpens(1), Lab.VM, 8080);
        final var owner = Flows.flow(Protocols.TCP, wanted.reply(), wanted.protocolState());
        final var there = fw2.create(List.of(owner)).entries();
        final var created = fw2.create(List.of(wanted));
        assertEquals(List.of(), created.entries());
        assertEquals(RefusalReason.COLLISION, created.refused().getFirst().reason());
        assertTrue(created.refused().getFirst().detail().contains(owner.key().original().toString()),
            created.refused().toString());
        assertEquals(created.refused(), fw2.assess(List.of(wanted)));
        assertEquals(1, fw2.export(VM).entries().size(), "what the kernel has made instead is gone");
        assertEquals(1, fw2.verify(there).verified());
    }

    @Test
    void connectionMadeFromTheOtherDirectionIsACollision() throws Exception {
        final var flow = Flows.tcp(1);
        fw2.create(List.of(Flows.reversed(flow)));
        assertEquals(RefusalReason.COLLISION, fw2.create(List.of(flow)).refused().getFirst().reason());
        assertEquals(RefusalReason.COLLISION, fw2.assess(List.of(flow)).getFirst().reason());
    }

    @Test
    void entryOfAnotherIdentityIsNeitherVerifiedNorDeleted() throws Exception {
        final var entry = fw2.create(List.of(Flows.tcp(1))).entries().getFirst();
        final var stale = new Entry(entry.flow(), entry.identity() + 1);
        assertEquals(0, fw2.delete(List.of(stale)));
        assertEquals(new StateTable.Verification(0, 1, List.of()), fw2.verify(List.of(stale)));
        assertEquals(1, fw2.delete(List.of(entry)));
        assertEquals(0, fw2.delete(List.of(entry)));
        assertEquals(new StateTable.Verification(0, 1, List.of()), fw2.verify(List.of(entry)));
    }

    @Test
    void changedEntryIsADifference() throws Exception {
        final var created = fw2.create(List.of(Flows.tcp(1)));
        lab.in("fw2", "conntrack -U -s 10.1.1.10 -m 99 2>/dev/null");
        final var verification = fw2.verify(created.entries());
        assertEquals(0, verification.verified());
        assertTrue(verification.differences().getFirst().contains("mark is 99 instead of 0"), verification.toString());
    }

    @Test
    void labelsAreRefusedWhereNoRuleUsesThemAndKeptWhereOneDoes() throws Exception {
        final var flow = Flows.with(Flows.udp(1), Labels.of(new byte[] { 0, 0x10 }));
        assertEquals(RefusalReason.UNSUPPORTED_ATTRIBUTE, fw2.assess(List.of(flow)).getFirst().reason());
        final var refusal = fw2.create(List.of(flow)).refused().getFirst();
        assertEquals(RefusalReason.UNSUPPORTED_ATTRIBUTE, refusal.reason());
        assertTrue(refusal.detail().contains("a rule of the packet filter uses 'ct label'"), refusal.detail());
        assertEquals(List.of(), fw2.export(VM).entries(), "nothing half made stays");
        lab.rules("fw2", """
            table inet labels {
                chain forward {
                    type filter hook forward priority 1
                    ct label set 12
                }
            }""".indent(0));
        assertEquals(List.of(), fw2.assess(List.of(flow)));
        final var created = fw2.create(List.of(flow));
        assertEquals(List.of(), created.refused());
        assertEquals(1, fw2.verify(created.entries()).verified());
        assertEquals(0x10, fw2.export(VM).entries().getFirst().flow().labels().toByteArray()[1]);
    }

    @Test
    void helperIsKeptOrRefused() throws Exception {
        final var known = Flows.withHelper(Flows.tcp(1), "ftp");
        final var unknown = Flows.withHelper(Flows.tcp(2), "no-such-helper");
        final var assessed = fw2.assess(List.of(known, unknown));
        assertEquals(1, assessed.size());
        assertEquals(1, assessed.getFirst().index());
        final var created = fw2.create(List.of(known, unknown));
        assertEquals(1, created.refused().getFirst().index());
        assertEquals(RefusalReason.UNSUPPORTED_ATTRIBUTE, created.refused().getFirst().reason());
        assertEquals(Optional.of("ftp"), fw2.export(VM).entries().getFirst().flow().helper());
    }

    @Test
    void zonesKeepTenantsApart() throws Exception {
        final var blueVm = new FlowSelection(new VmIdentity(Set.of(Lab.VM), Optional.of(BLUE)), List.of());
        final var blue = Flows.in(Flows.tcp(1), BLUE);
        final var created = fw2.create(List.of(Flows.tcp(1), blue));
        assertEquals(List.of(), created.refused());
        assertEquals(List.of(blue), fw2.export(blueVm).entries().stream().map(Entry::flow).map(Flows::comparable)
            .toList());
        assertEquals(1, fw2.export(VM).entries().size());
        assertEquals(1, fw2.delete(created.entries().subList(1, 2)));
        assertEquals(1, fw2.export(VM).entries().size());
        final var red = Flows.in(Flows.tcp(1), new VirtualNetwork.VnName("red"));
        assertEquals(RefusalReason.UNKNOWN_VIRTUAL_NETWORK, fw2.create(List.of(red)).refused().getFirst().reason());
        final var redVm = new FlowSelection(new VmIdentity(Set.of(Lab.VM), red.key().network()), List.of());
        final var error = assertThrows(BackendException.class,
            () -> fw2.export(redVm));
        assertEquals("No conntrack zone is configured for vn red", error.getMessage());
    }

    @Test
    void whatCannotBeExpressedIsCounted() throws Exception {
        lab.in("fw1", "conntrack -I -p udp -s 10.1.1.10 -d 10.3.3.10 --sport 1 --dport 2 -t 60"
            + " -r 10.3.3.10 -q 198.51.100.7 --reply-port-src 2 --reply-port-dst 1 2>/dev/null");
        final var exported = fw1.export(VM);
        assertEquals(List.of(), exported.entries());
        assertTrue(exported.omitted().contains(new Omission(RefusalReason.UNSUPPORTED_ATTRIBUTE, Protocols.UDP, 1)),
            exported.toString());
    }

    @Test
    void tenThousandFlowsComeAcross() throws Exception {
        final var flows = new ArrayList<Flow>();
        for (int i = 0; i < 10_000; i++) {
            flows.add(i % 4 == 0 ? Flows.sourceNat(Flows.udp(i), 10_000 + i) : Flows.tcp(i));
        }
        assertEquals(List.of(), fw1.create(flows).refused());
        final var exported = fw1.export(VM);
        assertEquals(10_000, exported.entries().size());
        final var moved = exported.entries().stream().map(Entry::flow).toList();
        assertEquals(List.of(), fw2.assess(moved));
        final var created = fw2.create(moved);
        assertEquals(new StateTable.Verification(10_000, 0, List.of()), fw2.verify(created.entries()));
        assertEquals(10_000, fw1.delete(exported.entries()));
    }

    @Test
    void vmIsFoundBehindDestinationTranslation() throws Exception {
        final var flow = Flows.destinationNat(Flows.peerOpens(1), Lab.VM, 8080);
        fw1.create(List.of(flow));
        final var exported = fw1.export(VM).entries().getFirst().flow();
        assertEquals(new Nat(Optional.empty(), Optional.of(new Nat.Endpoint(Lab.VM, OptionalInt.of(8080)))),
            exported.nat());
    }

    private static String translation(final String ports) {
        return """
            table ip translation {
                chain postrouting {
                    type nat hook postrouting priority srcnat
                    meta l4proto tcp snat to 198.51.100.7:%s
                }
            }""".formatted(ports);
    }

    private static void exchange(final SocketChannel client, final SocketChannel server) throws IOException {
        transfer(client, server);
        transfer(server, client);
    }

    private static void transfer(final SocketChannel from, final SocketChannel to) throws IOException {
        from.socket().setSoTimeout(5000);
        to.socket().setSoTimeout(5000);
        final var octets = "sixteen octets..".getBytes(StandardCharsets.US_ASCII);
        from.write(ByteBuffer.wrap(octets));
        assertEquals(octets.length, to.socket().getInputStream().readNBytes(octets.length).length);
    }

    private static ProtocolState.Tcp tcp(final Flow flow) {
        return (ProtocolState.Tcp) flow.protocolState();
    }

    private static FlowSelection selection(final InetAddress... addresses) {
        return FlowSelection.of(new VmIdentity(Set.of(addresses), Optional.empty()));
    }
}
