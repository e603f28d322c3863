// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A NETCONF client of a few lines (RFC 6242), independent of OpenDaylight's, on any pair of streams. It sends whatever
 * it is told, so that a test may break the rules.
 */
final class NetconfStream {
    static final String HELLO = """
        <hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>\
        <capability>urn:ietf:params:netconf:base:1.1</capability></capabilities></hello>""";

    private final InputStream in;
    private final OutputStream out;
    private int messageId;

    NetconfStream(final InputStream in, final OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** {@return the hello of the server, after having sent ours} */
    String hello() throws IOException {
        raw(HELLO + "]]>]]>");
        final var message = new ByteArrayOutputStream();
        while (!message.toString(StandardCharsets.UTF_8).endsWith("]]>]]>")) {
            message.write(octet());
        }
        return message.toString(StandardCharsets.UTF_8);
    }

    String rpc(final String operation) throws IOException {
        sendRpc(operation);
        return receive();
    }

    void sendRpc(final String operation) throws IOException {
        send("<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"" + ++messageId + "\">" + operation
            + "</rpc>");
    }

    void send(final String message) throws IOException {
        raw("\n#" + message.getBytes(StandardCharsets.UTF_8).length + "\n" + message + "\n##\n");
    }

    void raw(final String octets) throws IOException {
        out.write(octets.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    String receive() throws IOException {
        final var message = new ByteArrayOutputStream();
        while (true) {
            expect('\n');
            expect('#');
            int next = octet();
            if (next == '#') {
                expect('\n');
                return message.toString(StandardCharsets.UTF_8);
            }
            int size = 0;
            while (next != '\n') {
                size = size * 10 + next - '0';
                next = octet();
            }
            final var chunk = in.readNBytes(size);
            if (chunk.length < size) {
                throw new EOFException("The session ended within a chunk");
            }
            message.write(chunk);
        }
    }

    private void expect(final int octet) throws IOException {
        final int actual = octet();
        if (actual != octet) {
            throw new IOException("Octet " + actual + " instead of " + octet);
        }
    }

    int octet() throws IOException {
        final int octet = in.read();
        if (octet < 0) {
            throw new EOFException("The session has ended");
        }
        return octet;
    }
}
