// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.scenario.PreCopyMove;
import org.opendaylight.statemigration.it.scenario.Scenario1;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.Installation;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.judge.TableInspector;
import org.opendaylight.statemigration.lab.namespace.Requirements;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.FirewallRules;
import org.opendaylight.statemigration.lab.network.ManagementNetwork;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/**
 * The benchmark: how much longer is a connection silent when state moves too, and how long does it take until the
 * state has followed? What a move costs by itself is measured with firewalls that let everything pass. Both are
 * measured in turn, so that whatever else the machine does hits both.
 */
public final class Benchmark {
    private static final int DEFAULT_RUNS = 10;
    private static final int WARM_UP_ROUNDS = 3;
    private static final List<Integer> SIZES = List.of(1, 500, 10_000);
    private static final int SIZE_RUNS = 4;
    /** Before each move, so that no connection still recovers from the last one. Nothing is proven by it. */
    private static final long CALM_MILLIS = 1_500;
    /** A move through open firewalls for so many with migration: it hardly varies. */
    private static final int OPEN_EVERY = 2;
    /** Flows of VM2, which must not move. */
    private static final Load BYSTANDER = new Load(5, 0, 1, true, true);

    private final Console console = Console.onConsole();
    private final Figure1 lab;
    private final Scenario1 scenario;
    private final PreCopyMove preCopyMove;
    private int opened;
    private int moves;

    private Benchmark(final Figure1 lab, final Scenario1 scenario, final PreCopyMove preCopyMove) {
        this.lab = lab;
        this.scenario = scenario;
        this.preCopyMove = preCopyMove;
    }

    /** How VM1 moves. */
    private enum Way {
        /** The firewalls let everything pass, and nobody is told. */
        OPEN,
        /** State follows. */
        MIGRATED,
        /** The move is announced, and there is a pre-copy. */
        PRE_COPIED
    }

