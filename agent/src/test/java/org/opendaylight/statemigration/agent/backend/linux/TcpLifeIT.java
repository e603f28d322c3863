// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * TCP connections that move in every state of their life and go on from there, opened by either end. To keep a
 * connection in a state that passes quickly, the first firewall drops the packet that would end it; its sender repeats
 * it, and it then comes by the second one.
 */
@ExtendWith(SharedLab.class)
class TcpLifeIT {
    private static final String ALL_FIN_BUT_ONE = "tcp flags & fin == fin limit rate over 1/hour burst 1 packets";
    private static final int TIMEOUT_MILLIS = 8000;

    private final Lab lab;

    private final Move move;

    TcpLifeIT(final Lab lab) throws Exception {
        this.lab = lab;
        move = lab.move();
    }

    /** Both ends of a connection, by who opened it. */
    private record Ends(String opener, InetAddress from, String other, InetAddress to) {
        static Ends of(final boolean vmOpens, final boolean v6) {
            final var vm = v6 ? Lab.VM6 : Lab.VM;
            final var peer = v6 ? Lab.PEER6 : Lab.PEER;
            return vmOpens ? new Ends("vm", vm, "peer", peer) : new Ends("peer", peer, "vm", vm);
        }

        String fromOther() {
            return (to.getAddress().length == 4 ? "ip" : "ip6") + " saddr " + to.getHostAddress() + " ";
        }

        String fromOpener() {
            return (to.getAddress().length == 4 ? "ip" : "ip6") + " saddr " + from.getHostAddress() + " ";
        }
    }

    @ParameterizedTest
    @CsvSource({ "true, false", "false, false", "true, true", "false, true" })
    void halfOpenConnectionIsAnsweredAfterTheMove(final boolean vmOpens, final boolean v6) throws Exception {
        final var ends = Ends.of(vmOpens, v6);
        try (var server = lab.listen(ends.other, ends.to); var client = lab.namespace(ends.opener)
                .call(SocketChannel::open)) {
            lab.lose(ends.fromOther() + "tcp flags & (syn | ack) == (syn | ack)");
            begin(client, ends, server);
            moves(TcpState.SYN_SENT);
            finish(client);
            try (var accepted = server.accept()) {
                exchange(client, accepted);
            }
        }
        strict();
    }

    @ParameterizedTest
    @CsvSource({ "true, false", "false, true" })
    void handshakeWithoutItsLastPacketIsCompletedAfterTheMove(final boolean vmOpens, final boolean v6)
            throws Exception {
        final var ends = Ends.of(vmOpens, v6);
        try (var server = lab.listen(ends.other, ends.to); var client = lab.namespace(ends.opener)
                .call(SocketChannel::open)) {
            lab.lose(ends.fromOpener() + Lab.PURE_ACK);
            begin(client, ends, server);
            finish(client);
            moves(TcpState.SYN_RECEIVED);
            try (var accepted = server.accept()) {
                exchange(client, accepted);
            }
        }
        strict();
    }

    @ParameterizedTest
    @CsvSource({ "true, false", "false, false", "true, true", "false, true" })
    void halfClosedConnectionDeliversTheRestAfterTheMove(final boolean vmOpens, final boolean v6) throws Exception {
        closes(Ends.of(vmOpens, v6), false);
    }

    @ParameterizedTest
    @CsvSource({ "true, false", "false, true" })
    void unacknowledgedFinIsRepeatedAfterTheMove(final boolean vmOpens, final boolean v6) throws Exception {
        closes(Ends.of(vmOpens, v6), true);
    }

    @ParameterizedTest
    @CsvSource({ "true, false", "false, true" })
    void lastFinIsAcknowledgedAfterTheMove(final boolean vmOpens, final boolean v6) throws Exception {
        final var ends = Ends.of(vmOpens, v6);
        try (var server = lab.listen(ends.other, ends.to);
                var client = lab.connect(ends.opener, ends.from, (InetSocketAddress) server.getLocalAddress());
                var accepted = server.accept()) {
            exchange(client, accepted);
            client.shutdownOutput();
            assertEquals(-1, accepted.read(ByteBuffer.allocate(1)));
            awaitState(TcpState.CLOSE_WAIT);
            lab.lose(ends.fromOpener() + Lab.PURE_ACK);
            accepted.shutdownOutput();
            assertEquals(-1, client.read(ByteBuffer.allocate(1)));
            moves(TcpState.LAST_ACK);
            // The FIN comes again, and is acknowledged at last
            awaitState(TcpState.TIME_WAIT);
        }
        strict();
    }

