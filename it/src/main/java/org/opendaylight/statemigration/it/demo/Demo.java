// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.demo;

import java.io.IOException;
import java.util.List;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.scenario.MoveResult;
import org.opendaylight.statemigration.it.scenario.Scenario1;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.Installation;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.judge.TableInspector;
import org.opendaylight.statemigration.lab.namespace.Requirements;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.ManagementNetwork;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;
import org.opendaylight.statemigration.lab.traffic.TrafficReport;

/** The demonstration: scenario 1 of the draft, first without and then with state migration. */
public final class Demo {
    private static final Load VM1_LOAD = new Load(20, 1, 1, true, true);
    private static final Load VM2_LOAD = new Load(5, 0, 1, true, true);
    /** Connections of VM1 that carry data all the time, over IPv4 and over IPv6. */
    private static final int BUSY = 2 * (VM1_LOAD.bulk() + VM1_LOAD.exchanges());
    /** Retransmissions before a connection is given up; 15 is usual, and takes a quarter of an hour. */
    private static final String FEW_RETRIES = "3";
    private static final String USUAL_RETRIES = "15";
    /** What does not answer in this time, when none of its packets passes, does not answer. */
    private static final int LOST_MILLIS = 3_000;
    private static final int DRY_RUNS = 5;

    private final Console console = Console.onConsole();
    private boolean sound = true;

    private Demo() {
        // see main()
    }

    /**
     * The program. Its exit status is 0 if all went as it should.
     *
     * @param args none
     * @throws IOException if something cannot be built or started
     * @throws InterruptedException if interrupted
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final var demo = new Demo();
        final var missing = Requirements.missing();
        try {
            if (missing.isPresent()) {
                demo.console.say(missing.orElseThrow());
                demo.console.say("So the same is shown with tables in memory, on the loopback interface.");
                demo.sound = new MemoryDemo(demo.console).play(Installation.find());
            } else {
                demo.play(Installation.find());
            }
        } catch (IOException e) {
            demo.console.say("\nThe demonstration had to stop: " + e.getMessage());
            demo.sound = false;
        }
        demo.console.heading(demo.sound ? "All went as it should" : "Something went wrong, see above");
        System.exit(demo.sound ? 0 : 1);
    }

    private void play(final Installation installation) throws IOException, InterruptedException {
        console.heading("Figure 1 in network namespaces of this machine");
        try (var management = ManagementNetwork.create(); var lab = Figure1.build(management)) {
            console.say("""
                VM1 and VM2 at NVE1 behind FW1; VM3 at NVE3; NVE2 behind FW2, where VM1 will go.
                Both firewalls let packets of known flows pass, and new flows only from VM1 and VM2 to two services
                of VM3.
                FW1 and FW2 do not know of each other, nor of each other's state.""");
            withoutMigration(lab);
            console.heading("The State Orchestration Master and an agent beside each firewall");
            try (var bed = TestBed.in(lab, installation, console)) {
                withMigration(lab, bed);
            }
        }
    }

    private void withoutMigration(final Figure1 lab) throws IOException, InterruptedException {
        console.heading("Without state migration: VM1 moves to NVE2");
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), VM1_LOAD)) {
            client.awaitFlowing();
            retries(lab, FEW_RETRIES);
            show("Before", client.check());
            server.status();
            lab.move(Site.TWO);
            console.step("VM1 is at NVE2; its packets now come to FW2, which has never seen these flows",
                () -> Await.until("connections that carry data are given up", () -> client.status().lost() == BUSY));
            final var after = client.check(LOST_MILLIS);
            show("After", after);
            expect(after.lost() == after.connections(), "without migration all connections should have been lost");
        }
        retries(lab, USUAL_RETRIES);
        lab.move(Site.ONE);
        lab.forgetFlows();
    }

    private void withMigration(final Figure1 lab, final TestBed bed) throws IOException, InterruptedException {
        console.heading("With state migration: VM1 moves to NVE2, and back");
        final var scenario = new Scenario1(lab, bed.provisioning());
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = scenario.connect("vm1", VM1_LOAD);
                var bystander = scenario.connect("vm2", VM2_LOAD)) {
            for (var to : List.of(Site.TWO, Site.ONE)) {
                client.awaitFlowing();
                final var inspection = TableInspector.before(lab);
                dryRun(bed, to);
                show("Before", client.reset());
                final var move = scenario.move(to);
                client.awaitFlowing();
                tell(move);
                show("After", client.check());
                expect(move.migration().phase().equals("completed"), "the migration is " + move.migration().phase()
                    + move.migration().detail().map(detail -> ": " + detail).orElse(""));
                inspection.problems().forEach(problem -> expect(false, problem));
                final var report = client.status();
                expect(report.isSound(), report.lost() + " connections of VM1 were lost, the first with: "
                    + report.failure());
                console.say("FW%d now has exactly the %d flows of VM1, window scales as before; %d are checked"
                    .formatted(to.number(), inspection.flows(), inspection.awaitStrict(client,
                        VM1_LOAD.connections() - 2 * VM1_LOAD.bulk())) + " strictly.");
                console.say("FW%d has none of them. The %d flows of VM2 are at FW1 as before. No hold is left.\n "
                    .formatted(to.other().number(), inspection.bystanders()));
            }
            expect(bystander.check().isSound(), "connections of the bystander VM2 were lost");
            expect(server.status().corrupt() == 0, "VM3 received wrong bytes");
        }
    }

    /** Also warms the controller up: the first of its kind is always slow in a young Java process. */
    private void dryRun(final TestBed bed, final Site to) throws IOException {
        var plan = bed.provisioning().requests().plan(to);
        for (int i = 1; i < DRY_RUNS; i++) {
            plan = bed.provisioning().requests().plan(to);
        }
        console.say("Dry run: %d flows would go from FW%d to FW%d, %d of them would be refused".formatted(
            plan.flows(), to.other().number(), to.number(), plan.refused()));
    }

