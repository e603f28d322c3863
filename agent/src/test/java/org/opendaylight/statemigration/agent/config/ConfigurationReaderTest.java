// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.statemigration.agent.backend.BackendProvider;
import org.opendaylight.statemigration.agent.backend.linux.LinuxBackend;
import org.opendaylight.statemigration.agent.backend.linux.LinuxOptions;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.agent.backend.memory.MemoryBackend;
import org.opendaylight.statemigration.agent.config.section.ConfigurationException;
import org.opendaylight.statemigration.agent.netconf.transport.CallHomeParameters;
import org.opendaylight.statemigration.agent.netconf.transport.Endpoint;
import org.opendaylight.statemigration.agent.netconf.transport.SshParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TlsParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TransportKind;
import org.opendaylight.statemigration.agent.soa.AgentSettings;
import org.opendaylight.statemigration.flow.VirtualNetwork.VnName;
import org.opendaylight.statemigration.flow.VirtualNetwork.Vnid;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile.Limits;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.time.Backoff;

class ConfigurationReaderTest {
    private static final String HASH = "$6$salt$" + "a".repeat(86);
    private static final String FINGERPRINT = "ab".repeat(32);
    /** All keys; a test replaces what it wants to be wrong. Key k of section s is on a line of its own. */
    private static final String FULL = """
        host-id = "fw-1"
        functions = [firewall, nat]
        roles = [source]
        addresses = ["192.0.2.1", "2001:db8::1"]
        nat-pools = ["203.0.113.0/24"]
        limits {
          flows-per-chunk = 10
          flows-per-migration = 100
          migrations = 3
          hold-lease = 60
        }
        backend {
          type = linux
          linux {
            network-namespace = "key"
            hold = drop
            queue-length = 9
            queue-base = 100
            virtual-networks = [
              { vnid = 7, zone = 17 },
              { vn-name = "blue", zone = 18 }
            ]
          }
          memory {
            flows = "key"
            capacity = 5
          }
        }
        listen {
          ssh { address = "0.0.0.0", port = 1830 }
          tls { address = "::", port = 16513 }
        }
        call-home = [
          {
            transport = tls
            address = "controller.example"
            port = 14335
            back-off-initial = 2s
            back-off-max = 90s
            idle-timeout = 10m
          }
        ]
        ssh {
          host-key = "key"
          user = "som"
          authorized-keys = "key"
          password-hash = "HASH"
        }
        tls {
          certificate = "key"
          private-key = "key"
          trusted-certificates = "key"
          trusted-fingerprints = ["FINGERPRINT"]
        }
        """.replace("HASH", HASH).replace("FINGERPRINT", FINGERPRINT);
    private static final String LEAST = """
        host-id = "fw-1"
        functions = [firewall]
        backend.type = memory
        listen.tls {}
        tls { certificate = "key", private-key = "key", trusted-certificates = "key" }
        """;

    @TempDir
    private Path folder;
    private Path key;

    @BeforeEach
    void makeFiles() throws IOException {
        key = Files.writeString(folder.resolve("key"), "a key");
    }

