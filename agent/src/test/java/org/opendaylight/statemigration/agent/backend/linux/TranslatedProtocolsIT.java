// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.lab.kernel.RawSocket;
import org.opendaylight.statemigration.lab.traffic.Packets;

/**
 * Flows of protocols other than TCP and UDP, behind a translation that only the first firewall has rules for. The
 * second one lets nothing begin.
 */
@ExtendWith(SharedLab.class)
class TranslatedProtocolsIT {
    private static final int MOVES = 2;
    private static final int IDENTIFIER = 7777;
    private static final String TRANSLATION = """
        table inet translation {
          chain post {
            type nat hook postrouting priority srcnat;
            ip saddr 10.1.1.10 meta l4proto sctp snat ip to 198.51.100.7:40000-40100
            ip saddr 10.1.1.10 snat ip to 198.51.100.7
            ip6 saddr fd00:1::10 snat ip6 to 2001:db8:7::7
          }
        }""";

    private final Lab lab;
    private final Move move;

    TranslatedProtocolsIT(final Lab lab) throws Exception {
        this.lab = lab;
        move = lab.move();
        lab.rules("fw1", TRANSLATION);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void translatedPingIsAnsweredOnBothWays(final boolean v6) throws Exception {
        try (var ping = lab.rawSocket("vm", v6 ? Protocols.ICMPV6 : Protocols.ICMP,
                v6 ? Lab.VM6 : Lab.VM, v6 ? Lab.PEER6 : Lab.PEER)) {
            assertMoves(() -> answered(ping, v6));
        }
    }

    @Test
    void pingGoesOnUnderTheIdentifierThatTheFirstFirewallChose() throws Exception {
        // The owner of the public address pings the same peer with the same identifier
        lab.in("fw1", "conntrack -I -p icmp -s 198.51.100.7 -d 10.3.3.10 --icmp-type 8 --icmp-code 0 --icmp-id "
            + IDENTIFIER + " -t 600 2>/dev/null");
        try (var ping = lab.rawSocket("vm", Protocols.ICMP, Lab.VM, Lab.PEER)) {
            final var flow = assertMoves(() -> answered(ping, false));
            assertNotEquals(IDENTIFIER, ((Identifiers.Icmp) flow.reply().identifiers()).identifier());
        }
    }

    @Test
    void translatedAssociationOfSctpKeepsItsPort() throws Exception {
        try (var vm = lab.rawSocket("vm", Protocols.SCTP, Lab.VM, Lab.PEER);
                var peer = lab.rawSocket("peer", Protocols.SCTP, Lab.PEER, Lab.PUBLIC)) {
            final int port = up(vm, peer, 0, Packets.chunk(1, 0x1111, 20));
            assertTrue(port >= 40_000 && port <= 40_100, "port " + port);
            down(vm, peer, port, Packets.chunk(2, 0x2222, 20));
            assertEquals(port, up(vm, peer, 0x2222, Packets.chunk(10, 0, 8)));
            down(vm, peer, port, Packets.chunk(11, 0, 4));
            final var flow = assertMoves(() -> {
                assertEquals(port, up(vm, peer, 0x2222, Packets.chunk(0, 1, 20)));
                down(vm, peer, port, Packets.chunk(3, 1, 16));
            });
            assertEquals(new ProtocolState.Sctp(SctpState.ESTABLISHED, 0x2222, 0x1111), flow.protocolState());
        }
    }

    @Test
    void translatedTunnelOfGrePassesOnInBothDirections() throws Exception {
        final byte[] packet = ByteBuffer.allocate(24).putInt(0x0800).array();
        try (var vm = lab.rawSocket("vm", Protocols.GRE, Lab.VM, Lab.PEER);
                var peer = lab.rawSocket("peer", Protocols.GRE, Lab.PEER, Lab.PUBLIC)) {
            assertMoves(() -> {
                vm.send(packet);
                assertArrayEquals(packet, received(peer));
                peer.send(packet);
                assertArrayEquals(packet, received(vm));
            });
        }
    }

    @FunctionalInterface
    private interface Packet {
        void pass() throws IOException;
    }

    /** Packets pass before and after each move, and the flow stays the same; returns it. */
    private Flow assertMoves(final Packet packets) throws Exception {
        packets.pass();
        final var before = flow();
        for (int i = 0; i < MOVES; i++) {
            assertEquals(1, move.run());
            packets.pass();
            final var after = flow();
            assertEquals(before.key(), after.key());
            assertEquals(before.reply(), after.reply());
            assertEquals(before.nat(), after.nat());
        }
        assertTrue(lab.in("fw2", "nft list counter inet firewall invalid").contains("packets 0 "));
        return flow();
    }

    private Flow flow() throws Exception {
        final var flows = move.flows();
        assertEquals(1, flows.size(), flows::toString);
        assertTrue(flows.getFirst().nat().source().isPresent(), flows::toString);
        return flows.getFirst();
    }

    private static void answered(final RawSocket ping, final boolean v6) throws IOException {
        ping.send(Packets.echo(v6, IDENTIFIER, 1));
        assertEquals((short) IDENTIFIER, ByteBuffer.wrap(received(ping)).getShort(4));
    }

    /** Send a chunk to the peer; returns the port that it seems to come from. */
    private static int up(final RawSocket vm, final RawSocket peer, final int tag, final byte[] chunk)
            throws IOException {
        vm.send(Packets.sctp(700, 800, tag, chunk));
        final var packet = received(peer);
        assertArrayEquals(chunk, Arrays.copyOfRange(packet, 12, packet.length));
        return Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort());
    }

    private static void down(final RawSocket vm, final RawSocket peer, final int port, final byte[] chunk)
            throws IOException {
        peer.send(Packets.sctp(800, port, 0x1111, chunk));
        assertArrayEquals(Packets.sctp(800, 700, 0x1111, chunk), received(vm), "translated back, with its checksum");
    }

    private static byte[] received(final RawSocket socket) throws IOException {
        return socket.receive().orElseThrow(() -> new AssertionError("Packet does not pass"));
    }
}
