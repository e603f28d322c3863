// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.lab.junit.Ipv6Sockets;
import org.opendaylight.statemigration.lab.time.Await;

/** Holds of packets that a real kernel forwards. */
@ExtendWith(SharedLab.class)
class HoldIT {
    private static final VirtualNetwork BLUE = new VirtualNetwork.Vnid(77);
    private static final int LENGTH = 64;
    private static final int PACKET_OCTETS = 100;
    private static final String MARKER = "marker";
    private static final InetAddress LINK_OF_VM = InetAddress.ofLiteral("10.11.1.2");
    private static final FlowSelection VM = selection(Lab.VM, Lab.VM6);
    private static final String MARKED = """
        table inet watch {
            chain forward {
                type filter hook forward priority -10
                meta mark & 0x20000000 != 0 counter drop
            }
        }""";

    private final Lab lab;

    private final DatagramChannel vm;
    private final DatagramChannel peer;
    // With addresses of the links, which no selection has
    private final DatagramChannel otherVm;
    private final DatagramChannel otherPeer;

    HoldIT(final Lab lab) throws IOException {
        this.lab = lab;
        lab.rules("fw1", MARKED);
        vm = open("vm", Lab.VM);
        peer = open("peer", Lab.PEER);
        otherVm = open("vm", LINK_OF_VM);
        otherPeer = open("peer", InetAddress.ofLiteral("10.21.1.2"));
    }