    private AgentConfiguration read(final String text) throws IOException, ConfigurationException {
        return ConfigurationReader.read(Files.writeString(folder.resolve("soa.conf"), text));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        assertEquals(new AgentConfiguration(
            new AgentSettings(new StateHostId("fw-1"), Set.of(FunctionType.FIREWALL, FunctionType.NAT),
                Set.of(Role.SOURCE), List.of(IpPrefix.parse("203.0.113.0/24")),
                Set.of(InetAddresses.forString("192.0.2.1"), InetAddresses.forString("2001:db8::1")),
                new Limits(10, 100, 3, 60)),
            new LinuxBackend(new LinuxOptions(Optional.of(key),
                Map.of(new Vnid(7), 17, new VnName("blue"), 18), HoldPreference.DROP, 9, 100)),
            Map.of(TransportKind.SSH, new Endpoint("0.0.0.0", 1830), TransportKind.TLS, new Endpoint("::", 16513)),
            List.of(new CallHomeParameters(TransportKind.TLS, new Endpoint("controller.example", 14335),
                new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(90)), Duration.ofMinutes(10))),
            Optional.of(new SshParameters(key, "som", Optional.of(key), Optional.of(HASH))),
            Optional.of(new TlsParameters(key, key, key, Set.of(FINGERPRINT)))), read(FULL));
        assertEquals(new MemoryBackend(Optional.of(key), 5),
            read(FULL.replace("type = linux", "type = memory")).backend());
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        final var least = read(LEAST);
        assertEquals(new AgentSettings(new StateHostId("fw-1"), Set.of(FunctionType.FIREWALL),
            Set.of(Role.SOURCE, Role.DESTINATION), List.of(), Set.of(), Limits.DEFAULT), least.settings());
        assertEquals(new MemoryBackend(Optional.empty(), 1_000_000), least.backend());
        assertEquals(Map.of(TransportKind.TLS, new Endpoint("127.0.0.1", 6513)), least.listen());
        assertEquals(List.of(), least.callHome());
        assertEquals(new LinuxBackend(LinuxOptions.DEFAULT),
            read(LEAST.replace("memory", "linux")).backend());
        assertEquals(List.of(new CallHomeParameters(TransportKind.TLS, new Endpoint("192.0.2.9", 4335),
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)), Duration.ofMinutes(5))),
            read(LEAST + "call-home = [ { transport = tls, address = 192.0.2.9 } ]").callHome());
    }

    @Test
    void unknownBackendIsAnsweredWithTheNamesOfAll() {
        final var error = assertThrows(ConfigurationException.class,
            () -> read(FULL.replace("type = linux", "type = bsd")));
        final var names = ServiceLoader.load(BackendProvider.class).stream().map(each -> each.get().name()).sorted()
            .collect(Collectors.joining(", "));
        assertTrue(error.getMessage().endsWith(":13: backend.type: 'bsd' is not one of " + names), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        // What is in the file|what is there instead|key in the error|end of the error
        "host-id = \"fw-1\"||1|host-id|is missing",
        "\"fw-1\"|\"fw 1\"|1|host-id|State Host id 'fw 1' is not 1 to 64 letters, digits, '.', '_', ':' or '-',"
            + " beginning with a letter or digit",
        "[firewall, nat]|[firewall, router]|2|functions|'router' is not one of firewall, nat, load-balancer,"
            + " intrusion-detection",
        "[firewall, nat]|[]|2|functions|Name at least one function whose state may be moved",
        "[firewall, nat]|firewall|2|functions|must be a list, such as [a, b]",
        "[source]|[]|3|roles|Name at least one of source, destination",
        "[source]|[both]|3|roles|'both' is not one of source, destination",
        "\"192.0.2.1\"|\"fw.example\"|4|addresses|'fw.example' is not an IP address",
        "113.0/24|113.0/33|5|nat-pools|Prefix length 33 of 203.0.113.0 is not in the range 0..32",
        "203.0.113.0/24|203.0.113|5|nat-pools|'203.0.113' is not an IP address",
        "flows-per-chunk = 10|flows-per-chunk = 10001|7|limits.flows-per-chunk|10001 is not in the range 1..10000",
        "flows-per-migration = 100|flows-per-migration = 0|8|limits.flows-per-migration"
            + "|0 is not in the range 1..2147483647",
        "migrations = 3|migrations = few|9|limits.migrations|'few' is not a whole number",
        "migrations = 3|migrations = 3.5|9|limits.migrations|'3.5' is not a whole number",
        "hold-lease = 60|hold-lease = 3601|10|limits.hold-lease|3601 is not in the range 1..3600",
        "hold-lease = 60|hold-least = 60|10|limits.hold-least|There is no such key; those here are flows-per-chunk,"
            + " flows-per-migration, hold-lease, migrations",
        "type = linux||12|backend.type|is missing",
        "network-namespace = \"key\"|network-namespace = \"gone\"|15|backend.linux.network-namespace"
            + "|There is no file FOLDER/gone",
        "hold = drop|hold = tight|16|backend.linux.hold|'tight' is not one of queue, drop",
        "queue-length = 9|queue-length = 0|17|backend.linux.queue-length|0 is not in the range 1..1000000",
        "queue-base = 100|queue-base = -1|18|backend.linux.queue-base|-1 is not in the range 0..65534",
        "vnid = 7|vnid = 16777216|20|backend.linux.virtual-networks[0].vnid|16777216 is not in the range 0..16777215",
        "vnid = 7, ||20|backend.linux.virtual-networks[0].vnid|Give either vnid or vn-name",
        "vnid = 7|vnid = 7, vn-name = x|20|backend.linux.virtual-networks[0].vnid|Give either vnid or vn-name",
        "zone = 17|zone = 0|20|backend.linux.virtual-networks[0].zone|0 is not in the range 1..65534",
        "zone = 18|zone = 17|21|backend.linux.virtual-networks[1].zone|Zone 17 is given to two virtual networks",
        "vn-name = \"blue\"|vnid = 7|21|backend.linux.virtual-networks[1].vnid|There are two zones for vnid 7",
        "flows = \"key\"|flows = \"gone\"|25|backend.memory.flows|There is no file FOLDER/gone",
        "capacity = 5|capacity = -1|26|backend.memory.capacity|-1 is not in the range 0..2147483647",
        "\"0.0.0.0\"|\"fw.example\"|30|listen.ssh.address|'fw.example' is not an IP address to listen on",
        "port = 1830|port = 0|30|listen.ssh.port|0 is not in the range 1..65535",
        "port = 16513|port = 65536|31|listen.tls.port|65536 is not in the range 1..65535",
        "ssh { address|tcp { address|30|listen.tcp|There is no such key; those here are ssh, tls",
        "transport = tls|transport = tcp|35|call-home[0].transport|'tcp' is not one of ssh, tls",
        "transport = tls||34|call-home[0].transport|is missing",
        "\"controller.example\"|\"not a name\"|36|call-home[0].address"
            + "|'not a name' is neither an IP address nor a host name",
        "port = 14335|port = none|37|call-home[0].port|'none' is not a whole number",
        "back-off-initial = 2s|back-off-initial = 2|38|call-home[0].back-off-initial"
            + "|'2' has no unit: write, for example, 2s",
        "back-off-initial = 2s|back-off-initial = soon|38|call-home[0].back-off-initial"
            + "|'soon' is not a duration, such as 500ms, 30s or 5m",
        "back-off-initial = 2s|back-off-initial = 1ms|38|call-home[0].back-off-initial"
            + "|1ms is not in the range 100ms..86400s",
        "back-off-max = 90s|back-off-max = 1s|39|call-home[0].back-off-max|is shorter than back-off-initial",
        "idle-timeout = 10m|idle-timeout = 100ms|40|call-home[0].idle-timeout|100ms is not in the range 1s..86400s",
        "host-key = \"key\"|host-key = \"gone\"|44|ssh.host-key|There is no file FOLDER/gone",
        "host-key = \"key\"|host-key = \".\"|44|ssh.host-key|File FOLDER/. cannot be read by this user",
        "host-key = \"key\"||43|ssh.host-key|is missing",
        "user = \"som\"|user = [som]|45|ssh.user|must be a text, not LIST",
        "authorized-keys = \"key\"|authorized-keys = \"gone\"|46|ssh.authorized-keys|There is no file FOLDER/gone",
        "\"$6$|\"$1$|47|ssh.password-hash|The password hash is not a crypt(3) hash of type $5$ or $6$, such as"
            + " 'openssl passwd -6' makes",
        "certificate = \"key\"||49|tls.certificate|is missing",
        "private-key = \"key\"|private-key = \"gone\"|51|tls.private-key|There is no file FOLDER/gone",
        "trusted-certificates = \"key\"|trusted-certificates = \"gone\"|52|tls.trusted-certificates"
            + "|There is no file FOLDER/gone",
        "[\"abab|[\"ab|53|tls.trusted-fingerprints|'FINGER' is not a SHA-256 fingerprint: 32 octets in hexadecimal",
        "tls {\\n  cert|tsl {\\n  cert|31|listen.tls|needs section 'tls', which is missing",
    })
    void mistakeIsSaidInOneLineWithFileLineAndKey(final String right, final String wrong, final int line,
            final String at, final String message) throws Exception {
        final var from = right.replace("\\n", "\n");
        assertTrue(FULL.contains(from), from);
        final var text = FULL.replaceFirst(Pattern.quote(from),
            Matcher.quoteReplacement(wrong == null ? "" : wrong.replace("\\n", "\n")));
        final var failure = assertThrows(ConfigurationException.class, () -> read(text));
        assertEquals(folder.resolve("soa.conf") + ":" + line + ": " + at + ": " + message
            .replace("FOLDER", folder.toString()).replace("FINGER", FINGERPRINT.substring(2)), failure.getMessage());
    }

    @Test
    void sshWithoutAnyWayInIsSaid() {
        final var failure = assertThrows(ConfigurationException.class,
            () -> read(LEAST + "ssh { host-key = \"key\" }"));
        assertTrue(failure.getMessage().endsWith(
            "SSH needs authorized keys or a password hash, or nobody can log in"), failure.getMessage());
    }

    @Test
    void agentThatNobodyCanReachIsAMistake() {
        final var failure = assertThrows(ConfigurationException.class,
            () -> read(LEAST.replace("listen.tls {}", "")));
        assertTrue(failure.getMessage().contains("no controller can reach it"), failure.getMessage());
    }

    @Test
    void brokenSyntaxIsSaidWithItsLine() {
        final var failure = assertThrows(ConfigurationException.class, () -> read("host-id = fw\nlimits {\n"));
        assertTrue(failure.getMessage().startsWith(folder.resolve("soa.conf") + ": 3: "), failure.getMessage());
        assertTrue(failure.getMessage().lines().count() == 1, failure.getMessage());
    }

    @Test
    void missingFileIsSaid() {
        final var missing = folder.resolve("missing.conf");
        assertEquals("There is no configuration file " + missing + ", or it cannot be read",
            assertThrows(ConfigurationException.class, () -> ConfigurationReader.read(missing)).getMessage());
    }

    @Test
    void fingerprintsMayHaveColonsAndCapitals() throws Exception {
        assertEquals(Set.of(FINGERPRINT), read(FULL.replace("[\"" + FINGERPRINT + "\"]", "[\""
            + "AB:".repeat(31) + "AB\"]")).tls().orElseThrow().fingerprints());
    }

    /** Every key in the sample exists, and the defaults that it shows are the true ones. */
    @Test
    void sampleSaysTheTruth() throws Exception {
        Files.createDirectory(folder.resolve("keys"));
        for (var name : List.of("agent.pem", "agent.key", "trusted.pem")) {
            Files.writeString(folder.resolve("keys").resolve(name), "");
        }
        final var sample = Files.readAllLines(Path.of("src/main/dist/etc/soa.conf"));
        final var plain = read(String.join("\n", sample));
        final var shown = read(sample.stream().map(line -> line.replaceFirst("^( *)#(?=[a-z])", "$1"))
            .collect(Collectors.joining("\n")));
        assertEquals(plain, shown);
        // What stands in braces within comments
        final var examples = sample.stream().filter(line -> line.strip().startsWith("# "))
            .map(line -> line.replaceFirst("# ?", "")).collect(Collectors.joining("\n"));
        final var callHome = examples.substring(examples.indexOf("  {\n"), examples.indexOf("  }\n") + 4);
        final var ssh = examples.substring(examples.indexOf("ssh {\n"), examples.lastIndexOf('}') + 1)
            .replace("keys/ssh_host_key", "key").replace("keys/authorized_keys", "key")
            .replace("$6$...", HASH);
        final var more = read(String.join("\n", sample) + "\ncall-home = [" + callHome + "]\n" + ssh
            + "\nlisten.ssh { address = \"127.0.0.1\", port = 830 }\n"
            + "backend.linux.virtual-networks = [{ vnid = 7, zone = 7 }, { vn-name = \"blue\", zone = 8 }]");
        assertEquals(new CallHomeParameters(TransportKind.TLS, new Endpoint("controller.example", 4335),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)), Duration.ofMinutes(5)),
            more.callHome().getFirst());
        assertEquals("admin", more.ssh().orElseThrow().user());
    }
}
