// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A TCP connection in some state of its life. */
final class TcpFlow implements TestFlow {
    private final ServerSocketChannel listener;
    private final SocketChannel client;
    private SocketChannel server;
    private boolean halfClosed;

    private TcpFlow(final ServerSocketChannel listener, final SocketChannel client) {
        this.listener = listener;
        this.client = client;
    }

    /** Begin to open a connection, without waiting for the answer. */
    static TcpFlow begin(final FlowEnds ends, final int port) throws IOException {
        final var flow = new TcpFlow(ends.answerer().call(ServerSocketChannel::open),
            ends.opener().call(SocketChannel::open));
        flow.listener.bind(new InetSocketAddress(ends.to(), port));
        flow.client.configureBlocking(false);
        flow.client.bind(new InetSocketAddress(ends.from(), 0));
        flow.client.connect(new InetSocketAddress(ends.to(), flow.port()));
        return flow;
    }

    /** Open a connection, and use it. */
    static TcpFlow open(final FlowEnds ends, final int port) throws IOException {
        final var flow = begin(ends, port);
        flow.goOn();
        return flow;
    }

    int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /** {@return whether the opener has been answered} */
    boolean isOpen() throws IOException {
        return client.finishConnect();
    }

    /** The opener says no more. */
    void halfClose() throws IOException {
        client.shutdownOutput();
        halfClosed = true;
    }

    @Override
    public void goOn() throws IOException {
        if (server == null) {
            finish();
        }
        if (!halfClosed) {
            say(client, server, "a line up\r\n");
        }
        say(server, client, "a line down\r\n");
    }

    @Override
    public void end() throws IOException {
        if (!halfClosed) {
            halfClose();
        }
        assertEquals("", hear(server));
        server.close();
        assertEquals("", hear(client));
    }

    @Override
    public void close() throws IOException {
        client.close();
        listener.close();
        if (server != null) {
            server.close();
        }
    }

    /** Say something, which has to arrive. */
    void up(final String text) throws IOException {
        say(client, server, text);
    }

    /** Answer something, which has to arrive. */
    void down(final String text) throws IOException {
        say(server, client, text);
    }

    private void finish() throws IOException {
        // Waits for as long as the kernel repeats the first packet
        client.configureBlocking(true);
        client.finishConnect();
        // One that lacks only the last packet of its handshake is completed by data
        client.write(ByteBuffer.wrap(new byte[] { '!' }));
        listener.socket().setSoTimeout(ANSWER_MILLIS);
        server = listener.socket().accept().getChannel();
        assertEquals("!", hear(server));
    }

    private static void say(final SocketChannel from, final SocketChannel to, final String text) throws IOException {
        from.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        assertEquals(text, hear(to));
    }

    /** What comes next; nothing at the end. */
    private static String hear(final SocketChannel at) throws IOException {
        at.socket().setSoTimeout(ANSWER_MILLIS);
        final var octets = new byte[200];
        final int length = at.socket().getInputStream().read(octets);
        return new String(octets, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }
}
