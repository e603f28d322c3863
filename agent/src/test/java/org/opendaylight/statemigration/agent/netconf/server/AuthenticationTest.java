// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.statemigration.agent.netconf.transport.Endpoint;
import org.opendaylight.statemigration.agent.netconf.transport.PemFiles;
import org.opendaylight.statemigration.agent.netconf.transport.SshParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TlsParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TlsTransport;
import org.opendaylight.statemigration.agent.netconf.transport.TransportKind;

@Timeout(60)
class AuthenticationTest {
    @TempDir
    private Path folder;
    private TestKeys keys;
    private int port;

    @BeforeEach
    void makeKeys() throws Exception {
        keys = new TestKeys(folder);
        port = TestClient.freePort();
    }

    private NetconfServer server(final TransportKind kind, final SshParameters ssh, final TlsParameters tls)
            throws IOException {
        final var server = new NetconfServer(new RecordingAgent(), List::of, Optional.ofNullable(ssh),
            Optional.ofNullable(tls));
        server.listen(kind, new Endpoint("127.0.0.1", port));
        return server;
    }

    private static void assertWorks(final TestClient client) throws IOException {
        client.stream.hello();
        final var reply = client.stream.rpc("<abort xmlns='" + RemoteAgent.NAMESPACE
            + "'><migration-id>m</migration-id></abort>");
        assertTrue(reply.contains("removed"), reply);
    }

    @Test
    void sshLetsInByKeyAndByPassword() throws Exception {
        try (var server = server(TransportKind.SSH, keys.ssh(), null)) {
            try (var client = TestClient.ssh(TestKeys.USER, null, keys.controller.key(), port)) {
                assertWorks(client);
            }
            try (var client = TestClient.ssh(TestKeys.USER, TestKeys.PASSWORD, null, port)) {
                assertWorks(client);
            }
        }
    }

    @Test
    void sshRefusesWrongKeyWrongPasswordAndWrongUser() throws Exception {
        try (var server = server(TransportKind.SSH, keys.ssh(), null)) {
            assertThrows(IOException.class,
                () -> TestClient.ssh(TestKeys.USER, null, keys.stranger.key(), port));
            assertThrows(IOException.class, () -> TestClient.ssh(TestKeys.USER, "guess", null, port));
            assertThrows(IOException.class, () -> TestClient.ssh("root", TestKeys.PASSWORD, null, port));
            assertThrows(IOException.class, () -> TestClient.ssh("root", null, keys.controller.key(), port));
            try (var client = TestClient.ssh(TestKeys.USER, TestKeys.PASSWORD, null, port)) {
                assertWorks(client);
            }
        }
    }

    @Test
    void sshWithoutPasswordHashTakesNoPassword() throws Exception {
        final var keysOnly = new SshParameters(keys.path("host_key"), TestKeys.USER,
            Optional.of(keys.path("authorized_keys")), Optional.empty());
        try (var server = server(TransportKind.SSH, keysOnly, null)) {
            assertThrows(IOException.class, () -> TestClient.ssh(TestKeys.USER, TestKeys.PASSWORD, null, port));
        }
    }

    @Test
    void controllerTakenOutOfAuthorizedKeysIsRefusedWithoutRestart() throws Exception {
        try (var server = server(TransportKind.SSH, keys.ssh(), null)) {
            TestClient.ssh(TestKeys.USER, null, keys.controller.key(), port).close();
            Files.writeString(keys.path("authorized_keys"), "# nobody\n");
            assertThrows(IOException.class,
                () -> TestClient.ssh(TestKeys.USER, null, keys.controller.key(), port));
        }
    }

    @Test
    void tlsLetsInByCertificateOfTheAuthority() throws Exception {
        try (var server = server(TransportKind.TLS, null, keys.tls());
                var client = TestClient.tls(keys.tlsOf(keys.controller), port)) {
            assertWorks(client);
        }
    }

    @Test
    void tlsRefusesCertificateOfNobodyAndNone() throws Exception {
        try (var server = server(TransportKind.TLS, null, keys.tls())) {
            assertTlsRefuses(keys.stranger);
            final var none = keys.tlsOf(null);
            assertThrows(IOException.class, () -> {
                try (var client = TestClient.tls(none, port)) {
                    client.stream.hello();
                }
            });
        }
    }

    @Test
    void tlsRefusesTrustedCertificateWhoseFingerprintIsNotPinned() throws Exception {
        try (var server = server(TransportKind.TLS, null,
                keys.tls(TlsTransport.fingerprint(keys.agent.certificate())))) {
            assertTlsRefuses(keys.controller);
            try (var client = TestClient.tls(keys.tlsOf(keys.agent), port)) {
                assertWorks(client);
            }
        }
    }

