// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.agents.AgentProcess;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.namespace.Namespace;
import org.opendaylight.statemigration.lab.network.Laboratory;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * State Hosts that have nothing in common but the YANG modules: the kernel of Linux, a device of another make that the
 * operator has mounted, and a table in memory. Flows go from each to the next and back.
 */
class HeterogeneousIT {
    private static final String VM = "10.1.1.10";
    private static final String POOLS = "nat-pools = [\"198.51.100.0/24\"]";
    private static final String MOUNT = "network-topology:network-topology/topology=topology-netconf/node=device";
    private static final int TCP = 12;
    private static final int UDP = 6;
    private static final int FLOWS = TCP + UDP + 1;

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    @Test
    void flowsStayTheSameWhateverKeepsThem() throws Exception {
        final var lab = SHARED.own(Laboratory.build(SHARED.management(), HeterogeneousIT::create));
        final var bed = SHARED.bed();
        try (var device = bed.place().call(() -> new ForeignDevice("device", freePort()))) {
            bed.join(List.of(
                new AgentProcess.Settings("linux", bed.place(), AgentProcess.Backend.LINUX).withMore(
                    "backend { linux { network-namespace = \"/run/netns/%s\" } }".formatted(
                        lab.place("fw1").name())).withMore(POOLS),
                new AgentProcess.Settings("memory", bed.place(), new AgentProcess.Backend.Memory("[]"))
                    .withMore(POOLS)));
            mount(bed, device);
            bed.awaitConnected(List.of("device"));

            // What the device does not know is told flow by flow, and nothing moves
            final var plan = bed.controller().restconf().invoke("statemigration-master:plan-state-migration",
                request("linux", "device")).getAsJsonObject().getAsJsonObject("statemigration-master:output");
            assertEquals(FLOWS + 2, plan.get("flows").getAsInt(), plan.toString());
            assertEquals(2, plan.get("refused").getAsInt(), plan.toString());
            assertEquals("none", plan.get("outcome").getAsString(), plan.toString());
            assertEquals(Set.of("unsupported-protocol", "unsupported-attribute"), reasons(plan.get("refusal")),
                plan.toString());
            final var before = entries(lab);
            assertEquals(FLOWS + 2, before.size());
            final var refused = move(bed, "linux", "device");
            assertEquals("failed", refused.phase(), refused.toString());
            assertEquals("flows-refused", refused.json().get("reason").getAsString()
                .replace("statemigration-types:", ""));
            assertEquals(before, entries(lab));
            assertEquals(List.of(), device.flows());

            // Where policy lets them stay behind, the device gets what it can take, and the record tells the rest
            bed.provisioning().policy().leaf("partial-migration", "accept");
            final var part = move(bed, "linux", "device");
            assertCompleted(part, FLOWS);
            assertTrue(part.json().get("partial").getAsBoolean(), part.toString());
            final var leg = part.legs().getFirst();
            assertEquals(2, leg.flows("refused"), part.toString());
            assertEquals(FLOWS, leg.flows("released"), part.toString());
            assertEquals(reasons(plan.get("refusal")), reasons(leg.json().get("refusal")), part.toString());
            final var behind = entries(lab);
            assertEquals(before.stream().filter(HeterogeneousIT::isForeignToDevice).collect(Collectors.toSet()),
                behind);

            // The others go round: device, memory, device, kernel
            final var first = canonical(device.flows());
            assertEquals(FLOWS, first.size());
            assertWhole(move(bed, "device", "memory"), FLOWS);
            assertEquals(List.of(), device.flows());
            assertWhole(move(bed, "memory", "device"), FLOWS);
            assertEquals(first, canonical(device.flows()));
            assertWhole(move(bed, "device", "linux"), FLOWS);
            assertEquals(List.of(), device.flows());
            assertEquals(before, entries(lab));
            // Also those of the move that failed, which it took and gave up again
            assertEquals(3 * FLOWS, device.taken().size());
        } finally {
            bed.controller().restconf().delete(MOUNT);
        }
    }

    private static boolean isForeignToDevice(final String entry) {
        return entry.startsWith("sctp") || entry.contains("dst=198.51.100.7");
    }

    private static void assertWhole(final MigrationView migration, final int flows) {
        assertCompleted(migration, flows);
        assertFalse(migration.json().has("partial") && migration.json().get("partial").getAsBoolean(),
            migration.toString());
    }

