// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.statemigration.it.agents.AgentProcess;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.Topology;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.judge.PinholeTable;
import org.opendaylight.statemigration.lab.network.Chain;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/** Several State Hosts on a path: each function is matched with its like on the new one, and all move or none. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ChainIT {
    private static final Load LOAD = new Load(10, 1, 1, true, false);
    private static final int FLOWS = LOAD.connections();
    private static final int ROUNDS = 3;
    private static final Map<String, Integer> AT_A = Map.of("fwa", FLOWS, "nata", FLOWS, "fwb", 0, "natb", 0);
    private static final Map<String, Integer> AT_B = Map.of("fwa", 0, "nata", 0, "fwb", FLOWS, "natb", FLOWS);

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    private static Chain lab;
    private static TestBed bed;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        lab = SHARED.own(Chain.firewallAndTranslation(SHARED.management()));
        bed = SHARED.bed();
        bed.join(lab.hosts().stream().map(host -> {
            final var settings = new AgentProcess.Settings(host, lab.place(host), AgentProcess.Backend.LINUX);
            return host.startsWith("fw") ? settings
                : settings.withFunctions("nat").withMore("nat-pools = [\"" + Chain.PUBLIC + "/32\"]");
        }).toList());
    }

    @BeforeEach
    void beginAnew() throws IOException, InterruptedException {
        lab.move(1);
        lab.forgetFlows();
        // Without the topology there is no VM whose flows could move
        bed.provisioning().topology().write(new Topology("chain"));
        bed.probe().awaitUnknown(Vm.VM1);
        bed.provisioning().topology().write(chain(""));
        bed.probe().awaitDecisions("nve1");
    }

    /** The chain, where one of its State Hosts is said to keep no state. */
    private static Topology chain(final String stateless) {
        final var topology = new Topology("chain").edge("nve1").edge("nve2").edge("nve3").stateHost("fwa", "firewall")
            .stateHost("fwb", "firewall").link("nve1", "fwa").link("fwa", "nata")
            .link("nata", "nve3").link("nve2", "fwb").link("fwb", "natb").link("natb", "nve3")
            .vm(Vm.VM1, "nve1").vm(Vm.VM2, "nve1").vm(Vm.VM3, "nve3");
        for (var nat : List.of("nata", "natb")) {
            if (nat.equals(stateless)) {
                topology.node(Map.of("node-id", nat));
            } else {
                topology.stateHost(nat, "nat");
            }
        }
        return topology;
    }

    @Test
    void translatedConnectionsSurviveTheMoveOfBothHosts() throws IOException, InterruptedException {
        final var rules = ChainChecks.rules(lab);
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD);
                var bystander = TrafficProcess.client(lab.place("vm2"), new Load(2, 0, 1, true, false))) {
            established();
            client.awaitFlowing();
            assertEquals(AT_A, flows());
            final var ports = publicPorts("nata");
            for (int round = 0; round < ROUNDS; round++) {
                ChainChecks.assertCompleted(move(2), Set.of("fwa>fwb", "nata>natb"), FLOWS);
                client.awaitFlowing();
                assertEquals(AT_B, flows());
                assertEquals(ports, publicPorts("natb"), "what VM3 sees");
                assertTrue(client.check().isSound());
                ChainChecks.assertCompleted(move(1), Set.of("fwb>fwa", "natb>nata"), FLOWS);
                client.awaitFlowing();
                assertEquals(AT_A, flows());
                final var report = client.check();
                assertTrue(report.isSound(), report::toString);
                assertEquals(rules, ChainChecks.rules(lab), "no hold is left");
            }
            assertTrue(bystander.check().isSound());
            assertTrue(server.status().isSound());
            Console.onConsole().say("%d moves over two State Hosts; %d connections opened; lost: 0".formatted(
                2 * ROUNDS, FLOWS + 3));
        }
    }

    @Test
    void allGoesBackIfOneOfTheHostsCannotTakeAFlow() throws IOException, InterruptedException {
        final var rules = ChainChecks.rules(lab);
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            established();
            final int port = PinholeTable.of(lab.place("nata"), Vm.VM1).getFirst().flow().sourcePort();
            final int service = PinholeTable.of(lab.place("nata"), Vm.VM1).getFirst().flow().destinationPort();
            // Somebody else has this port of the public address there, towards the same service
            lab.place("natb").run("conntrack", "-I", "-p", "tcp", "-s", Vm.VM2.ipv4(), "-d", Vm.VM3.ipv4(), "--sport",
                String.valueOf(port), "--dport", String.valueOf(service), "--state", "ESTABLISHED", "-t", "600", "-u",
                "ASSURED,SEEN_REPLY", "--src-nat", Chain.PUBLIC + ":" + port);
            final var failed = move(2);
            assertEquals("failed", failed.phase(), () -> failed.json().toString());
            assertTrue(failed.json().toString().contains("flows-refused"), () -> failed.json().toString());
            assertEquals(AT_A, flows());
            assertEquals(rules, ChainChecks.rules(lab), "no hold is left");
            assertEquals(1, PinholeTable.of(lab.place("natb"), Vm.VM2).size(), "the other one's flow");

            lab.place("natb").run("conntrack", "-D", "-s", Vm.VM2.ipv4());
            final var watch = MigrationWatch.begin(bed.provisioning());
            bed.controller().restconf().invoke("statemigration-master:retry-migration",
                Map.of("migration-id", failed.id()));
            ChainChecks.assertCompleted(watch.ended("vm1", "fwa", "fwb"), Set.of("fwa>fwb", "nata>natb"), FLOWS);
            assertEquals(AT_B, flows());
            client.awaitFlowing();
            final var report = client.check();
            assertTrue(report.isSound(), report::toString);
            assertTrue(server.status().isSound());
        }
    }

    @ParameterizedTest
    @CsvSource({"natb, nata, left", "nata, natb, entered"})
    void functionWithoutACounterpartIsReportedBeforeAnythingIsTouched(final String stateless, final String alone,
            final String side) throws IOException, InterruptedException {
        bed.provisioning().topology().write(chain(stateless));
        bed.probe().awaitDecisions("nve1");
        final var rules = ChainChecks.rules(lab);
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            established();
            final var watch = MigrationWatch.begin(bed.provisioning());
            bed.provisioning().topology().moved(Vm.VM1, "nve2");
            Await.until("the change is refused", () -> !bed.provisioning().view().refusedChanges().isEmpty());
            final var refused = String.join("; ", bed.provisioning().view().refusedChanges());
            assertTrue(refused.contains("function nat of State Host " + alone), refused);
            assertEquals(List.of(), watch.begun());
            assertEquals(AT_A, flows());
            assertEquals(rules, ChainChecks.rules(lab));

            // The way back is decided about while policy still refuses: nothing begins
            bed.provisioning().topology().moved(Vm.VM1, "nve1");
            bed.probe().awaitDecisions("nve1");
            assertEquals(List.of(), watch.begun());
            unmatchedFunction("go-ahead");
            bed.provisioning().topology().moved(Vm.VM1, "nve2");
            final var migration = watch.ended("vm1", "fwa", "fwb");
            ChainChecks.assertCompleted(migration, Set.of("fwa>fwb"), FLOWS);
            final var unmatched = migration.json().getAsJsonArray("unmatched").toString();
            assertTrue(unmatched.contains(alone) && unmatched.contains(side), () -> migration.json().toString());
            assertEquals(Map.of("fwa", 0, "nata", FLOWS, "fwb", FLOWS, "natb", 0), flows());
            bed.provisioning().topology().moved(Vm.VM1, "nve1");
            ChainChecks.assertCompleted(watch.ended("vm1", "fwb", "fwa"), Set.of("fwb>fwa"), FLOWS);
            assertEquals(AT_A, flows());
        } finally {
            unmatchedFunction("refuse");
        }
    }

    private static void unmatchedFunction(final String policy) throws IOException, InterruptedException {
        bed.provisioning().policy().leaf("unmatched-function", policy);
        bed.probe().awaitPolicy();
    }

    private static void established() throws IOException, InterruptedException {
        for (var host : List.of("fwa", "nata")) {
            PinholeTable.awaitEstablished(lab.place(host), Vm.VM1, FLOWS);
        }
    }

    private static MigrationView move(final int number) throws IOException, InterruptedException {
        final var watch = MigrationWatch.begin(bed.provisioning());
        lab.move(number);
        bed.provisioning().topology().moved(Vm.VM1, "nve" + number);
        return number == 2 ? watch.ended("vm1", "fwa", "fwb") : watch.ended("vm1", "fwb", "fwa");
    }

    private static Map<String, Integer> flows() throws IOException {
        final var found = new TreeMap<String, Integer>();
        for (var host : lab.hosts()) {
            found.put(host, PinholeTable.of(lab.place(host), Vm.VM1).size());
        }
        return found;
    }

    /** The kernel's tool shows the reply direction of each of VM1's flows: where it goes is what VM3 answers to. */
    private static Set<String> publicPorts(final String host) throws IOException {
        return lab.place(host).run("conntrack", "-L", "-p", "tcp", "-s", Vm.VM1.ipv4()).lines()
            .map(line -> line.substring(line.indexOf("src=" + Vm.VM3.ipv4())).replaceAll(".*dst=(\\S+) sport=\\S+ "
                + "dport=(\\S+).*", "$1:$2")).collect(Collectors.toSet());
    }
}
