// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.opendaylight.statemigration.lab.kernel.RawSocket;
import org.opendaylight.statemigration.lab.traffic.Packets;

/** Packets of a protocol that this machine's kernel need not speak itself. */
final class RawFlow implements TestFlow {
    static final int GRE = 47;
    /** For experiments (RFC 3692): no firewall knows it. */
    static final int UNKNOWN = 253;

    private static final int SCTP = 132;
    private static final int SCTP_PORT = 700;
    private static final int SCTP_OTHER_PORT = 800;
    private static final int SCTP_TAG = 0x2222;
    private static final int SCTP_OTHER_TAG = 0x1111;

    private final RawSocket opener;
    private final RawSocket answerer;
    private final byte[] question;
    private final byte[] answer;

    private RawFlow(final FlowEnds ends, final int protocol, final byte[] question, final byte[] answer)
            throws IOException {
        opener = ends.opener().call(() -> RawSocket.open(protocol, ends.from(), ends.to(), ANSWER_MILLIS));
        answerer = ends.answerer().call(() -> RawSocket.open(protocol, ends.to(), ends.from(), ANSWER_MILLIS));
        this.question = question;
        this.answer = answer;
    }

    /** Any protocol without ports. The packets are headers of GRE without key (RFC 2784), with IPv4 to follow. */
    static RawFlow open(final FlowEnds ends, final int protocol) throws IOException {
        final var packet = ByteBuffer.allocate(24).putInt(0x0800);
        final var flow = new RawFlow(ends, protocol, packet.putInt(20, 1).array().clone(),
            packet.putInt(20, 2).array().clone());
        flow.goOn();
        return flow;
    }

    /** An association of SCTP (RFC 9260), from its handshake on. */
    static RawFlow association(final FlowEnds ends) throws IOException {
        final var flow = new RawFlow(ends, SCTP, forth(SCTP_TAG, Packets.chunk(0, 1, 20)),
            back(SCTP_OTHER_TAG, Packets.chunk(3, 1, 16)));
        pass(flow.opener, flow.answerer, forth(0, Packets.chunk(1, SCTP_OTHER_TAG, 20)));
        pass(flow.answerer, flow.opener, back(SCTP_OTHER_TAG, Packets.chunk(2, SCTP_TAG, 20)));
        pass(flow.opener, flow.answerer, forth(SCTP_TAG, Packets.chunk(10, 0, 8)));
        pass(flow.answerer, flow.opener, back(SCTP_OTHER_TAG, Packets.chunk(11, 0, 4)));
        flow.goOn();
        return flow;
    }

    @Override
    public void goOn() throws IOException {
        pass(opener, answerer, question);
        pass(answerer, opener, answer);
    }

    @Override
    public void close() {
        opener.close();
        answerer.close();
    }

    private static void pass(final RawSocket from, final RawSocket to, final byte[] packet) throws IOException {
        from.send(packet);
        assertArrayEquals(packet, to.receive().orElseThrow(() -> new IOException("The packet does not arrive")));
    }

    private static byte[] forth(final int tag, final byte[] chunk) {
        return Packets.sctp(SCTP_PORT, SCTP_OTHER_PORT, tag, chunk);
    }

    private static byte[] back(final int tag, final byte[] chunk) {
        return Packets.sctp(SCTP_OTHER_PORT, SCTP_PORT, tag, chunk);
    }

    /** {@return a flow of each protocol there is} */
    static List<RawFlow> each(final FlowEnds ends) throws IOException {
        return List.of(association(ends), open(ends, GRE), open(ends, UNKNOWN));
    }
}
