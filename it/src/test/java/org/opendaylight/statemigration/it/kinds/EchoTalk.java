package org.opendaylight.statemigration.it.kinds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.opendaylight.statemigration.it.lab.RawSocket;

/** A ping that goes on and on: ICMP or ICMPv6 echo with one identifier, answered by the other machine's kernel. */
final class EchoTalk implements Talk {
    private static final short IDENTIFIER = 7777;

    private final boolean v6;
    private final RawSocket socket;
    private short sequence;

    private EchoTalk(final boolean v6, final RawSocket socket) {
        this.v6 = v6;
        this.socket = socket;
    }

    static EchoTalk open(final Ends ends) throws IOException {
        final var talk = new EchoTalk(ends.isV6(), RawSocket.open(ends.opener(), ends.isV6() ? 58 : 1, ends.from(),
            ends.to(), PATIENCE_MILLIS));
        talk.goOn();
        return talk;
    }

    @Override
    public void goOn() throws IOException {
        final var echo = ByteBuffer.allocate(8).put((byte) (v6 ? 128 : 8)).position(4).putShort(IDENTIFIER)
            .putShort(++sequence);
        if (!v6) {
            // That of ICMPv6 is the kernel's business (RFC 3542)
            final int sum = (8 << 8) + IDENTIFIER + sequence;
            echo.putShort(2, (short) ~((sum & 0xffff) + (sum >> 16)));
        }
        socket.send(echo.array());
        assertEquals(sequence, ByteBuffer.wrap(socket.receive()).getShort(6));
    }

    @Override
    public void close() {
        socket.close();
    }
}
