// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * A connection that has ended is pre-copied, and opened anew between the same ports by way of the destination, before
 * packets are held. The kernel takes the entry there for the new connection, with the same identity.
 */
@ExtendWith(SharedLab.class)
class ReopenedIT {
    private static final int PORT = 23_456;

    private final Lab lab;
    private final Move move;

    ReopenedIT(final Lab lab) throws Exception {
        this.lab = lab;
        move = lab.move();
        lab.rules("fw2", "");
        lab.in("fw2", "nft add rule inet firewall forward ct state new accept");
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void newConnectionThroughThePreCopyOfAnEndedOneLives(final boolean sourceEndsFirst) throws Exception {
        try (var server = lab.listen("peer", Lab.PEER)) {
            final var first = connect(server);
            try (var accepted = server.accept()) {
                exchange(first, accepted);
                first.setOption(StandardSocketOptions.SO_LINGER, 0);
                first.close();
                Await.until("the connection has ended", () -> state("fw1") == TcpState.CLOSE);
            }
            final var moving = move.withPreCopy();
            moving.preCopy(100);
            lab.moveTo("fw2");
            try (var client = connect(server); var accepted = server.accept()) {
                exchange(client, accepted);
                assertEquals(TcpState.ESTABLISHED, state("fw2"));
                if (sourceEndsFirst) {
                    // As after its ten seconds
                    lab.in("fw1", "conntrack -D -p tcp --orig-port-src " + PORT + " 2>/dev/null");
                }
                moving.hold();
                moving.round();
                moving.commit();
                moving.release();
                exchange(client, accepted);
                exchange(accepted, client);
                assertEquals(TcpState.ESTABLISHED, state("fw2"));
            }
        }
    }

    private SocketChannel connect(final ServerSocketChannel server) throws Exception {
        return lab.namespace("vm").call(() -> {
            final var client = SocketChannel.open();
            client.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            client.bind(new InetSocketAddress(Lab.VM, PORT));
            client.socket().connect(server.getLocalAddress(), 5_000);
            return client;
        });
    }

    private static void exchange(final SocketChannel from, final SocketChannel to) throws Exception {
        from.write(ByteBuffer.allocate(100));
        to.socket().setSoTimeout(5_000);
        assertEquals(100, to.socket().getInputStream().readNBytes(100).length);
    }

    private TcpState state(final String firewall) throws Exception {
        return ((ProtocolState.Tcp) move.table(firewall).export(Move.VM).entries().getFirst().flow().protocolState())
            .state();
    }
}
