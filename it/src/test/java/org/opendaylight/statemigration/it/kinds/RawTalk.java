package org.opendaylight.statemigration.it.kinds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;
import org.opendaylight.statemigration.it.lab.RawSocket;

/** Packets of a protocol that this machine's kernel need not speak itself. */
final class RawTalk implements Talk {
    static final int GRE = 47;
    /** For experiments (RFC 3692): no firewall knows it. */
    static final int UNKNOWN = 253;

    private static final int SCTP = 132;
    private static final int SCTP_PORTS = 700 << 16 | 800;
    private static final int SCTP_TAG = 0x2222;
    private static final int SCTP_OTHER_TAG = 0x1111;

    private final RawSocket opener;
    private final RawSocket answerer;
    private final byte[] question;
    private final byte[] answer;

    private RawTalk(final Ends ends, final int protocol, final byte[] question, final byte[] answer)
            throws IOException {
        opener = RawSocket.open(ends.opener(), protocol, ends.from(), ends.to(), PATIENCE_MILLIS);
        answerer = RawSocket.open(ends.answerer(), protocol, ends.to(), ends.from(), PATIENCE_MILLIS);
        this.question = question;
        this.answer = answer;
    }

    /** Any protocol without ports. The packets are headers of GRE without key (RFC 2784), with IPv4 to follow. */
    static RawTalk open(final Ends ends, final int protocol) throws IOException {
        final var packet = ByteBuffer.allocate(24).putInt(0x0800);
        final var talk = new RawTalk(ends, protocol, packet.putInt(20, 1).array().clone(),
            packet.putInt(20, 2).array().clone());
        talk.goOn();
        return talk;
    }

    /** An association of SCTP (RFC 9260), from its handshake on. */
    static RawTalk association(final Ends ends) throws IOException {
        final var talk = new RawTalk(ends, SCTP, sctp(SCTP_PORTS, SCTP_TAG, chunk(0, 1, 20)),
            sctp(Integer.rotateLeft(SCTP_PORTS, 16), SCTP_OTHER_TAG, chunk(3, 1, 16)));
        final int back = Integer.rotateLeft(SCTP_PORTS, 16);
        pass(talk.opener, talk.answerer, sctp(SCTP_PORTS, 0, chunk(1, SCTP_OTHER_TAG, 20)));
        pass(talk.answerer, talk.opener, sctp(back, SCTP_OTHER_TAG, chunk(2, SCTP_TAG, 20)));
        pass(talk.opener, talk.answerer, sctp(SCTP_PORTS, SCTP_TAG, chunk(10, 0, 8)));
        pass(talk.answerer, talk.opener, sctp(back, SCTP_OTHER_TAG, chunk(11, 0, 4)));
        talk.goOn();
        return talk;
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
        assertArrayEquals(packet, to.receive());
    }

    private static byte[] sctp(final int ports, final int tag, final byte[] chunk) {
        final var packet = ByteBuffer.allocate(12 + chunk.length).putInt(ports).putInt(tag).putInt(0).put(chunk);
        final var crc = new CRC32C();
        crc.update(packet.array());
        return packet.order(ByteOrder.LITTLE_ENDIAN).putInt(8, (int) crc.getValue()).array();
    }

    private static byte[] chunk(final int type, final int first, final int length) {
        final var chunk = ByteBuffer.allocate(length).put((byte) type).put((byte) 3).putShort((short) length);
        return (chunk.hasRemaining() ? chunk.putInt(first) : chunk).array();
    }

    /** {@return a talk of each protocol there is} */
    static List<RawTalk> each(final Ends ends) throws IOException {
        return List.of(association(ends), open(ends, GRE), open(ends, UNKNOWN));
    }
}
