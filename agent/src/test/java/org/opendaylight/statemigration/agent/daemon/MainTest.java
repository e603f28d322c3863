// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as a process of its own, with a table in memory. */
@Timeout(120)
class MainTest {
    @TempDir
    private Path folder;
    private Path configuration;
    private int port;

    @BeforeEach
    void configure() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "Skipped. Install the package openssh-client.");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("host_key").toString());
        Files.createFile(folder.resolve("authorized_keys"));
        configuration = Files.writeString(folder.resolve("soa.conf"), """
            host-id = "fw-1"
            functions = [firewall]
            backend { type = memory }
            listen.ssh { port = PORT }
            ssh { host-key = "host_key", authorized-keys = "authorized_keys" }
            """.replace("PORT", Integer.toString(port)));
    }

    private static void run(final String... command) throws Exception {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    private static Process start(final String... arguments) throws Exception {
        final var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=src/main/dist/etc/logback.xml", "-cp", classPath(),
            Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** That of the tests, without the logging that the parent of this module adds for tests. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("slf4j-simple")).collect(Collectors.joining(File.pathSeparator));
    }

    private static void assertFails(final int code, final String message, final String... arguments)
            throws Exception {
        final var process = start(arguments);
        final var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
            .filter(line -> !line.startsWith("WARNING:")).toList();
        assertEquals(code, process.waitFor());
        assertEquals(1, output.size(), output.toString());
        assertTrue(output.getFirst().startsWith("statemigration-agent: ") && output.getFirst().contains(message),
            output.getFirst());
    }

    @Test
    void runsUntilItIsTerminated() throws Exception {
        final var process = start(configuration.toString());
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(),
                StandardCharsets.UTF_8))) {
            assertTrue(output.lines().anyMatch(line -> line.contains("Agent of State Host fw-1 is ready after")));
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertEquals('S', socket.getInputStream().read());
            }
            // Process.destroy() would close its output, too
            process.toHandle().destroy();
            assertTrue(output.lines().anyMatch(line -> line.endsWith("Stopped")));
        } finally {
            process.destroy();
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
    }

    @Test
    void wrongArgumentOrConfigurationIsSaidInOneLine() throws Exception {
        assertFails(2, "Usage: statemigration-agent CONFIGURATION-FILE");
        assertFails(2, "There is no configuration file", folder.resolve("missing").toString());
        Files.writeString(configuration, "limits.migrations = none", StandardOpenOption.APPEND);
        assertFails(2, "soa.conf:6: limits.migrations: 'none' is not a whole number", configuration.toString());
    }

    @Test
    void portThatIsTakenIsSaidInOneLine() throws Exception {
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertFails(1, "Cannot listen on 127.0.0.1:" + taken.getLocalPort() + " for SSH",
                configuration.toString());
        }
    }

    @Test
    void uselessKeyIsSaidInOneLine() throws Exception {
        Files.writeString(folder.resolve("host_key"), "not a key");
        assertFails(1, folder.resolve("host_key").toString(), configuration.toString());
    }

    @Test
    void fileOfFlowsThatIsNoneIsSaidInOneLine() throws Exception {
        final var flows = Files.writeString(folder.resolve("flows.json"), "{ ]");
        Files.writeString(configuration, Files.readString(configuration).replace("type = memory",
            "type = memory, memory.flows = flows.json"));
        assertFails(1, flows.toString(), configuration.toString());
    }
}