    @AfterEach
    void closeSockets() throws IOException {
        vm.close();
        peer.close();
        otherVm.close();
        otherPeer.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void heldPacketsGoOnInOrderAndHaveLeftNoTraceBefore(final boolean fromVm) throws Exception {
        try (var table = table(HoldPreference.BEST, Map.of())) {
            final var hold = table.hold(VM);
            assertEquals(HoldKind.QUEUE, hold.kind());
            final var from = fromVm ? vm : peer;
            final var to = fromVm ? peer : vm;
            send(from, to, 0, 20);
            awaitRead(table, from);
            assertEquals(List.of(), received(to, 0));
            assertEquals(List.of(), table.export(VM).entries(), "connection tracking has not seen them");
            hold.release();
            send(from, to, 20, 25);
            assertEquals(numbers(0, 25), received(to, 25));
            assertEquals(1, table.export(VM).entries().size());
            hold.release();
            hold.drop();
        }
    }

    @Test
    void secondFamilyIsHeldToo() throws Exception {
        try (var table = table(HoldPreference.BEST, Map.of()); var vm6 = open("vm", Lab.VM6);
            var peer6 = open("peer", Lab.PEER6)) {
            final var hold = table.hold(VM);
            send(vm6, peer6, 0, 3);
            awaitRead(table, vm);
            assertEquals(List.of(), received(peer6, 0));
            hold.release();
            assertEquals(numbers(0, 3), received(peer6, 3));
        }
    }

    @Test
    void droppedHoldLetsLaterPacketsPass() throws Exception {
        try (var table = table(HoldPreference.BEST, Map.of())) {
            final var hold = table.hold(VM);
            send(vm, peer, 0, 5);
            awaitRead(table, vm);
            assertEquals(List.of(), received(peer, 0));
            hold.drop();
            send(vm, peer, 5, 7);
            assertEquals(numbers(5, 7), received(peer, 2));
        }
    }

    @Test
    void packetsBeyondTheLengthOfTheQueueAreDropped() throws Exception {
        try (var table = table(HoldPreference.BEST, Map.of())) {
            final var hold = table.hold(VM);
            send(vm, peer, 0, LENGTH + 30);
            awaitRead(table, vm);
            assertEquals(List.of(), received(peer, 0));
            hold.release();
            assertEquals(numbers(0, LENGTH), received(peer, LENGTH));
        }
    }

    @Test
    void packetOfTwoHoldsWaitsForBoth() throws Exception {
        try (var table = table(HoldPreference.BEST, Map.of())) {
            final var one = table.hold(VM);
            final var two = table.hold(selection(Lab.PEER));
            send(vm, peer, 0, 4);
            awaitRead(table, vm);
            one.release();
            assertEquals(List.of(), received(peer, 0));
            two.release();
            assertEquals(numbers(0, 4), received(peer, 4));
        }
    }

    @Test
    void othersAreNotHeld() throws Exception {
        try (var table = table(HoldPreference.BEST, Map.of())) {
            table.hold(selection(InetAddress.ofLiteral("10.1.1.99")));
            table.hold(new FlowSelection(VM.vm(),
                List.of(IpPrefix.parse("10.9.0.0/16"), IpPrefix.parse("10.9.1.0/24"))));
            send(vm, peer, 0, 3);
            assertEquals(numbers(0, 3), received(peer, 3));
        }
    }

    @Test
    void dropIsUsedWhereToldSo() throws Exception {
        try (var table = table(HoldPreference.DROP, Map.of())) {
            final var hold = table.hold(VM);
            assertEquals(HoldKind.DROP, hold.kind());
            send(vm, peer, 0, 3);
            assertEquals(List.of(), received(peer, 0));
            assertEquals(List.of(), table.export(VM).entries());
            hold.release();
            send(vm, peer, 3, 5);
            assertEquals(numbers(3, 5), received(peer, 2));
        }
    }

    @Test
    void holdOfAVirtualNetworkLeavesOthersAlone() throws Exception {
        lab.rules("fw1", """
            table inet zones {
                chain prerouting {
                    type filter hook prerouting priority raw
                    udp length > 28 ct zone set 5
                }
            }""");
        try (var table = table(HoldPreference.BEST, Map.of(BLUE, 5))) {
            final var hold = table.hold(new FlowSelection(new VmIdentity(Set.of(Lab.VM), Optional.of(BLUE)),
                List.of()));
            send(vm, peer, 0, 2);
            send(vm, peer, "longer than the others");
            assertEquals(numbers(0, 2), received(peer, 2));
            assertEquals(HoldKind.DROP, hold.kind());
            assertEquals(List.of(), table.export(new FlowSelection(new VmIdentity(Set.of(Lab.VM), Optional.of(BLUE)),
                List.of())).entries());
            hold.release();
            final var other = table.hold(selection(Lab.VM));
            send(vm, peer, 2, 4);
            send(vm, peer, "still longer than the others");
            assertEquals(List.of("still longer than the others"), received(peer, 1));
            other.release();
            send(vm, peer, 4, 5);
            assertEquals(numbers(4, 5).getFirst(), received(peer, 1).getLast());
        }
    }

    @Test
    void nothingIsLeftAfterTheEnd() throws Exception {
        final var before = lab.in("fw1", "nft list ruleset; iptables-legacy -t raw -S; ip6tables-legacy -t raw -S");
        try (var table = table(HoldPreference.BEST, Map.of())) {
            table.hold(VM);
            send(vm, peer, 0, 3);
        }
        assertEquals(before, lab.in("fw1",
            "nft list ruleset; iptables-legacy -t raw -S; ip6tables-legacy -t raw -S"));
        assertEquals(List.of(), received(peer, 0), "what was held is dropped");
        send(vm, peer, 3, 5);
        assertEquals(numbers(3, 5), received(peer, 2));
    }

    @Test
    void holdOfAFormerProcessIsRemovedAtTheStart() throws Exception {
        lab.in("fw1", """
            nft -f - <<'END'
            table inet statemigration {
                chain hold {
                    type filter hook prerouting priority -299
                    ip saddr 10.1.1.10 drop
                }
            }
            END
            iptables-legacy -t raw -N STATEMIGRATION
            iptables-legacy -t raw -A STATEMIGRATION -j DROP
            iptables-legacy -t raw -I PREROUTING -j STATEMIGRATION
            """);
        send(vm, peer, 0, 2);
        // There is nobody who is not held, but what passed would arrive before the rest
        try (var table = table(HoldPreference.BEST, Map.of())) {
            send(vm, peer, 2, 4);
            assertEquals(numbers(2, 4), received(peer, 2));
        }
    }

    @Test
    void secondAgentInTheNamespaceIsRefusedWithAReason() throws Exception {
        try (var table = table(HoldPreference.BEST, Map.of())) {
            final var error = assertThrows(BackendException.class, () -> table(HoldPreference.BEST, Map.of()));
            assertTrue(error.getMessage().contains("another agent"), error.getMessage());
            final var hold = table.hold(VM);
            send(vm, peer, 0, 1);
            hold.release();
            assertEquals(numbers(0, 1), received(peer, 1));
        }
    }

    @Test
    void connectionThatMovedTooEarlyLosesNothing() throws Exception {
        try (var fw1 = table(HoldPreference.BEST, Map.of());
            var fw2 = LinuxStateTable.open(LinuxOptions.DEFAULT.in(lab.path("fw2")));
            var server = lab.listen("peer", Lab.PEER);
            var client = lab.connect("vm", Lab.VM, (InetSocketAddress) server.getLocalAddress());
            var accepted = server.accept()) {
            final var hold = fw2.hold(VM);
            final var arrivals = Arrivals.at(lab, "fw2");
            lab.moveTo("fw2");
            client.write(ByteBuffer.wrap("early".getBytes(StandardCharsets.US_ASCII)));
            arrivals.await(1, Lab.VM);
            final var created = fw2.create(fw1.export(VM).entries().stream().map(entry -> entry.flow()).toList());
            assertEquals(1, fw2.verify(created.entries()).verified());
            hold.release();
            accepted.socket().setSoTimeout(3000);
            assertEquals("early", new String(accepted.socket().getInputStream().readNBytes(5),
                StandardCharsets.US_ASCII));
        }
        assertTrue(lab.in("fw2", "nft list counter inet firewall invalid").contains("packets 0 "));
    }

    @Test
    void policyDigestTellsRulesButNeitherCountersNorHolds() throws Exception {
        try (var table = table(HoldPreference.DROP, Map.of())) {
            final var digest = table.capabilities().policyDigest();
            assertTrue(digest.orElseThrow().matches("[0-9a-f]{64}"));
            send(vm, peer, 0, 3);
            assertEquals(numbers(0, 3), received(peer, 3));
            table.hold(VM);
            assertEquals(digest, table.capabilities().policyDigest());
            lab.in("fw1", "nft add rule inet firewall forward tcp dport 23 drop");
            assertNotEquals(digest, table.capabilities().policyDigest());
            assertFalse(table.capabilities().flowProtocols().isEmpty());
            assertTrue(table.capabilities().vendor().matches("Linux \\S+ nf_conntrack"), table.capabilities().vendor());
        }
    }

    private LinuxStateTable table(final HoldPreference preference, final Map<VirtualNetwork, Integer> zones)
            throws BackendException {
        return LinuxStateTable.open(new LinuxOptions(Optional.of(lab.path("fw1")), zones, preference, LENGTH, 4700));
    }

    private static FlowSelection selection(final InetAddress... addresses) {
        return FlowSelection.of(new VmIdentity(Set.of(addresses), Optional.empty()));
    }

    private DatagramChannel open(final String name, final InetAddress address) throws IOException {
        Ipv6Sockets.assumeFor(address);
        final var channel = lab.namespace(name).call(DatagramChannel::open);
        channel.bind(new InetSocketAddress(address, 0));
        return channel;
    }

    private static void send(final DatagramChannel from, final DatagramChannel to, final int first, final int end)
            throws IOException {
        for (var number : numbers(first, end)) {
            send(from, to, number);
        }
    }

    private static void send(final DatagramChannel from, final DatagramChannel to, final String text)
            throws IOException {
        from.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), to.getLocalAddress());
    }

    private static List<String> numbers(final int first, final int end) {
        return IntStream.range(first, end).mapToObj(number -> "packet " + number).toList();
    }

    /**
     * Wait until the agent has read what has been queued up to now, by the same way: a packet of somebody else comes
     * after it, is held, and arrives.
     */
    private void awaitRead(final LinuxStateTable table, final DatagramChannel from) throws Exception {
        final var hold = table.hold(selection(LINK_OF_VM));
        sendMarker(from);
        hold.release();
        assertEquals(MARKER, receive(from == vm ? otherPeer : otherVm));
    }

    private void sendMarker(final DatagramChannel from) throws IOException {
        send(from == vm ? otherVm : otherPeer, from == vm ? otherPeer : otherVm, MARKER);
    }

    /**
     * So many packets, and what has come besides before a packet of somebody else that is sent now, by the same way,
     * and is not held, arrives.
     */
    private List<String> received(final DatagramChannel channel, final int count) throws IOException {
        final var texts = new ArrayList<String>();
        while (texts.size() < count) {
            texts.add(receive(channel));
        }
        sendMarker(channel == vm ? peer : vm);
        assertEquals(MARKER, receive(channel == vm ? otherVm : otherPeer));
        channel.configureBlocking(false);
        final var packet = ByteBuffer.allocate(PACKET_OCTETS);
        while (channel.receive(packet) != null) {
            texts.add(StandardCharsets.US_ASCII.decode(packet.flip()).toString());
            packet.clear();
        }
        channel.configureBlocking(true);
        return texts;
    }

    private static String receive(final DatagramChannel channel) throws IOException {
        final var packet = new DatagramPacket(new byte[PACKET_OCTETS], PACKET_OCTETS);
        channel.socket().setSoTimeout((int) Await.BOUND.toMillis());
        channel.socket().receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }
}
