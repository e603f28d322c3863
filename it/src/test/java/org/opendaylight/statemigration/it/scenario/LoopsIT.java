// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.agents.AgentProcess;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.Topology;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.Installation;
import org.opendaylight.statemigration.it.testbed.ProcessFootprint;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.judge.PinholeTable;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/** VMs that move again and again: in quick succession, and so often that anything left behind would add up. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LoopsIT {
    private static final Load LOAD = new Load(10, 1, 1, true, true);
    private static final Load BYSTANDER = new Load(2, 0, 1, true, true);
    /**
     * Paces of moves, which prove nothing by themselves: the next comes before, while and after a migration of the last
     * one runs on a quick machine. Whatever the machine, all flows have to be where the VM is in the end.
     */
    private static final List<Integer> PAUSES_MILLIS = List.of(0, 30, 100, 250, 0, 60);
    /** When what is used is measured for the first time: pools and caches are full, compilers have done most. */
    private static final int WARM = 40;
    private static final long CONTROLLER_GROWTH = 6_000_000;
    private static final long AGENT_GROWTH = 2_000_000;
    private static final long RESIDENT_GROWTH = 80_000_000;
    private static final int HANDLES = 10;

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    private static Figure1 lab;
    private static TestBed bed;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        lab = SHARED.own(Figure1.extended(SHARED.management()));
        bed = SHARED.bed();
        bed.provisioning().topology().write(Topology.extendedFigure1(Site.ONE));
        // So that what is remembered on purpose does not grow during the measurement, and is quick to read
        bed.join(lab.sites().stream().map(site ->
            new AgentProcess.Settings(site.firewall(), lab.firewall(site), AgentProcess.Backend.LINUX)
                .withMore("limits { flows-per-migration = " + 10 * LOAD.connections() + " }")).toList());
        bed.provisioning().policy().limits(Map.of("recent-migrations", 8));
    }

    @BeforeEach
    void beginAnew() throws IOException {
        lab.forgetFlows();
    }

    @Test
    void movesInQuickSuccessionLoseNothing() throws IOException, InterruptedException {
        final var rules = rules();
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD);
                var bystander = TrafficProcess.client(lab.place("vm5"), BYSTANDER)) {
            PinholeTable.awaitEstablished(lab.firewall(Site.ONE), Vm.VM1, LOAD.connections());
            for (int pause : PAUSES_MILLIS) {
                for (var to : List.of(Site.TWO, Site.ONE, Site.THREE)) {
                    move(to);
                    Thread.sleep(pause);
                }
                awaitAll(Site.THREE, LOAD.connections());
                assertSound(client, "after a pause of " + pause + " ms");
                move(Site.ONE);
                awaitAll(Site.ONE, LOAD.connections());
                assertEquals(rules, rules(), "no hold is left");
            }
            assertSound(client, "at the end");
            assertSound(bystander, "at the end");
            assertTrue(server.status().isSound());
            Console.onConsole().say("%d moves in quick succession; %d connections opened; lost: 0".formatted(
                PAUSES_MILLIS.size() * 4, LOAD.connections() + BYSTANDER.connections()));
        }
    }

    @Tag("soak")
    @Test
    void manyMigrationsLeaveNothingBehind() throws IOException, InterruptedException {
        final int loops = Integer.getInteger("statemigration.loops", 500);
        final var rules = rules();
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD);
                var bystander = TrafficProcess.client(lab.place("vm2"), BYSTANDER)) {
            PinholeTable.awaitEstablished(lab.firewall(Site.ONE), Vm.VM1, LOAD.connections());
            Map<String, ProcessFootprint> warm = Map.of();
            for (int i = 1; i <= loops; i++) {
                final var from = lab.site();
                final var watch = MigrationWatch.begin(bed.provisioning());
                move(from.other());
                final var migration = watch.ended("vm1", from.firewall(), from.other().firewall());
                final var what = "migration number " + i;
                assertEquals("completed", migration.phase(), () -> what + ": " + migration.json());
                assertEquals(LOAD.connections(), migration.legs().getFirst().flows("released"),
                    () -> what + ": " + migration.json() + ", " + state(client));
                if (i % 20 == 0) {
                    assertSound(client, what);
                }
                if (i == WARM) {
                    warm = footprints();
                    Console.onConsole().say("After " + i + ": " + warm);
                }
            }
            awaitAll(lab.site(), LOAD.connections());
            assertSound(client, "at the end");
            assertSound(bystander, "at the end");
            assertTrue(server.status().isSound());
            assertEquals(BYSTANDER.connections(), PinholeTable.of(lab.firewall(Site.ONE), Vm.VM2).size());
            assertEquals(List.of(), PinholeTable.of(lab.firewall(Site.TWO), Vm.VM2));
            assertEquals(rules, rules(), "rules of the packet filters");
            final var end = footprints();
            Console.onConsole().say("soak: %d migrations of %d connections, none lost; after %d: %s; after all: %s"
                .formatted(loops, LOAD.connections(), WARM, warm, end));
            assertEquals(List.of(), growth(warm, end));
        } finally {
            if (lab.site() != Site.ONE) {
                move(Site.ONE);
                bed.probe().awaitDecisions("nve1");
            }
        }
    }

    private static void move(final Site to) throws IOException {
        lab.move(to);
        bed.provisioning().topology().moved(to);
    }

    /** Wait until all flows of VM1 are at one firewall and none at the others, and no migration is under way. */
    private static void awaitAll(final Site site, final int flows) throws IOException, InterruptedException {
        final var wanted = new TreeMap<Site, Integer>();
        lab.sites().forEach(each -> wanted.put(each, each == site ? flows : 0));
        Await.until("all are at " + site, () -> flows().equals(wanted)
            && bed.provisioning().view().migrations().stream().allMatch(MigrationView::hasEnded),
            () -> flows() + " " + bed.provisioning().view().migrations() + " "
                + bed.provisioning().view().refusedChanges());
    }

    private static Map<Site, Integer> flows() throws IOException {
        final var found = new TreeMap<Site, Integer>();
        for (var site : lab.sites()) {
            found.put(site, PinholeTable.of(lab.firewall(site), Vm.VM1).size());
        }
        return found;
    }

    /** No connection is lost, and something comes over each that is not idle. */
    private static void assertSound(final TrafficProcess client, final String when) throws IOException {
        assertDoesNotThrow(() -> client.awaitFlowing(), when);
        final var report = client.check();
        assertTrue(report.isSound(), () -> when + ": " + report);
    }

    /** What helps to understand a failure. */
    private static String state(final TrafficProcess client) {
        try {
            return client.check() + ", " + flows();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Map<Site, List<String>> rules() throws IOException {
        final var found = new TreeMap<Site, List<String>>();
        for (var site : lab.sites()) {
            found.put(site, ProcessFootprint.rules(lab.firewall(site)));
        }
        return found;
    }

    private static Map<String, ProcessFootprint> footprints() throws IOException {
        final var found = new TreeMap<String, ProcessFootprint>();
        found.put("controller", ProcessFootprint.of(bed.controller().process(), Installation.java()));
        for (var host : List.of("fw1", "fw2")) {
            found.put(host, ProcessFootprint.of(bed.agent(host).process(), Installation.java()));
        }
        return found;
    }

    private static List<String> growth(final Map<String, ProcessFootprint> warm,
            final Map<String, ProcessFootprint> end) {
        final var found = new ArrayList<String>();
        end.forEach((name, now) -> {
            final var then = warm.get(name);
            if (then != null) {
                check(found, name + " live bytes", then.heap(), now.heap(),
                    name.equals("controller") ? CONTROLLER_GROWTH : AGENT_GROWTH);
                check(found, name + " resident bytes", then.resident(), now.resident(), RESIDENT_GROWTH);
                check(found, name + " threads", then.threads(), now.threads(), HANDLES);
                check(found, name + " open files", then.files(), now.files(), HANDLES);
            }
        });
        return found;
    }

    private static void check(final List<String> found, final String what, final long before, final long after,
            final long permitted) {
        if (after > before + permitted) {
            found.add(what + " grew from " + before + " to " + after);
        }
    }
}
