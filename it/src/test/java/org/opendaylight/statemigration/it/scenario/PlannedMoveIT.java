package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.lab.Figure1;
import org.opendaylight.statemigration.it.lab.PinholeTable;
import org.opendaylight.statemigration.it.lab.Site;
import org.opendaylight.statemigration.it.lab.Vm;
import org.opendaylight.statemigration.it.traffic.Load;
import org.opendaylight.statemigration.it.traffic.TrafficProcess;

/**
 * Announced moves with the real controller, real agents and the kernel's own firewalls, while new connections come and
 * go. The property {@code statemigration.planned.runs} says how many moves there are.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PlannedMoveIT {
    private static final int RUNS = Integer.getInteger("statemigration.planned.runs", 3);
    private static final int PER_SECOND = 200;
    private static final Load LOAD = new Load(10, 1, 1, true, false).withChurn(PER_SECOND);
    private static final long CALM_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 3_000;

    private static Figure1 lab;
    private static TestBed bed;
    private static PlannedMove scenario;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Requirements.missing().ifPresent(missing -> Assumptions.abort("Skipped. " + missing));
        lab = Figure1.build();
        bed = TestBed.in(lab, Installation.find(), Account.onConsole());
        scenario = new PlannedMove(lab, bed.provisioning());
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            bed.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @AfterEach
    void bringVm1Home() throws IOException, InterruptedException {
        if (lab.site() != Site.ONE) {
            new Scenario1(lab, bed.provisioning()).move(Site.ONE);
        }
        lab.forgetFlows();
    }

    @Test
    void noConnectionFailsHoweverManyAreOpened() throws IOException, InterruptedException {
        for (int run = 0; run < RUNS; run++) {
            final var to = lab.site().other();
            lab.forgetFlows();
            try (var server = TrafficProcess.server(lab.place("vm3"));
                    var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
                Thread.sleep(CALM_MILLIS);
                final var id = scenario.announce(to);
                Thread.sleep(CALM_MILLIS);
                client.reset();
                final var ended = scenario.move(to, id);
                Thread.sleep(CALM_MILLIS);
                final var blackout = client.status().blackoutMillis();
                final var after = client.finish();
                assertEquals("completed", ended.phase(), () -> ended.json().toString());
                assertEquals(0, after.churn().failed(), () -> after.toString() + ended.json());
                assertTrue(after.churn().opened() >= 800, after::toString);
                assertTrue(client.check(ANSWER_MILLIS).isSound(), after::toString);
                assertTrue(server.status().isSound());
                final var leg = ended.legs().getFirst();
                assertTrue(leg.rounds("updated") >= PER_SECOND, () -> ended.json().toString());
                assertTrue(leg.rounds("ended") > 0, () -> ended.json().toString());
                assertEquals(leg.flows("total"), leg.flows("accepted"), () -> ended.json().toString());
                assertEquals(List.of(), PinholeTable.of(lab.firewall(to.other()), Vm.VM1));
                Account.onConsole().say("Run " + (run + 1) + ": " + after.churn().opened()
                    + " connections opened, 0 failed; switch to commit " + ended.switchover().orElseThrow()
                    + " ms, longest silence " + blackout + " ms; " + ended.json());
            }
        }
    }

    @Test
    void calledOffItLeavesNothingBehind() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            final var id = scenario.announce(Site.TWO);
            Thread.sleep(CALM_MILLIS);
            assertTrue(!PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1).isEmpty(), "there is a copy");
            bed.provisioning().cancel(id);
            assertEquals("cancelled", scenario.await(id, MigrationView::hasEnded).phase());
            assertEquals(List.of(), PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1));
            final var after = client.finish();
            assertEquals(0, after.churn().failed(), after::toString);
            assertTrue(client.check(ANSWER_MILLIS).isSound());
            assertTrue(server.status().isSound());
        }
    }

    @Test
    void theSwitchMayBeNotifiedOverRestconfToo() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            Thread.sleep(CALM_MILLIS);
            final var id = scenario.announce(Site.TWO);
            lab.move(Site.TWO);
            assertEquals(id, bed.provisioning().notifyMoved(Site.TWO));
            final var ended = scenario.await(id, MigrationView::hasEnded);
            assertEquals("completed", ended.phase(), () -> ended.json().toString());
            // The topology tells the same later: there is nothing left to move
            bed.provisioning().moved(Site.TWO);
            Thread.sleep(CALM_MILLIS);
            final var after = client.finish();
            assertEquals(0, after.churn().failed(), after::toString);
            assertTrue(client.check(ANSWER_MILLIS).isSound());
            assertTrue(server.status().isSound());
        }
    }
}
