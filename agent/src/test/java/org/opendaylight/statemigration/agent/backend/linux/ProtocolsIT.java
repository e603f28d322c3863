// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.lab.kernel.RawSocket;
import org.opendaylight.statemigration.lab.traffic.LiveTraffic;
import org.opendaylight.statemigration.lab.traffic.Packets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flows of each protocol that move and go on with real packets. The second firewall lets nothing begin. */
@ExtendWith(SharedLab.class)
class ProtocolsIT {
    private static final Logger LOG = LoggerFactory.getLogger(ProtocolsIT.class);
    private static final int ROUNDS = 10;
    private static final int ESP = 50;

    private final Lab lab;

    private final Move move;

    ProtocolsIT(final Lab lab) throws Exception {
        this.lab = lab;
        move = lab.move();
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void runningPingIsAnsweredOnBothWays(final boolean v6) throws Exception {
        try (var ping = lab.rawSocket("vm", v6 ? Protocols.ICMPV6 : Protocols.ICMP,
                v6 ? Lab.VM6 : Lab.VM, v6 ? Lab.PEER6 : Lab.PEER)) {
            for (int sequence = 1; sequence <= 3 * ROUNDS; sequence++) {
                ping.send(Packets.echo(v6, 7777, sequence));
                final byte[] answer = ping.receive().orElseThrow(() -> new AssertionError("Not answered"));
                assertEquals(sequence, ByteBuffer.wrap(answer).getShort(6));
                if (sequence % ROUNDS == 0 && sequence < 3 * ROUNDS) {
                    assertEquals(1, move.run());
                }
            }
        }
    }

    @Test
    void bothFamiliesMoveInOneMigration() throws Exception {
        try (var traffic = new LiveTraffic(lab)) {
            for (int family = 0; family < 2; family++) {
                final var vm = family == 0 ? Lab.VM : Lab.VM6;
                final var server = new InetSocketAddress(family == 0 ? Lab.PEER : Lab.PEER6, 5001);
                traffic.tcp("vm", vm, "peer", server, server, 3);
                traffic.udp("vm", vm, "peer", server, server, 3);
                final var own = new InetSocketAddress(vm, 5002);
                traffic.tcp("peer", server.getAddress(), "vm", own, own, 3);
                traffic.udp("peer", server.getAddress(), "vm", own, own, 3);
            }
            for (int i = 0; i < 4; i++) {
                traffic.goesOn();
                assertEquals(24, move.run(12, Lab.VM, Lab.VM6));
            }
            traffic.goesOn();
            LOG.info("Both families, four moves: {}", traffic.end());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { Protocols.GRE, ESP, Protocols.UDP_LITE, Protocols.DCCP, 89 })
    void otherProtocolsPassOnInBothDirections(final int protocol) throws Exception {
        try (var vm = raw("vm", protocol, Lab.VM, Lab.PEER); var peer = raw("peer", protocol, Lab.PEER, Lab.VM)) {
            for (int round = 0; round < 3; round++) {
                pass(vm, peer, packet(protocol, true, round));
                pass(peer, vm, packet(protocol, false, round));
                pass(vm, peer, packet(protocol, true, round));
                if (round < 2) {
                    final var flow = move.flows().getFirst();
                    assertEquals(protocol, flow.key().protocol());
                    assertTrue(flow.seenReply());
                    assertEquals(1, move.run());
                    final var moved = move.flows().getFirst();
                    assertEquals(flow.key(), moved.key());
                    assertTrue(Math.abs(flow.timeout() - moved.timeout()) <= 3, flow + " " + moved);
                }
            }
        }
    }

    @Test
    void associationOfSctpGoesOnWithItsTagsOnly() throws Exception {
        try (var vm = raw("vm", Protocols.SCTP, Lab.VM, Lab.PEER);
                var peer = raw("peer", Protocols.SCTP, Lab.PEER, Lab.VM)) {
            pass(vm, peer, sctp(true, 0, Packets.chunk(1, 0x1111, 20)));
            pass(peer, vm, sctp(false, 0x1111, Packets.chunk(2, 0x2222, 20)));
            pass(vm, peer, sctp(true, 0x2222, Packets.chunk(10, 0, 8)));
            pass(peer, vm, sctp(false, 0x1111, Packets.chunk(11, 0, 4)));
            pass(vm, peer, sctp(true, 0x2222, Packets.chunk(0, 1, 20)));
            for (int i = 0; i < 2; i++) {
                assertEquals(new ProtocolState.Sctp(SctpState.ESTABLISHED, 0x2222, 0x1111),
                    move.flows().getFirst().protocolState());
                assertEquals(1, move.run());
                pass(vm, peer, sctp(true, 0x2222, Packets.chunk(0, 2, 20)));
                pass(peer, vm, sctp(false, 0x1111, Packets.chunk(3, 2, 16)));
                vm.send(sctp(true, 0x9999, Packets.chunk(0, 3, 20)));
                assertEquals(Optional.empty(), peer.receive(), "a tag that is not the association's");
            }
        }
    }

    /** Nobody but the one who was asked may answer, and an answer is all that the second firewall lets pass. */
    @Test
    void unansweredDatagramIsAnsweredAfterTheMove() throws Exception {
        try (var vm = datagrams("vm", Lab.VM); var peer = datagrams("peer", Lab.PEER)) {
            vm.send(text("question"), peer.getLocalAddress());
            assertEquals("question", receive(peer));
            assertTrue(!move.flows().getFirst().seenReply());
            assertEquals(1, move.run());
            peer.send(text("answer"), vm.getLocalAddress());
            assertEquals("answer", receive(vm));
            final var flow = move.flows().getFirst();
            assertTrue(flow.seenReply());
            assertEquals(1, move.run());
            peer.send(text("more"), vm.getLocalAddress());
            assertEquals("more", receive(vm));
        }
    }

    @Test
    void abortLeavesWhatTheFlowsOwnPacketsHaveMade() throws Exception {
        lab.in("fw2", "nft add rule inet firewall forward ct state new accept");
        try (var vm = datagrams("vm", Lab.VM); var peer = datagrams("peer", Lab.PEER);
                var stranger = datagrams("vm", Lab.VM)) {
            vm.send(text("question"), peer.getLocalAddress());
            stranger.send(text("question"), peer.getLocalAddress());
            receive(peer);
            receive(peer);
            peer.send(text("answer"), vm.getLocalAddress());
            receive(vm);
            // The VM is there before its state: its own packet makes an entry
            lab.moveTo("fw2");
            vm.send(text("again"), peer.getLocalAddress());
            assertEquals("again", receive(peer));
            final var before = move.table("fw2").export(Move.VM).entries();
            assertEquals(1, before.size());
            move.begin();
            assertEquals(List.of(), move.transfer());
            assertEquals(2, move.table("fw2").export(Move.VM).entries().size());
            assertTrue(flow("fw2", before.getFirst().identity()).seenReply(), "has come as far as its state");
            assertEquals(1, move.abort());
            assertEquals(List.of(before.getFirst().identity()),
                move.table("fw2").export(Move.VM).entries().stream().map(entry -> entry.identity()).toList());
        }
    }

    private Flow flow(final String firewall, final long identity) throws Exception {
        return move.table(firewall).export(Move.VM).entries().stream().filter(entry -> entry.identity() == identity)
            .findFirst().orElseThrow().flow();
    }

    private RawSocket raw(final String name, final int protocol, final InetAddress from, final InetAddress to)
            throws IOException {
        return lab.rawSocket(name, protocol, from, to);
    }

    private static void pass(final RawSocket from, final RawSocket to, final byte[] packet) throws IOException {
        from.send(packet);
        assertArrayEquals(packet, to.receive().orElseThrow(() -> new AssertionError("Packet does not pass")));
    }

    private static byte[] packet(final int protocol, final boolean fromVm, final int round) {
        final var packet = ByteBuffer.allocate(24);
        switch (protocol) {
            case Protocols.GRE -> packet.putShort((short) 0).putShort((short) 0x0800);
            case Protocols.UDP_LITE -> packet.putShort((short) (fromVm ? 700 : 800))
                .putShort((short) (fromVm ? 800 : 700)).putShort((short) 8);
            default -> packet.putInt(0x12345678);
        }
        packet.putInt(20, round);
        if (protocol == Protocols.UDP_LITE) {
            // Over the pseudo header and the eight octets covered. Connection tracking takes it for that of UDP
            final var sum = ByteBuffer.allocate(20).put((fromVm ? Lab.VM : Lab.PEER).getAddress())
                .put((fromVm ? Lab.PEER : Lab.VM).getAddress()).putShort((short) Protocols.UDP).putShort((short) 24)
                .put(packet.array(), 0, 8);
            packet.putShort(6, Packets.checksum(sum.array()));
        }
        return packet.array();
    }

    private static byte[] sctp(final boolean fromVm, final int tag, final byte[] chunk) {
        return fromVm ? Packets.sctp(700, 800, tag, chunk) : Packets.sctp(800, 700, tag, chunk);
    }

    private DatagramChannel datagrams(final String name, final InetAddress address) throws IOException {
        final var channel = lab.namespace(name).call(DatagramChannel::open);
        channel.bind(new InetSocketAddress(address, 0));
        channel.socket().setSoTimeout(3000);
        return channel;
    }

    private static ByteBuffer text(final String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String receive(final DatagramChannel channel) throws IOException {
        final var packet = new DatagramPacket(new byte[100], 100);
        channel.socket().receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }
}
