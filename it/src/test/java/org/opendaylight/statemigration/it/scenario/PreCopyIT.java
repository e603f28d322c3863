// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.testbed.Console;
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
import org.opendaylight.statemigration.lab.traffic.TrafficReport;

/**
 * Announced moves with the real controller, real agents and the kernel's own firewalls, while new connections come and
 * go. The property {@code statemigration.precopy.runs} says how many moves there are.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PreCopyIT {
    private static final int RUNS = Integer.getInteger("statemigration.precopy.runs", 1);
    private static final int PER_SECOND = 200;
    private static final int OPENED = 800;
    private static final Load LOAD = new Load(10, 1, 1, true, false).withChurn(PER_SECOND);
    /** Connections that are opened before and after each step. */
    private static final int CALM = OPENED / 2;
    /** Number of this state in the kernel. */
    private static final int TIME_WAIT = 7;

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    private static Figure1 lab;
    private static TestBed bed;
    private static PreCopyMove scenario;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        lab = SHARED.own(Figure1.extended(SHARED.management()));
        bed = SHARED.bed();
        bed.serve(lab);
        for (var site : lab.sites()) {
            // The kernel's two minutes are longer than a test. Nobody but the kernel may end entries: a connection that
            // is opened anew has the tuple, and even the identity, of the one before it
            lab.firewall(site).sysctl("netfilter/nf_conntrack_tcp_timeout_time_wait", "5");
        }
        scenario = new PreCopyMove(lab, bed.provisioning());
    }

    @AfterEach
    void bringVm1Home() throws IOException, InterruptedException {
        bed.provisioning().topology().attached(Vm.VM1, lab.site().nve());
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
                client.awaitOpened(CALM);
                final var id = scenario.announceInTopology(to);
                client.awaitOpened(CALM);
                final var closed = Await.present("many connections are closed", () ->
                    Optional.of(identities(to.other(), pinhole -> pinhole.tcp().state() == TIME_WAIT))
                        .filter(identities -> identities.size() >= CALM / 2));
                Await.until("the firewall has forgotten them", () ->
                    Collections.disjoint(closed, identities(to.other(), pinhole -> true)));
                client.awaitOpened(CALM);
                client.reset();
                final var ended = scenario.move(to, id);
                client.awaitOpened(CALM);
                final var blackout = client.status().blackoutMillis();
                final var after = client.finish();
                assertEquals("completed", ended.phase(), () -> ended.json().toString());
                assertUnharmed(after, client, server);
                final var leg = ended.legs().getFirst();
                assertTrue(leg.rounds("updated") >= CALM / 2, () -> ended.json().toString());
                assertTrue(leg.rounds("ended") > 0, () -> ended.json().toString());
                assertEquals(leg.flows("total"), leg.flows("accepted"), () -> ended.json().toString());
                assertEquals(List.of(), PinholeTable.of(lab.firewall(to.other()), Vm.VM1));
                Console.onConsole().say("soak: " + after.churn().opened()
                    + " connections opened, 0 failed; switchover to commit " + ended.switchover().orElseThrow()
                    + " ms, longest silence " + blackout + " ms");
            }
        }
    }

    @Test
    void whereItMovesToElsewhereThanAnnouncedNothingIsLeftAtTheWrongPlace() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            client.awaitOpened(CALM);
            final var id = scenario.announceInTopology(Site.TWO);
            client.awaitOpened(CALM);
            final var ended = scenario.stray(Site.THREE);
            client.awaitOpened(CALM);
            final var after = client.finish();
            assertEquals("completed", ended.phase(), () -> ended.json().toString());
            assertEquals("fw3", ended.legs().getFirst().destination());
            assertEquals("cancelled", scenario.await(id, MigrationView::hasEnded).phase());
            assertUnharmed(after, client, server);
            assertEquals(List.of(), PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1));
            assertEquals(List.of(), PinholeTable.of(lab.firewall(Site.ONE), Vm.VM1));
        }
    }

    @Test
    void moveThatIsCalledOffInTheTopologyLeavesNothingBehind() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            client.awaitOpened(CALM);
            final var id = scenario.announceInTopology(Site.TWO);
            client.awaitOpened(CALM);
            assertTrue(!PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1).isEmpty(), "there is a pre-copy");
            bed.provisioning().topology().callOff(Vm.VM1);
            assertEquals("cancelled", scenario.await(id, MigrationView::hasEnded).phase());
            assertEquals(List.of(), PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1));
            assertUnharmed(client.finish(), client, server);
        }
    }

    @Test
    void topologyMayTellTheSwitchoverOfWhatWasAnnouncedOverRestconf() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            client.awaitOpened(CALM);
            final var ended = scenario.move(Site.TWO, scenario.announce(Site.TWO));
            assertEquals("completed", ended.phase(), () -> ended.json().toString());
            client.awaitOpened(CALM);
            assertUnharmed(client.finish(), client, server);
        }
    }

    private static Set<Long> identities(final Site site, final Predicate<Pinhole> which) throws IOException {
        return PinholeTable.of(lab.firewall(site), Vm.VM1).stream().filter(which).map(Pinhole::identity)
            .collect(Collectors.toSet());
    }

    private static void assertUnharmed(final TrafficReport after, final TrafficProcess client,
            final TrafficProcess server) throws IOException {
        assertEquals(0, after.churn().failed(), after::toString);
        assertTrue(after.churn().opened() >= OPENED, after::toString);
        assertTrue(client.check().isSound(), after::toString);
        assertTrue(server.status().isSound());
    }

    @Test
    void cancelledItLeavesNothingBehind() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            client.awaitOpened(CALM);
            final var id = scenario.announce(Site.TWO);
            client.awaitOpened(CALM);
            assertTrue(!PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1).isEmpty(), "there is a pre-copy");
            bed.provisioning().requests().cancel(id);
            assertEquals("cancelled", scenario.await(id, MigrationView::hasEnded).phase());
            assertEquals(List.of(), PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1));
            assertUnharmed(client.finish(), client, server);
        }
    }

    @Test
    void theSwitchoverMayBeNotifiedOverRestconfToo() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            client.awaitOpened(CALM);
            final var id = scenario.announce(Site.TWO);
            lab.move(Site.TWO);
            assertEquals(id, bed.provisioning().requests().notifyMoved(Site.TWO));
            final var ended = scenario.await(id, MigrationView::hasEnded);
            assertEquals("completed", ended.phase(), () -> ended.json().toString());
            // The topology tells the same later: there is nothing left to move
            bed.provisioning().topology().moved(Site.TWO);
            client.awaitOpened(CALM);
            assertUnharmed(client.finish(), client, server);
        }
    }
}
