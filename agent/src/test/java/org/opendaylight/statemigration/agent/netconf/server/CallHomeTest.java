// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.statemigration.agent.netconf.transport.CallHomeParameters;
import org.opendaylight.statemigration.agent.netconf.transport.Endpoint;
import org.opendaylight.statemigration.agent.netconf.transport.TransportKind;
import org.opendaylight.statemigration.time.Backoff;

/** Against a controller of a few lines, which may go away, come back, and fall silent at will. */
@Timeout(60)
class CallHomeTest {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    private static Path folder;
    private static TestKeys keys;

    private NetconfServer agent;
    private ServerSocket controller;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = new TestKeys(folder);
    }

    @BeforeEach
    void start() throws Exception {
        agent = new NetconfServer(new RecordingAgent(), List::of, Optional.empty(), Optional.of(keys.tls()));
        controller = listen(0);
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        controller.close();
    }

    private static ServerSocket listen(final int port) throws IOException {
        final var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private void callHome(final Duration idleTimeout) {
        agent.callHome(parameters(controller, idleTimeout));
    }

    private static CallHomeParameters parameters(final ServerSocket controller, final Duration idleTimeout) {
        return new CallHomeParameters(TransportKind.TLS, new Endpoint("localhost", controller.getLocalPort()),
            new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)), idleTimeout);
    }

    private TestClient accept() throws Exception {
        return session(controller.accept());
    }

    private static TestClient session(final Socket connection) throws Exception {
        return TestClient.tls(keys.tlsOf(keys.controller), connection);
    }

    private static void assertWorks(final TestClient client) throws IOException {
        final var hello = client.stream.hello();
        assertTrue(hello.contains("statemigration-agent"), hello);
        abort(client);
    }

    private static void abort(final TestClient client) throws IOException {
        final var reply = client.stream.rpc("<abort xmlns='" + RemoteAgent.NAMESPACE
            + "'><migration-id>m</migration-id></abort>");
        assertTrue(reply.contains("removed"), reply);
    }

    @Test
    void agentIsTheServerOnAConnectionThatItOpened() throws Exception {
        callHome(Duration.ofMinutes(1));
        try (var client = accept()) {
            assertWorks(client);
        }
    }

    @Test
    void agentCallsAgainAfterTheControllerEndedTheSession() throws Exception {
        callHome(Duration.ofMinutes(1));
        for (int i = 0; i < 3; i++) {
            try (var client = accept()) {
                assertWorks(client);
            }
        }
    }

    @Test
    void agentComesBackToAControllerThatWasAway() throws Exception {
        final int port = controller.getLocalPort();
        try (var caller = new CountingCaller(new RecordingAgent(), keys.tls(),
                parameters(controller, Duration.ofMinutes(1)))) {
            accept().close();
            controller.close();
            caller.awaitEndOfACall();
            controller = listen(port);
            try (var client = accept()) {
                assertWorks(client);
            }
        }
    }

    @Test
    void agentCallsAnewWhenTheControllerAsksNothing() throws Exception {
        callHome(IDLE_TIMEOUT);
        try (var silent = accept()) {
            assertWorks(silent);
            try (var client = accept()) {
                assertWorks(client);
                assertThrows(IOException.class, silent.stream::receive, "The old session is ended");
            }
        }
    }

    /** Beside a session without requests, which ends after the time that both have. */
    @Test
    void requestsKeepTheSession() throws Exception {
        callHome(IDLE_TIMEOUT);
        try (var client = accept(); var other = listen(0)) {
            agent.callHome(parameters(other, IDLE_TIMEOUT));
            try (var silent = session(other.accept())) {
                assertWorks(client);
                assertWorks(silent);
                other.setSoTimeout((int) IDLE_TIMEOUT.toMillis() / 40);
                while (!isCalled(other)) {
                    abort(client);
                }
                assertThrows(IOException.class, silent.stream::receive);
            }
            abort(client);
            controller.setSoTimeout(1);
            assertFalse(isCalled(controller));
        }
    }

    private static boolean isCalled(final ServerSocket controller) throws IOException {
        try {
            controller.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void controllerThatIsNotTrustedGetsNoSessionAndIsCalledAgain() throws Exception {
        callHome(Duration.ofMinutes(1));
        assertThrows(IOException.class, () -> {
            try (var client = TestClient.tls(keys.tlsOf(keys.stranger), controller.accept())) {
                client.stream.hello();
            }
        });
        try (var client = accept()) {
            assertWorks(client);
        }
    }

    @Test
    void nobodyIsCalledAfterClose() throws Exception {
        callHome(Duration.ofMinutes(1));
        try (var client = accept()) {
            assertWorks(client);
            agent.close();
            assertThrows(IOException.class, client.stream::receive);
        }
        // Who is not closed calls again several times, after the same pauses
        try (var other = listen(0); var caller = new CountingCaller(new RecordingAgent(), keys.tls(),
                parameters(other, Duration.ofMinutes(1)))) {
            for (int i = 0; i < 5; i++) {
                other.accept().close();
            }
        }
        controller.setSoTimeout(1);
        assertFalse(isCalled(controller));
    }
}
