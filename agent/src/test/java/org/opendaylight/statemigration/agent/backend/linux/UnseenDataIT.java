// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * Connections whose last data reached the other end before the move while its acknowledgement was lost. The second
 * firewall sees the first segment of that data again, and the acknowledgement of all of it: of data that it has never
 * seen. A kernel that checked sequence numbers would take the packets of one end, or of both, for invalid from then on,
 * however long the connection goes on.
 */
@ExtendWith(SharedLab.class)
class UnseenDataIT {
    private static final int SEVERAL_SEGMENTS = 5_000;
    private static final int MANY_SEGMENTS = 400_000;
    private static final int TIMEOUT_MILLIS = 8_000;

    private final Lab lab;
    private final Move move;

    UnseenDataIT(final Lab lab) throws Exception {
        this.lab = lab;
        move = lab.move();
    }

    /** One end waits, and sends nothing but acknowledgements for the rest. */
    @ParameterizedTest
    @CsvSource({ "true, false", "false, false", "true, true", "false, true" })
    void answerToARequestWhoseAcknowledgementWasLost(final boolean vmAsks, final boolean v6) throws Exception {
        final var vm = v6 ? Lab.VM6 : Lab.VM;
        final var peer = v6 ? Lab.PEER6 : Lab.PEER;
        try (var server = lab.listen(vmAsks ? "peer" : "vm", vmAsks ? peer : vm);
                var client = lab.connect(vmAsks ? "vm" : "peer", vmAsks ? vm : peer,
                    (InetSocketAddress) server.getLocalAddress());
                var accepted = server.accept();
                var other = new FlowingConnection(lab)) {
            transfer(client, accepted, 100);
            transfer(accepted, client, 100);
            lab.lose(Lab.PURE_ACK);
            transfer(client, accepted, SEVERAL_SEGMENTS);
            move();
            settle(other);
            transfer(accepted, client, MANY_SEGMENTS);
            transfer(accepted, client, MANY_SEGMENTS);
            transfer(client, accepted, MANY_SEGMENTS);
            assertEquals(2, move.flows().size());
        }
    }

    /** Both ends repeat what has arrived, at the same time. */
    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void bothEndsHaveDataThatTheOtherEndHas(final boolean v6) throws Exception {
        try (var server = lab.listen("peer", v6 ? Lab.PEER6 : Lab.PEER);
                var client = lab.connect("vm", v6 ? Lab.VM6 : Lab.VM, (InetSocketAddress) server.getLocalAddress());
                var accepted = server.accept();
                var other = new FlowingConnection(lab)) {
            transfer(client, accepted, 100);
            transfer(accepted, client, 100);
            lab.lose(Lab.PURE_ACK);
            write(client, SEVERAL_SEGMENTS);
            write(accepted, SEVERAL_SEGMENTS);
            read(accepted, SEVERAL_SEGMENTS);
            read(client, SEVERAL_SEGMENTS);
            move();
            settle(other);
            for (int i = 0; i < 3; i++) {
                transfer(client, accepted, MANY_SEGMENTS);
                transfer(accepted, client, MANY_SEGMENTS);
            }
        }
    }

    /** An entry that was left behind knows old windows only. */
    @Test
    void connectionComesBackToAnEntryThatWasLeftBehind() throws Exception {
        final var fw1 = move.table("fw1");
        final var fw2 = move.table("fw2");
        try (var server = lab.listen("peer", Lab.PEER);
                var client = lab.connect("vm", Lab.VM, (InetSocketAddress) server.getLocalAddress());
                var accepted = server.accept()) {
            transfer(client, accepted, 100);
            transfer(accepted, client, 100);
            fw2.takeIntoService(fw2.create(List.of(fw1.export(Move.VM).entries().getFirst().flow())).entries());
            try (var other = new FlowingConnection(lab)) {
                final var otherFlow = other.in(fw1);
                lab.moveTo("fw2");
                for (int i = 0; i < 50; i++) {
                    transfer(client, accepted, MANY_SEGMENTS);
                    transfer(accepted, client, MANY_SEGMENTS);
                }
                final var back = fw1.create(List.of(fw2.export(Move.VM).entries().getFirst().flow())).entries();
                assertTrue(back.getFirst().found());
                fw1.takeIntoService(back);
                lab.moveTo("fw1");
                transfer(client, accepted, MANY_SEGMENTS);
                other.passUntilStrict("fw1", fw1, otherFlow);
                transfer(accepted, client, MANY_SEGMENTS);
            }
        }
    }

    private void move() throws Exception {
        move.begin();
        assertEquals(List.of(), move.transfer());
        lab.moveTo("fw2");
        assertEquals(2, move.commit());
    }

    /**
     * Wait until each flow would be checked strictly again, if packets of both ends were enough for that. The other
     * connection is checked strictly then, as packets of it are within the windows.
     */
    private void settle(final FlowingConnection other) throws Exception {
        final var fw2 = move.table("fw2");
        final var flow = other.in(fw2);
        other.exchange();
        Await.until("both ends of each flow have sent", () -> fw2.export(Move.VM).entries().stream().allMatch(entry ->
            entry.flow().originalCounters().packets() > 0 && entry.flow().replyCounters().packets() > 0));
        other.untilStrict("fw2", flow);
    }

    private static void transfer(final SocketChannel from, final SocketChannel to, final int length) throws Exception {
        final var writer = Thread.ofVirtual().start(() -> {
            try {
                write(from, length);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        read(to, length);
        writer.join();
    }

    private static void write(final SocketChannel channel, final int length) throws IOException {
        final var octets = ByteBuffer.wrap(octets(length));
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    private static void read(final SocketChannel channel, final int length) throws IOException {
        channel.socket().setSoTimeout(TIMEOUT_MILLIS);
        assertArrayEquals(octets(length), channel.socket().getInputStream().readNBytes(length));
    }

    private static byte[] octets(final int length) {
        final byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }
}