    @Test
    void plainTcpGetsNoHello() throws Exception {
        try (var server = server(TransportKind.TLS, null, keys.tls());
                var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write((NetconfStream.HELLO + "]]>]]>").getBytes());
            final var answer = new String(socket.getInputStream().readAllBytes());
            assertTrue(!answer.contains("hello"), answer);
        }
    }

    @Test
    void privateKeysOfAllKindsAreRead() throws Exception {
        final var rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        final var identity = keys.selfSigned("CN=agent", rsa.generateKeyPair(), "SHA256withRSA");
        for (var pem : List.of(identity.key(), new JcaPKCS8Generator(identity.key().getPrivate(), null))) {
            keys.write("rsa.key", pem);
            assertEquals(identity.key().getPrivate(), PemFiles.privateKey(keys.path("rsa.key"),
                identity.certificate()));
        }
        // 'openssl ecparam -name prime256v1 -genkey' and 'openssl req -x509'
        Files.writeString(keys.path("ec.key"), """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEID0FKTXsBJQl3T6zZ3cC6lld5e4vAGF4LSMK5rd9o1gJoAoGCCqGSM49
            AwEHoUQDQgAE9yqNH2RjmPoELdaKb49XROqzLt9AvJiAJig3IlyRofGwF4JAp9zl
            OUU3/MELKPCy2GPc2XuuzcSb5Q25ah7JDg==
            -----END EC PRIVATE KEY-----
            """);
        Files.writeString(keys.path("ec.pem"), """
            -----BEGIN CERTIFICATE-----
            MIIBdzCCAR2gAwIBAgIUJ2UR02MU2dlpBGc2/fG1IWWyxJIwCgYIKoZIzj0EAwIw
            EDEOMAwGA1UEAwwFYWdlbnQwIBcNMjYxMTIzMTMzMzAwWhgPMjEyNjEwMzAxMzMz
            MDBaMBAxDjAMBgNVBAMMBWFnZW50MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
            9yqNH2RjmPoELdaKb49XROqzLt9AvJiAJig3IlyRofGwF4JAp9zlOUU3/MELKPCy
            2GPc2XuuzcSb5Q25ah7JDqNTMFEwHQYDVR0OBBYEFGTNhUS0J52Tt0aSiagcZaw0
            7XmbMB8GA1UdIwQYMBaAFGTNhUS0J52Tt0aSiagcZaw07XmbMA8GA1UdEwEB/wQF
            MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgUhEuQ512ZutxQ/bhFNthXG0yyZ5c4jRJ
            t0ednhKgAFwCIQCTBhHXYXIiIMlA2CqOlDecrlTnUOs9yoUb31VAGsMokA==
            -----END CERTIFICATE-----
            """);
        final var certificate = PemFiles.certificates(keys.path("ec.pem")).getFirst();
        assertEquals("EC", PemFiles.privateKey(keys.path("ec.key"), certificate).getAlgorithm());
    }

    @Test
    void uselessKeysAreSaidAtStartWithTheirFile() throws Exception {
        keys.write("agent.key", new JcaPKCS8Generator(TestKeys.ecKey().getPrivate(), null));
        assertFails(null, keys.tls(), "agent.key does not belong to the certificate of CN=agent");
        Files.writeString(keys.path("agent.key"), "nothing");
        assertFails(null, keys.tls(), "There is no private key in " + keys.path("agent.key"));
        Files.writeString(keys.path("trusted.pem"), "");
        keys.write("agent.key", new JcaPKCS8Generator(keys.agent.key().getPrivate(), null));
        assertFails(null, keys.tls(), "There is no certificate in " + keys.path("trusted.pem"));
        Files.writeString(keys.path("host_key"), "nothing");
        assertFails(keys.ssh(), null, keys.path("host_key").toString());
    }

    @Test
    void portThatIsTakenIsSaid() throws Exception {
        try (var first = server(TransportKind.TLS, null, keys.tls());
                var second = new NetconfServer(new RecordingAgent(), List::of, Optional.empty(),
                    Optional.of(keys.tls()))) {
            final var failure = assertThrows(IOException.class,
                () -> second.listen(TransportKind.TLS, new Endpoint("127.0.0.1", port)));
            assertTrue(failure.getMessage().startsWith("Cannot listen on 127.0.0.1:" + port + " for TLS: "),
                failure.getMessage());
        }
    }

    private static void assertFails(final SshParameters ssh, final TlsParameters tls, final String message) {
        final var failure = assertThrows(IOException.class, () -> new NetconfServer(new RecordingAgent(), List::of,
            Optional.ofNullable(ssh), Optional.ofNullable(tls)).close());
        assertTrue(failure.getMessage().contains(message), failure.getMessage());
    }

    /** In TLS 1.3 the client learns of it only when it reads. */
    private void assertTlsRefuses(final TestKeys.Identity identity) {
        assertThrows(IOException.class, () -> {
            try (var client = TestClient.tls(keys.tlsOf(identity), port)) {
                client.stream.hello();
            }
        });
    }
}
