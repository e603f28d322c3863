// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import org.opendaylight.statemigration.lab.namespace.Place;

/** Datagrams between two ports. */
final class UdpFlow implements TestFlow {
    private final DatagramChannel opener;
    private final DatagramChannel answerer;
    private SocketAddress known;

    private UdpFlow(final DatagramChannel opener, final DatagramChannel answerer) {
        this.opener = opener;
        this.answerer = answerer;
    }

    /** Ask. The answer comes when it goes on. */
    static UdpFlow ask(final FlowEnds ends, final int port) throws IOException {
        final var flow = new UdpFlow(bound(ends.opener(), new InetSocketAddress(ends.from(), 0)),
            bound(ends.answerer(), new InetSocketAddress(ends.to(), port)));
        flow.known = flow.say(flow.opener, flow.answerer, flow.answerer.getLocalAddress());
        return flow;
    }

    static UdpFlow open(final FlowEnds ends, final int port) throws IOException {
        final var flow = ask(ends, port);
        flow.goOn();
        return flow;
    }

    @Override
    public void goOn() throws IOException {
        say(answerer, opener, known);
        say(opener, answerer, answerer.getLocalAddress());
    }

    @Override
    public void close() throws IOException {
        opener.close();
        answerer.close();
    }

    /** {@return the address it came from} */
    private SocketAddress say(final DatagramChannel from, final DatagramChannel to, final SocketAddress address)
            throws IOException {
        final var text = "a datagram of " + from.getLocalAddress();
        from.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), address);
        final var packet = new DatagramPacket(new byte[200], 200);
        to.socket().receive(packet);
        assertEquals(text, new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII));
        return packet.getSocketAddress();
    }

    private static DatagramChannel bound(final Place place, final InetSocketAddress address) throws IOException {
        final var channel = place.call(DatagramChannel::open);
        channel.bind(address);
        channel.socket().setSoTimeout(ANSWER_MILLIS);
        return channel;
    }
}
