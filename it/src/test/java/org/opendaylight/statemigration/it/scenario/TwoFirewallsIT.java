// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.agents.AgentProcess;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.Topology;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.judge.PinholeTable;
import org.opendaylight.statemigration.lab.network.Chain;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/** Several State Hosts of one function on a path: they are matched as they are passed, whatever their names. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class TwoFirewallsIT {
    private static final Load LOAD = new Load(10, 1, 1, true, false);
    private static final int FLOWS = LOAD.connections();
    private static final int ROUNDS = 3;
    private static final List<String> FIRST = List.of("fwa", "fwb");
    private static final List<String> SECOND = List.of("fwd", "fwc");

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    private static Chain lab;
    private static TestBed bed;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        lab = SHARED.own(Chain.twoFirewalls(SHARED.management()));
        bed = SHARED.bed();
        bed.join(lab.hosts().stream()
            .map(host -> new AgentProcess.Settings(host, lab.place(host), AgentProcess.Backend.LINUX)).toList());
        final var topology = new Topology("chain").edge("nve1").edge("nve2").edge("nve3")
            .vm(Vm.VM1, "nve1").vm(Vm.VM2, "nve1").vm(Vm.VM3, "nve3");
        lab.hosts().forEach(host -> topology.stateHost(host, "firewall"));
        bed.provisioning().topology().write(topology.link("nve1", "fwa").link("fwa", "fwb").link("fwb", "nve3")
            .link("nve2", "fwd").link("fwd", "fwc").link("fwc", "nve3"));
        bed.probe().awaitDecisions("nve1");
    }

    @Test
    void connectionsSurviveTheMoveOfBothFirewalls() throws IOException, InterruptedException {
        final var rules = ChainChecks.rules(lab);
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD);
                var bystander = TrafficProcess.client(lab.place("vm2"), new Load(2, 0, 1, true, false))) {
            for (var host : FIRST) {
                PinholeTable.awaitEstablished(lab.place(host), Vm.VM1, FLOWS);
            }
            client.awaitFlowing();
            final var flows = flows("fwa");
            final var others = flows("fwa", Vm.VM2);
            assertEquals(FLOWS, flows.size());
            assertTables(flows, FIRST, SECOND);
            for (int round = 0; round < ROUNDS; round++) {
                ChainChecks.assertCompleted(move(2), Set.of("fwa>fwd", "fwb>fwc"), FLOWS);
                assertSound(client);
                assertTables(flows, SECOND, FIRST);
                assertEquals(rules, ChainChecks.rules(lab), "no hold is left");
                ChainChecks.assertCompleted(move(1), Set.of("fwd>fwa", "fwc>fwb"), FLOWS);
                assertSound(client);
                assertTables(flows, FIRST, SECOND);
                assertEquals(rules, ChainChecks.rules(lab), "no hold is left");
            }
            for (var host : FIRST) {
                assertEquals(others, flows(host, Vm.VM2), host);
            }
            assertTrue(bystander.check().isSound());
            assertTrue(server.status().isSound());
            Console.onConsole().say("%d moves over two firewalls in a row; %d connections opened; lost: 0".formatted(
                2 * ROUNDS, FLOWS + 3));
        }
    }

    private static MigrationView move(final int number) throws IOException, InterruptedException {
        final var watch = MigrationWatch.begin(bed.provisioning());
        lab.move(number);
        bed.provisioning().topology().moved(Vm.VM1, "nve" + number);
        return number == 2 ? watch.ended("vm1", "fwa", "fwd") : watch.ended("vm1", "fwd", "fwa");
    }

    private static void assertSound(final TrafficProcess client) throws IOException, InterruptedException {
        client.awaitFlowing();
        final var report = client.check();
        assertTrue(report.isSound(), report::toString);
    }

    private static void assertTables(final Set<String> flows, final List<String> there, final List<String> elsewhere)
            throws IOException {
        for (var host : there) {
            assertEquals(flows, flows(host), host);
        }
        for (var host : elsewhere) {
            assertEquals(Set.of(), flows(host), host);
        }
    }

    private static Set<String> flows(final String host) throws IOException {
        return flows(host, Vm.VM1);
    }

    /** Window scales are as each end has offered them, so all firewalls on a path have the same. */
    private static Set<String> flows(final String host, final Vm vm) throws IOException {
        return PinholeTable.of(lab.place(host), vm).stream()
            .map(pinhole -> pinhole.flow() + " " + pinhole.tcp().state() + " " + pinhole.scales())
            .collect(Collectors.toCollection(TreeSet::new));
    }
}