    /**
     * The program.
     *
     * @param args runs each way, 10 if not given
     * @throws IOException if something cannot be built or started
     * @throws InterruptedException if interrupted
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final var missing = Requirements.missing();
        if (missing.isPresent()) {
            Console.onConsole().say(missing.orElseThrow());
            System.exit(1);
        }
        final int runs = args.length == 0 ? DEFAULT_RUNS : Integer.parseInt(args[0]);
        final var console = Console.onConsole();
        try (var management = ManagementNetwork.create(); var lab = Figure1.build(management);
                var bed = TestBed.in(lab, Installation.find(), console)) {
            final var measure = new Benchmark(lab, new Scenario1(lab, bed.provisioning()),
                new PreCopyMove(lab, bed.provisioning()));
            console.step("Warming up", measure::warmUp);
            measure.blackouts(runs);
            measure.sizes();
        }
        System.exit(0);
    }

    /** The first migrations of a young Java process are slow, which says nothing of a controller in service. */
    private void warmUp() throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            thereAndBack(new Load(500, 0, 1, true, true), Way.MIGRATED);
            thereAndBack(new Load(500, 0, 1, true, true), Way.PRE_COPIED);
        }
        opened = 0;
        moves = 0;
    }

    private void blackouts(final int runs) throws IOException, InterruptedException {
        final var rows = new ArrayList<String>();
        for (var load : List.of(new Load(10, 1, 1, true, false), new Load(10, 1, 1, false, true))) {
            final var family = load.ipv4() ? "IPv4" : "IPv6";
            final var open = new ArrayList<Double>();
            final var migrated = new ArrayList<Double>();
            final var preCopied = new ArrayList<Double>();
            console.step("Idle, bulk and request/response over " + family + ", " + runs + " moves each way", () -> {
                for (int i = 0; i < runs; i++) {
                    lab.policy(FirewallRules.OPEN);
                    if (i % OPEN_EVERY == 0) {
                        open.addAll(thereAndBack(load, Way.OPEN));
                    }
                    lab.policy(FirewallRules.STRICT);
                    migrated.addAll(thereAndBack(load, Way.MIGRATED));
                    preCopied.addAll(thereAndBack(load, Way.PRE_COPIED));
                }
            });
            rows.add(String.format(Locale.ROOT, "%-6s  %6d x %8.1f ms  %6d x %8.1f ms  %6.2f  %6d x %8.1f ms  %6.2f",
                family, open.size(), median(open), migrated.size(), median(migrated), median(migrated) / median(open),
                preCopied.size(), median(preCopied), median(preCopied) / median(open)));
        }
        console.heading("Longest silence of a TCP connection, median");
        console.say("          open firewalls        with migration       ratio       with pre-copy     ratio");
        rows.forEach(console::say);
        console.say(opened + " connections were opened and took part in " + moves
            + " moves with migration; lost: 0, corrupt: 0.");
        console.say("After each move the tables of both firewalls were as they should be.");
    }

    /** Anything lost, corrupt or wrong in a table ends the benchmark. */
    private List<Double> thereAndBack(final Load load, final Way manner) throws IOException, InterruptedException {
        final var silences = new ArrayList<Double>();
        lab.forgetFlows();
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var bystander = scenario.connect("vm2", BYSTANDER);
                var client = scenario.connect("vm1", load)) {
            for (int way = 0; way < 2; way++) {
                calm(client);
                client.reset();
                if (manner == Way.OPEN) {
                    lab.move(lab.site().other());
                    silences.add(client.awaitFlowing().blackoutMillis());
                    requireSound(client, server);
                } else {
                    final var inspection = TableInspector.before(lab);
                    silences.add(move(manner, client));
                    requireSound(client, server);
                    final var problems = inspection.problems();
                    if (!problems.isEmpty()) {
                        throw new IOException(String.join("; ", problems));
                    }
                    moves++;
                }
            }
            requireSound(bystander, server);
            opened += manner == Way.OPEN ? 0 : load.connections();
        }
        return silences;
    }

    /** {@return the longest silence; the controller is asked only when it is over, as that would slow it down} */
    private double move(final Way manner, final TrafficProcess client) throws IOException, InterruptedException {
        final var to = lab.site().other();
        if (manner == Way.PRE_COPIED) {
            final var id = preCopyMove.announceInTopology(to);
            preCopyMove.begin(to);
            final var silence = client.awaitFlowing().blackoutMillis();
            requireCompleted(preCopyMove.await(id, MigrationView::hasEnded));
            return silence;
        }
        final var moved = scenario.begin(to);
        final var silence = client.awaitFlowing().blackoutMillis();
        requireCompleted(moved.awaitEnd().migration());
        return silence;
    }

    private static void calm(final TrafficProcess client) throws IOException, InterruptedException {
        client.awaitFlowing();
        Thread.sleep(CALM_MILLIS);
    }

    private void sizes() throws IOException, InterruptedException {
        final var rows = new ArrayList<String>();
        for (int size : SIZES) {
            final var times = new ArrayList<Double>();
            console.step("Time to commit, " + size + " flows", () -> {
                lab.forgetFlows();
                try (var server = TrafficProcess.server(lab.place("vm3"));
                        var client = scenario.connect("vm1", new Load(size - 1, 0, 1, true, false))) {
                    for (int i = 0; i < SIZE_RUNS; i++) {
                        calm(client);
                        final var moved = scenario.begin(lab.site().other());
                        client.awaitFlowing();
                        final var move = moved.awaitEnd();
                        requireCompleted(move.migration());
                        times.add(move.toCommit().toNanos() / 1_000_000.0);
                        rows.add(String.format(Locale.ROOT, "  %6d flows: %8.1f ms, by phase %s",
                            move.migration().legs().getFirst().flows("verified"),
                            times.getLast(), move.migration().legs().getFirst().timing()));
                    }
                    requireSound(client, server);
                }
            });
            rows.add(String.format(Locale.ROOT, "%6d flows: %8.1f ms", size, median(times)));
        }
        console.heading("From the change of topology to the commit: each of " + SIZE_RUNS + " runs, and the median");
        rows.forEach(console::say);
    }

    private static void requireSound(final TrafficProcess client, final TrafficProcess server) throws IOException {
        final var report = client.check();
        if (!report.isSound() || server.status().corrupt() > 0) {
            throw new IOException(report.lost() + " connections were lost: " + report.failure());
        }
    }

    private static void requireCompleted(final MigrationView migration) throws IOException {
        if (!migration.phase().equals("completed")) {
            throw new IOException("A migration is " + migration.phase() + ": " + migration.detail().orElse(""));
        }
    }

    private static double median(final List<Double> values) {
        final var sorted = values.stream().sorted().toList();
        final int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
