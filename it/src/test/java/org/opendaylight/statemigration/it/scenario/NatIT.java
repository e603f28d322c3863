// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.it.agents.AgentProcess;
import org.opendaylight.statemigration.it.controller.Topology;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.FirewallRules;
import org.opendaylight.statemigration.lab.network.NatRules;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;
import org.opendaylight.statemigration.lab.traffic.TrafficReport;

/**
 * Scenario 1 with firewalls that translate. Only FW1 has rules of translation, and once connections are open nothing
 * begins: what passes is what was handed over, with its very address and port.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NatIT {
    private static final Vm PUBLIC = new Vm("public", "198.51.100.7", "2001:db8:7::7");
    private static final Load LOAD = new Load(6, 1, 3, true, false).withDatagrams(4);
    private static final int UDP_FLOWS = 4;

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    private static Figure1 lab;
    private static TestBed bed;
    private static Scenario1 scenario;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        lab = SHARED.own(Figure1.build(SHARED.management()));
        bed = SHARED.bed();
        bed.provisioning().topology().write(Topology.figure1(Site.ONE));
        bed.join(lab.sites().stream().map(site ->
            new AgentProcess.Settings(site.firewall(), lab.firewall(site), AgentProcess.Backend.LINUX)
                .withMore("nat-pools = [\"198.51.100.0/24\", \"2001:db8:7::/64\"]")).toList());
        scenario = new Scenario1(lab, bed.provisioning());
    }

    @BeforeEach
    void translate() throws IOException {
        lab.firewall(Site.ONE).rules("""
            table inet rules
            delete table inet rules
            table inet rules {
              chain forward {
                type filter hook forward priority filter; policy drop;
                ct state established,related accept
                iifname "north" ct state new accept
                iifname "south" ct state new ct status dnat accept
              }
            }
            """);
        lab.firewall(Site.TWO).rules(FirewallRules.CLOSED.script());
        publicAddressAt(Site.ONE);
    }

    @AfterEach
    void bringVm1Home() throws IOException, InterruptedException {
        if (lab.site() != Site.ONE) {
            move(Site.ONE);
        }
        lab.forgetFlows();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void translatedConnectionsSurviveThereAndBack(final boolean vmOpens) throws IOException, InterruptedException {
        rules(vmOpens);
        try (var server = TrafficProcess.server(lab.place(vmOpens ? "vm3" : "vm1"));
                var client = TrafficProcess.client(lab.place(vmOpens ? "vm1" : "vm3"), LOAD,
                    vmOpens ? Vm.VM3 : PUBLIC)) {
            // From now on nothing begins anywhere, so that packets which are faster than their state leave no trace
            lab.policy(FirewallRules.CLOSED);
            for (var to : List.of(Site.TWO, Site.ONE, Site.TWO, Site.ONE)) {
                client.awaitFlowing();
                final var before = client.reset();
                final var table = lab.firewall(lab.site()).run("conntrack", "-L").lines()
                    .filter(line -> line.contains(Vm.VM1.ipv4())).toList();
                assertEquals(LOAD.connections() + UDP_FLOWS, table.size(), () -> String.join("\n", table));
                final var moved = move(to);
                client.awaitFlowing();
                Await.until("datagrams come again", () -> arrived(client.status()) > arrived(before) + UDP_FLOWS);
                final var after = client.check();
                assertEquals("completed", moved.migration().phase(), () -> moved.migration().json().toString());
                assertTrue(after.isSound(), after::toString);
                assertEquals(LOAD.connections(), after.connections());
                assertTrue(after.bulkBytes() > before.bulkBytes(), "bulk data flows again");
                assertTrue(after.answers() > before.answers(), "requests are answered again");
                assertEquals(0, after.datagrams().rebinds(), "a public port has changed");
                assertEquals(LOAD.connections() + UDP_FLOWS, moved.migration().legs().getFirst().flows("verified"));
                Console.onConsole().say("%s to %s: %d TCP connections, %d lost; %d UDP flows, %d of %d datagrams lost; "
                    .formatted(vmOpens ? "SNAT" : "DNAT", to.firewall(), after.connections(), after.lost(), UDP_FLOWS,
                        after.datagrams().lost(), after.datagrams().sent()) + Math.round(after.blackoutMillis())
                    + " ms without answer");
            }
            assertTrue(server.status().isSound());
        }
    }

    @Test
    void takenPublicPortFailsTheMoveAndLeavesTheFlowsAtTheSource() throws IOException, InterruptedException {
        rules(true);
        final var load = new Load(1, 0, 0, true, false);
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), load)) {
            final var port = lab.firewall(Site.ONE).run("conntrack", "-L", "-p", "tcp", "-s", Vm.VM1.ipv4())
                .replaceFirst("(?s)^.*dst=198\\.51\\.100\\.7 sport=\\d+ dport=(\\d+).*$", "$1");
            // Another VM's connection to the same peer has the public port already
            lab.firewall(Site.TWO).run("conntrack", "-I", "-p", "tcp", "-s", "10.1.1.99", "-d", Vm.VM3.ipv4(),
                "--sport", "777", "--dport", "5001", "-t", "300", "--state", "ESTABLISHED", "-u", "SEEN_REPLY,ASSURED",
                "-r", Vm.VM3.ipv4(), "-q", PUBLIC.ipv4(), "--reply-port-src", "5001", "--reply-port-dst", port);
            final var moved = move(Site.TWO);
            assertEquals("failed", moved.migration().phase(), () -> moved.migration().json().toString());
            assertTrue(moved.migration().json().toString().contains("10.1.1.99:777 -> 10.3.3.10:5001"),
                () -> moved.migration().json().toString());
            assertTrue(lab.firewall(Site.ONE).run("conntrack", "-L", "-p", "tcp", "-s", Vm.VM1.ipv4())
                .contains("dport=" + port), "the flow is at the source");
            move(Site.ONE);
            assertTrue(client.check().isSound());
            assertTrue(server.status().isSound());
        }
    }

    private static long arrived(final TrafficReport report) {
        return report.datagrams().sent() - report.datagrams().lost();
    }

    private static void rules(final boolean vmOpens) throws IOException {
        lab.firewall(Site.ONE).rules((vmOpens ? new NatRules().source("10.1.1.0/24", "south", PUBLIC.ipv4())
            : new NatRules().destination(PUBLIC.ipv4(), 5001, Vm.VM1.ipv4(), 5001)
                .destination(PUBLIC.ipv4(), 5002, Vm.VM1.ipv4(), 5002)).script());
    }

    /** The public address moves with the VM, as a controller of networks would have it. */
    private static MoveResult move(final Site to) throws IOException, InterruptedException {
        publicAddressAt(to);
        return scenario.move(to);
    }

    private static void publicAddressAt(final Site site) throws IOException {
        lab.place("nve3").ip("route replace %s/32 via 10.2%d.0.2\n".formatted(PUBLIC.ipv4(), site.number()));
    }
}