    private void tell(final MoveResult move) {
        console.say("VM1's cable took %d ms. From the change of topology to the commit: %d ms.".formatted(
            move.reattachment().toMillis(), move.toCommit().toMillis()));
        for (var leg : move.migration().legs()) {
            tell(move.migration(), leg);
        }
    }

    private void tell(final MigrationView migration, final MigrationView.Leg leg) {
        final var timing = leg.timing();
        console.say("""
            Migration %s: %d of %d flows
              TDE -> SOM          notify                                   %7.1f ms
              SOM -> %-3s          get ready; packets are held (%s)      %7.1f ms
              %-3s -> SOM -> %-3s   upload, download, %d chunks               %7.1f ms
              SOM -> %-3s          read back, commit, release packets       %7.1f ms
              SOM -> %-3s          delete %d flows                          %7.1f ms""".formatted(
            migration.id(), leg.flows("verified"), leg.flows("total"), timing.getOrDefault("notified", 0.0),
            leg.destination(), leg.hold(), timing.getOrDefault("preparing", 0.0), leg.source(), leg.destination(),
            leg.flows("chunks"), timing.getOrDefault("transferring", 0.0), leg.destination(),
            timing.getOrDefault("committing", 0.0), leg.source(), leg.flows("released"),
            timing.getOrDefault("releasing", 0.0)));
    }

    private void show(final String when, final TrafficReport report) {
        console.say("%-6s: %d of VM1's %d connections work; %d MB checked byte by byte; longest silence %.0f ms"
            .formatted(when, report.connections() - report.lost(), report.connections(),
                report.bulkBytes() / 1_000_000, report.blackoutMillis()));
    }

    private void expect(final boolean condition, final String otherwise) {
        if (!condition) {
            sound = false;
            console.say("WRONG: " + otherwise);
        }
    }

    private static void retries(final Figure1 lab, final String retries) throws IOException {
        lab.place("vm1").sysctl("ipv4/tcp_retries2", retries);
        lab.place("vm3").sysctl("ipv4/tcp_retries2", retries);
    }
}
