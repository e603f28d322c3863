// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.Topology;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.ProcessFootprint;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.judge.Pinhole;
import org.opendaylight.statemigration.lab.judge.PinholeTable;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/**
 * Scenario 2 of the draft (section 3.2): the path through FW1 breaks, packets go through NVE2 and FW2, and nothing but
 * the topology tells the controller. No VM moves.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class Scenario2IT {
    private static final Load LOAD = new Load(10, 1, 1, true, true);
    private static final Load NEIGHBOUR = new Load(2, 0, 1, true, true);
    private static final Load BYSTANDER = new Load(3, 0, 1, true, true);
    /** The firewall drops all packets, so it does not matter how long is waited. */
    private static final int LOST_MILLIS = 5_000;
    private static final int ROUNDS = 3;
    /** The test breaks the same link again and again: that is no flapping. */
    private static final Map<String, ?> UNDAMPED = damping(Map.of("enabled", false));
    private static final int FLAPS = 5;
    /** A link breaks so often until it is suppressed: each break costs 1,000. */
    private static final int BREAKS = 3;
    /** Penalties do not decay while the test runs, however long it takes. */
    private static final Map<String, ?> REMEMBERING = damping(Map.of("half-life", 3_600_000, "suppress", 2_500,
        "reuse", 1_000, "max-suppress-time", 7_200_000));
    /** A suppressed link counts again after six seconds without a change. */
    private static final Map<String, ?> FORGETTING = damping(Map.of("half-life", 3_000, "suppress", 2_500,
        "reuse", 1_000, "max-suppress-time", 6_000));

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    private static Figure1 lab;
    private static TestBed bed;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        lab = SHARED.own(Figure1.extended(SHARED.management()));
        bed = SHARED.bed();
        bed.serve(lab);
    }

    @BeforeEach
    void beginAnew() throws IOException, InterruptedException {
        lab.forgetFlows();
        bed.provisioning().policy().timers(UNDAMPED);
        bed.probe().awaitPolicy();
    }

    @AfterEach
    void mendAll() throws IOException, InterruptedException {
        lab.laboratory().restoreLink("fw1", "south");
        lab.laboratory().restoreLink("fw1", "north");
        lab.endDetour();
        final var watch = MigrationWatch.begin(bed.provisioning());
        bed.provisioning().topology().write(Topology.extendedFigure1(Site.ONE));
        // Whatever that sets off is over when the next test begins
        bed.probe().awaitDecisions("nve1");
        watch.await("to end", migrations -> migrations.stream().allMatch(MigrationView::hasEnded));
    }

    /** What happens to a network, or is told to the controller. */
    @FunctionalInterface
    private interface Action {
        void run() throws IOException, InterruptedException;
    }

    @Test
    void withoutMigrationTheDetourSavesNoConnection() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            lab.laboratory().cutLink("fw1", "north");
            lab.detour();
            final var early = client.awaitSilence();
            final var late = client.check(LOST_MILLIS);
            assertEquals(2 * LOAD.idle(), late.lost(), "idle connections that do not answer");
            assertEquals(early.answers(), late.answers(), "requests that are answered");
            assertEquals(early.bulkBytes(), late.bulkBytes(), "bytes that arrive");
            assertEquals(List.of(), PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1));
        }
    }

    @Test
    void flowsFollowWhenALinkIsReportedDown() throws IOException, InterruptedException {
        thereAndBack(() -> bed.provisioning().topology().link("nve1", "fw1", false),
            () -> bed.provisioning().topology().link("nve1", "fw1", true), "north");
    }

    @Test
    void flowsFollowWhenALinkIsTakenAway() throws IOException, InterruptedException {
        thereAndBack(() -> bed.provisioning().topology().removeLink("nve1", "fw1"),
            () -> bed.provisioning().topology().addLink("nve1", "fw1"), "north");
    }

    @Test
    void flowsFollowWhenTheNodeIsGoneAndItsAgentStillAnswers() throws IOException, InterruptedException {
        thereAndBack(() -> bed.provisioning().topology().removeNode("fw1"),
            () -> bed.provisioning().topology().addStateHost("fw1", "firewall"), "south");
    }

    @Test
    void flappingLinkIsLeftAloneUntilItIsStable() throws IOException, InterruptedException {
        bed.provisioning().policy().timers(REMEMBERING);
        bed.probe().awaitPolicy();
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            PinholeTable.awaitEstablished(lab.firewall(Site.ONE), Vm.VM1, LOAD.connections());
            final var watch = MigrationWatch.begin(bed.provisioning());
            for (int i = 0; i < BREAKS; i++) {
                if (i > 0) {
                    lab.laboratory().restoreLink("fw1", "north");
                    lab.endDetour();
                    report(true);
                }
                lab.laboratory().cutLink("fw1", "north");
                lab.detour();
                report(false);
            }
            Await.until("the link is suppressed", () -> !suppressed().isEmpty());
            Await.until("all migrations have ended, and all flows are at FW2", () ->
                watch.begun().stream().allMatch(MigrationView::hasEnded)
                    && entries(Site.TWO, Vm.VM1).size() == LOAD.connections(), () -> watch.begun().toString());
            final int migrations = watch.begun().size();

            // The network stays with the detour, too, as routers do that damp a route
            for (int i = 0; i < FLAPS; i++) {
                report(true);
                report(false);
            }
            final var back = MigrationWatch.begin(bed.provisioning());
            report(true);
            client.awaitFlowing();
            assertTrue(client.check().isSound(), "while the link is suppressed");
            assertTrue(!suppressed().isEmpty(), "the link is suppressed");
            assertEquals(migrations, watch.begun().size(), "no more migrations while the link is suppressed");

            bed.provisioning().policy().timers(FORGETTING);
            bed.probe().awaitPolicy();
            // With this the penalty is looked at anew, and later on when it has decayed
            bed.probe().awaitDecisions("nve1");
            assertCompleted(back.moved("fw2", "fw1", LOAD.connections()));
            lab.laboratory().restoreLink("fw1", "north");
            lab.endDetour();
            Await.until("the link is not suppressed", () -> suppressed().isEmpty());
            client.awaitFlowing();
            assertTrue(client.check().isSound(), "after all");
            Console.onConsole().say("%d breaks until suppressed, %d migrations; %d flaps without one".formatted(BREAKS,
                migrations, FLAPS));
        }
    }

    /** Tell the controller whether the link to FW1 is up, and wait until it has decided about that. */
    private static void report(final boolean up) throws IOException, InterruptedException {
        bed.provisioning().topology().link("nve1", "fw1", up);
        bed.probe().awaitDecisions("nve1");
    }

    private static Map<String, ?> damping(final Map<String, ?> parameters) {
        // The name on the wire
        return Map.of("settle", 0, "dampening", parameters);
    }

    /** {@return links that the controller shows as suppressed} */
    private static List<String> suppressed() throws IOException {
        return bed.provisioning().view().list("suppressed-link").stream()
            .map(link -> link.get("link-id").getAsString()).toList();
    }

    @Test
    void onlyFlowsMoveWhoseStateHostChanges() throws IOException, InterruptedException {
        bed.provisioning().topology().write(Topology.extendedFigure1(Site.ONE).withPeerBehindFw1());
        try (var server = TrafficProcess.server(lab.place("vm3")); var peer = TrafficProcess.server(lab.place("vm4"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD);
                var steady = TrafficProcess.client(lab.place("vm1"), BYSTANDER, Vm.VM4)) {
            PinholeTable.awaitEstablished(lab.firewall(Site.ONE), Vm.VM4, BYSTANDER.connections());
            client.awaitFlowing();
            steady.awaitFlowing();
            final var unmoved = entries(Site.ONE, Vm.VM4);
            assertEquals(BYSTANDER.connections(), unmoved.size());
            final var watch = MigrationWatch.begin(bed.provisioning());
            client.reset();
            steady.reset();
            lab.laboratory().cutLink("fw1", "south");
            lab.detour();
            bed.provisioning().topology().link("fw1", "nve3", false);
            assertCompleted(watch.moved("fw1", "fw2", LOAD.connections()));
            client.awaitFlowing();
            steady.awaitFlowing();
            assertTrue(client.check().isSound());
            assertTrue(steady.check().isSound());
            assertEquals(unmoved, entries(Site.ONE, Vm.VM4), "flows with VM4 at FW1");
            assertEquals(unmoved.keySet(), entries(Site.ONE, Vm.VM1).keySet(), "all that VM1 has at FW1");
            assertEquals(LOAD.connections(), entries(Site.TWO, Vm.VM1).size());
            assertTrue(steady.status().blackoutMillis() < client.status().blackoutMillis(),
                "The flows that stayed were not held");
        }
    }

    /** Break and mend the path several times, with traffic of three VMs. */
    private void thereAndBack(final Action broken, final Action mended, final String port)
            throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD);
                var neighbour = TrafficProcess.client(lab.place("vm2"), NEIGHBOUR);
                var bystander = TrafficProcess.client(lab.place("vm5"), BYSTANDER)) {
            PinholeTable.awaitEstablished(lab.firewall(Site.ONE), Vm.VM1, LOAD.connections());
            PinholeTable.awaitEstablished(lab.firewall(Site.ONE), Vm.VM2, NEIGHBOUR.connections());
            PinholeTable.awaitEstablished(lab.firewall(Site.TWO), Vm.VM5, BYSTANDER.connections());
            final var untouched = entries(Site.TWO, Vm.VM5);
            assertEquals(BYSTANDER.connections(), untouched.size());
            for (int round = 0; round < ROUNDS; round++) {
                final var answers = client.status().answers();
                change(Site.ONE, Site.TWO, () -> {
                    lab.laboratory().cutLink("fw1", port);
                    lab.detour();
                    broken.run();
                });
                client.awaitFlowing();
                assertTrue(client.check().isSound(), "after the path broke");
                assertTrue(client.status().answers() > answers, "requests are answered again");
                change(Site.TWO, Site.ONE, () -> {
                    lab.laboratory().restoreLink("fw1", port);
                    lab.endDetour();
                    mended.run();
                });
                for (var each : List.of(client, neighbour, bystander)) {
                    each.awaitFlowing();
                    final var report = each.check();
                    assertTrue(report.isSound(), report::toString);
                }
                assertEquals(untouched, entries(Site.TWO, Vm.VM5), "the bystander's flows at FW2");
            }
            assertTrue(server.status().isSound());
            Console.onConsole().say("%d changes of path; %d connections opened; lost: 0".formatted(2 * ROUNDS,
                LOAD.connections() + NEIGHBOUR.connections() + BYSTANDER.connections()));
        }
    }

    private static void change(final Site from, final Site to, final Action action)
            throws IOException, InterruptedException {
        final var rules = ProcessFootprint.rules(lab.firewall(to));
        final var watch = MigrationWatch.begin(bed.provisioning());
        action.run();
        assertCompleted(watch.moved(from.firewall(), to.firewall(),
            LOAD.connections() + NEIGHBOUR.connections()));
        assertEquals(LOAD.connections(), entries(to, Vm.VM1).size());
        assertEquals(NEIGHBOUR.connections(), entries(to, Vm.VM2).size());
        assertEquals(Map.of(), entries(from, Vm.VM1));
        assertEquals(Map.of(), entries(from, Vm.VM2));
        assertEquals(rules, ProcessFootprint.rules(lab.firewall(to)), "no hold is left");
    }

    private static void assertCompleted(final List<MigrationView> migrations) {
        migrations.forEach(migration -> assertEquals("completed", migration.phase(),
            () -> migration.json().toString()));
    }

    private static Map<Pinhole.FlowId, Long> entries(final Site site, final Vm vm) throws IOException {
        return PinholeTable.of(lab.firewall(site), vm).stream()
            .collect(Collectors.toMap(Pinhole::flow, Pinhole::identity));
    }
}
