// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.judge.Pinhole;
import org.opendaylight.statemigration.lab.judge.PinholeTable;
import org.opendaylight.statemigration.lab.judge.TableInspector;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/** Scenario 1 of the draft with the real controller, real agents and the kernel's own firewalls. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class Scenario1IT {
    private static final Load LOAD = new Load(10, 1, 1, true, true);
    /** The firewall drops all packets, so it does not matter how long is waited. */
    private static final int LOST_MILLIS = 3_000;

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    private static Figure1 lab;
    private static TestBed bed;
    private static Scenario1 scenario;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        lab = SHARED.own(Figure1.build(SHARED.management()));
        bed = SHARED.bed();
        bed.serve(lab);
        scenario = new Scenario1(lab, bed.provisioning());
    }

    @AfterEach
    void bringVm1Home() throws IOException, InterruptedException {
        // All connections of the test are closed by now; what is left of them must not reach the next one
        if (lab.site() != Site.ONE) {
            scenario.move(Site.ONE);
        }
        lab.forgetFlows();
    }

    @Test
    void withoutMigrationNoConnectionSurvives() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            client.awaitFlowing();
            assertTrue(client.check().isSound());
            lab.move(Site.TWO);
            final var early = client.awaitSilence();
            final var late = client.check(LOST_MILLIS);
            final int idle = 2 * LOAD.idle();
            assertEquals(idle, late.lost(), "idle connections that do not answer");
            assertEquals(early.bulkBytes(), late.bulkBytes(), "bytes that arrive");
            assertEquals(early.answers(), late.answers(), "requests that are answered");
            assertEquals(List.of(), PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1));
            assertEquals(0, server.status().corrupt());
            // Nobody told the controller, so nobody brings VM1 home
            lab.move(Site.ONE);
        }
    }

    @Test
    void everyConnectionSurvivesThereAndBack() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = scenario.connect("vm1", LOAD);
                var bystander = scenario.connect("vm2", new Load(3, 1, 1, true, true))) {
            for (var to : List.of(Site.TWO, Site.ONE, Site.TWO)) {
                PinholeTable.awaitEstablished(lab.firewall(lab.site()), Vm.VM1, LOAD.connections());
                final var before = client.awaitFlowing();
                final var inspection = TableInspector.before(lab);
                assertEquals(LOAD.connections(), inspection.flows());
                final var move = scenario.move(to);
                client.awaitFlowing();
                final var after = client.check();
                assertEquals("completed", move.migration().phase(), () -> move.migration().json().toString());
                assertTrue(after.isSound(), after::toString);
                assertTrue(after.bulkBytes() > before.bulkBytes(), "bulk data flows again");
                assertTrue(after.answers() > before.answers(), "requests are answered again");
                assertEquals(List.of(), inspection.problems());
                inspection.awaitStrict(client, LOAD.connections() - 2 * LOAD.bulk());
                final var leg = move.migration().legs().getFirst();
                assertEquals(LOAD.connections(), leg.flows("verified"));
                assertEquals(LOAD.connections(), leg.flows("released"));
            }
            assertTrue(bystander.check().isSound());
            assertTrue(server.status().isSound());
        }
    }

    @Test
    void newConnectionsArePermittedAsBeforeAtTheNewPlace() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"))) {
            scenario.move(Site.TWO);
            try (var client = scenario.connect("vm1", new Load(1, 0, 0, true, true))) {
                assertTrue(client.check().isSound());
                assertEquals(2, PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1).stream()
                    .filter(pinhole -> !pinhole.isLiberal()).map(Pinhole::flow).distinct().count());
            }
            assertTrue(server.status().corrupt() == 0);
        }
    }
}