    @ParameterizedTest
    @CsvSource({ "true, false", "false, true" })
    void endedConnectionsMoveForTheTimeTheyHaveLeft(final boolean vmOpens, final boolean v6) throws Exception {
        final var ends = Ends.of(vmOpens, v6);
        try (var server = lab.listen(ends.other, ends.to)) {
            final var client = lab.connect(ends.opener, ends.from, (InetSocketAddress) server.getLocalAddress());
            final var accepted = server.accept();
            exchange(client, accepted);
            client.close();
            accepted.close();
            final var before = moves(TcpState.TIME_WAIT);
            final var after = awaitState(TcpState.TIME_WAIT);
            assertTrue(Math.abs(before.timeout() - after.timeout()) <= 3, before + " " + after);
            lab.in("fw2", "conntrack -F 2>/dev/null");
            assertEquals(0, move.run());
            final var reset = lab.connect(ends.opener, ends.from, (InetSocketAddress) server.getLocalAddress());
            final var other = server.accept();
            exchange(reset, other);
            reset.setOption(StandardSocketOptions.SO_LINGER, 0);
            reset.close();
            moves(TcpState.CLOSE);
            other.close();
        }
    }

    private void closes(final Ends ends, final boolean finWait) throws Exception {
        try (var server = lab.listen(ends.other, ends.to);
                var client = lab.connect(ends.opener, ends.from, (InetSocketAddress) server.getLocalAddress());
                var accepted = server.accept()) {
            exchange(client, accepted);
            if (finWait) {
                lab.lose(ends.fromOther() + Lab.PURE_ACK);
                // Repeated FINs end this state, and the first one comes soon
                lab.lose(ends.fromOpener() + ALL_FIN_BUT_ONE);
            }
            client.shutdownOutput();
            final var moved = moves(finWait ? TcpState.FIN_WAIT : TcpState.CLOSE_WAIT);
            assertTrue(((ProtocolState.Tcp) moved.protocolState()).originator().closeInitiated());
            assertEquals(-1, accepted.read(ByteBuffer.allocate(1)));
            transfer(accepted, client);
            accepted.close();
            client.socket().setSoTimeout(TIMEOUT_MILLIS);
            assertEquals(-1, client.socket().getInputStream().read());
            awaitState(TcpState.TIME_WAIT);
        }
        strict();
    }

    private static void begin(final SocketChannel client, final Ends ends, final ServerSocketChannel server)
            throws IOException {
        client.configureBlocking(false);
        client.bind(new InetSocketAddress(ends.from, 0));
        client.connect(server.getLocalAddress());
    }

    private static void finish(final SocketChannel client) throws Exception {
        Await.until("the connection is opened", client::finishConnect);
        client.configureBlocking(true);
    }

    /** Move the connection, which is in this state, and keeps it on the way. */
    private Flow moves(final TcpState state) throws Exception {
        final var flow = awaitState(state);
        move.begin();
        assertEquals(List.of(), move.transfer());
        assertEquals(state, state(move.table("fw2").export(Move.VM).entries().getFirst().flow()));
        lab.moveTo("fw2");
        assertEquals(1, move.commit());
        return flow;
    }

    private Flow awaitState(final TcpState state) throws Exception {
        return Await.present("the connection is in state " + state, () -> Optional.of(move.flows())
            .filter(flows -> flows.size() == 1 && state(flows.getFirst()) == state).map(List::getFirst));
    }

    private static TcpState state(final Flow flow) {
        return ((ProtocolState.Tcp) flow.protocolState()).state();
    }

    private void strict() throws IOException {
        assertTrue(lab.in("fw2", "nft list counter inet firewall invalid").contains("packets 0 "));
    }

    private static void exchange(final SocketChannel client, final SocketChannel server) throws IOException {
        transfer(client, server);
        transfer(server, client);
    }

    private static void transfer(final SocketChannel from, final SocketChannel to) throws IOException {
        final var octets = "sixteen octets..".getBytes(StandardCharsets.US_ASCII);
        from.write(ByteBuffer.wrap(octets));
        to.socket().setSoTimeout(TIMEOUT_MILLIS);
        assertEquals(octets.length, to.socket().getInputStream().readNBytes(octets.length).length);
    }
}