    private static void assertCompleted(final MigrationView migration, final int flows) {
        assertEquals("completed", migration.phase(), migration.toString());
        assertEquals(flows, migration.legs().getFirst().flows("verified"), migration.toString());
    }

    private static MigrationView move(final TestBed bed, final String from, final String to) throws Exception {
        final var id = bed.controller().restconf().invoke("statemigration-master:notify-state-migration",
            request(from, to)).getAsJsonObject().getAsJsonObject("statemigration-master:output")
            .get("migration-id").getAsString();
        return Await.present("migration " + id + " from " + from + " to " + to + " has ended", () ->
            bed.provisioning().view().migrations().stream().filter(each -> each.id().equals(id) && each.hasEnded())
                .findFirst(), () -> bed.provisioning().view().migrations().toString());
    }

    private static Map<String, Object> request(final String from, final String to) {
        return Map.of("source", from, "destination", to, "vm", Map.of("address", List.of(VM)));
    }

    /** What the operator writes to have a device take part that does not call home. */
    private static void mount(final TestBed bed, final ForeignDevice device) throws IOException {
        bed.provisioning().policy().authorize(Map.of("host-id", "device", "accept-unverified-key", true));
        bed.controller().restconf().put(MOUNT,
            Map.of("network-topology:node", List.of(Map.of("node-id", "device", "netconf-node-topology:netconf-node",
                Map.of("host", "127.0.0.1", "port", device.port(), "tcp-only", false, "login-password-unencrypted",
                    Map.of("username", "admin", "password", "admin"))))));
    }

    private static Set<String> reasons(final JsonElement refusals) {
        return ((JsonArray) refusals).asList().stream().map(each -> each.getAsJsonObject().get("reason").getAsString()
            .replace("statemigration-types:", "")).collect(Collectors.toSet());
    }

    /** Flows without what runs by itself, and without what no State Host restores. */
    private static Set<String> canonical(final List<String> flows) {
        return flows.stream().map(flow -> flow.replaceAll("\"timeout\":\\d+", "")
            .replaceAll("\"counters\":\\{.*?\\}\\},", "")).collect(Collectors.toSet());
    }

    /** Entries without what runs by itself; their counters begin anew, as no State Host restores them. */
    private static Set<String> entries(final Laboratory lab) throws IOException {
        return lab.place("fw1").run("conntrack", "-L").lines().filter(line -> line.contains("src=" + VM))
            .map(line -> line.replaceAll("^(\\w+ +\\d+) \\d+", "$1")
                .replaceAll(" (use|packets|bytes)=\\d+", "").strip())
            .collect(Collectors.toSet());
    }

    private static void create(final Laboratory lab) throws IOException {
        final var firewall = lab.middlebox("fw1", """
            table inet rules {
              chain forward {
                type filter hook forward priority filter; policy drop;
                ct state established,related accept
              }
            }
            """);
        for (int i = 0; i < TCP; i++) {
            insert(firewall, "tcp", "--state", i % 2 == 0 ? "ESTABLISHED" : "CLOSE_WAIT",
                "--sport", Integer.toString(40_000 + i), "--dport", "443", "--mark", Integer.toString(i));
        }
        for (int i = 0; i < UDP; i++) {
            insert(firewall, "udp", "--sport", Integer.toString(50_000 + i), "--dport", "53");
        }
        insert(firewall, "icmp", "--icmp-type", "8", "--icmp-code", "0", "--icmp-id", "7");
        insert(firewall, "sctp", "--state", "ESTABLISHED", "--orig-vtag", "1", "--reply-vtag",
            "2", "--sport", "5000", "--dport", "5001");
        insert(firewall, "udp", "--sport", "60000", "--dport", "53", "--src-nat",
            "198.51.100.7:61000");
    }

    private static void insert(final Namespace firewall, final String protocol, final String... more)
            throws IOException {
        final var command = new ArrayList<>(List.of("conntrack", "-I", "-p", protocol, "-s", VM, "-d", "10.3.3.10",
            "-t", "3600", "-u", "SEEN_REPLY,ASSURED"));
        command.addAll(List.of(more));
        firewall.run(command.toArray(String[]::new));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
