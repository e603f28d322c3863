// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.opendaylight.netconf.shaded.sshd.client.ClientBuilder;
import org.opendaylight.netconf.shaded.sshd.client.SshClient;
import org.opendaylight.netconf.shaded.sshd.client.keyverifier.AcceptAllServerKeyVerifier;

/** Sessions of a controller. */
final class TestClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    final NetconfStream stream;
    private final Closeable connection;

    private TestClient(final NetconfStream stream, final Closeable connection) {
        this.stream = stream;
        this.connection = connection;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static TestClient tls(final SSLContext context, final int port) throws IOException {
        return tls(context, new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** On a TCP connection that either side opened: in call home the controller accepts it, and still is the client. */
    static TestClient tls(final SSLContext context, final Socket tcp) throws IOException {
        final var socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
        socket.setUseClientMode(true);
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        socket.startHandshake();
        return new TestClient(new NetconfStream(socket.getInputStream(), socket.getOutputStream()), socket);
    }

    static TestClient ssh(final String user, final String password, final KeyPair key, final int port)
            throws IOException {
        final var client = ClientBuilder.builder().serverKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE)
            .build(true);
        // Nothing of the user who runs the tests
        client.setKeyIdentityProvider(session -> List.of());
        client.start();
        try {
            return ssh(client, user, password, key, port);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private static TestClient ssh(final SshClient client, final String user, final String password, final KeyPair key,
            final int port) throws IOException {
        final var session = client.connect(user, "127.0.0.1", port).verify(TIMEOUT).getSession();
        if (password != null) {
            session.addPasswordIdentity(password);
        }
        if (key != null) {
            session.addPublicKeyIdentity(key);
        }
        session.auth().verify(TIMEOUT);
        final var channel = session.createSubsystemChannel("netconf");
        channel.open().verify(TIMEOUT);
        return new TestClient(new NetconfStream(channel.getInvertedOut(), channel.getInvertedIn()), client);
    }

    RemoteAgent agent() {
        return new RemoteAgent(stream);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
