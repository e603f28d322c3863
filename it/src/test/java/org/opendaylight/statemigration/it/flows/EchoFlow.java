// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.opendaylight.statemigration.lab.kernel.RawSocket;
import org.opendaylight.statemigration.lab.traffic.Packets;

/** A ping that goes on and on: ICMP or ICMPv6 echo with one identifier, answered by the other VM's kernel. */
final class EchoFlow implements TestFlow {
    private static final short IDENTIFIER = 7777;

    private final boolean v6;
    private final RawSocket socket;
    private short sequence;

    private EchoFlow(final boolean v6, final RawSocket socket) {
        this.v6 = v6;
        this.socket = socket;
    }

    static EchoFlow open(final FlowEnds ends) throws IOException {
        final var flow = new EchoFlow(ends.isV6(), ends.opener().call(() ->
            RawSocket.open(ends.isV6() ? 58 : 1, ends.from(), ends.to(), ANSWER_MILLIS)));
        flow.goOn();
        return flow;
    }

    @Override
    public void goOn() throws IOException {
        socket.send(Packets.echo(v6, IDENTIFIER, ++sequence));
        final var answer = socket.receive().orElseThrow(() -> new IOException("The echo request is not answered"));
        assertEquals(sequence, ByteBuffer.wrap(answer).getShort(6));
    }

    @Override
    public void close() {
        socket.close();
    }
}
