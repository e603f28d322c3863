// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * A connection that both ends close while it moves as announced: the FIN of one end passes the first firewall, that of
 * the other one the second, where the pre-copy is already and packets are not held yet. Neither firewall has seen both.
 */
@ExtendWith(SharedLab.class)
class CrossingFinsIT {
    private final Lab lab;
    private final Move move;

    CrossingFinsIT(final Lab lab) throws Exception {
        this.lab = lab;
        move = lab.move();
    }

    @ParameterizedTest
    @CsvSource({ "true, true", "true, false", "false, true", "false, false" })
    void connectionClosedThroughBothFirewallsMoves(final boolean openerClosesFirst, final boolean isAcknowledged)
            throws Exception {
        try (var server = lab.listen("peer", Lab.PEER);
                var client = lab.connect("vm", Lab.VM, (InetSocketAddress) server.getLocalAddress());
                var accepted = server.accept()) {
            exchange(client, accepted);
            exchange(accepted, client);
            final var moving = move.withPreCopy();
            moving.preCopy(100);
            if (!isAcknowledged) {
                lab.lose(Lab.PURE_ACK);
            }
            close(openerClosesFirst ? client : accepted, openerClosesFirst ? accepted : client);
            awaitState("fw1", isAcknowledged ? TcpState.CLOSE_WAIT : TcpState.FIN_WAIT);
            lab.moveTo("fw2");
            close(openerClosesFirst ? accepted : client, openerClosesFirst ? client : accepted);
            final var here = awaitState("fw2", TcpState.CLOSE_WAIT);
            assertEquals(openerClosesFirst, here.responder().closeInitiated());
            moving.hold();
            moving.round();
            final var both = state("fw2");
            assertEquals(TcpState.LAST_ACK, both.state());
            assertTrue(both.originator().closeInitiated() && both.responder().closeInitiated(), both::toString);
            assertEquals(1, moving.commit().verified());
            assertEquals(1, moving.release().released());
        }
    }

    private static void exchange(final SocketChannel from, final SocketChannel to) throws Exception {
        final var octets = ByteBuffer.allocate(100);
        from.write(octets.duplicate());
        while (octets.hasRemaining()) {
            to.read(octets);
        }
    }

    private static void close(final SocketChannel closing, final SocketChannel other) throws Exception {
        closing.shutdownOutput();
        assertEquals(-1, other.read(ByteBuffer.allocate(1)));
    }

    private ProtocolState.Tcp awaitState(final String firewall, final TcpState wanted) throws Exception {
        return Await.present("the connection is in state " + wanted + " at " + firewall,
            () -> Optional.of(state(firewall)).filter(state -> state.state() == wanted));
    }

    private ProtocolState.Tcp state(final String firewall) throws Exception {
        return (ProtocolState.Tcp) move.table(firewall).export(Move.VM).entries().getFirst().flow().protocolState();
    }
}
