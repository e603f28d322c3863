// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.opendaylight.statemigration.tde.DataCenter;

/**
 * How long the Topology Discovery Entity thinks, by size of the topology. Run by hand:
 *
 * <pre>mvn -pl impl test-compile exec:java -Dexec.classpathScope=test
 *     -Dexec.mainClass=org.opendaylight.statemigration.tde.TopologyBenchmark</pre>
 *
 * <p>Each case is a change and the opposite one, many times. "snapshot" builds the topology anew from all its parts,
 * "decision" finds which state has to move. Medians after warming up.
 */
final class TopologyBenchmark {
    private static final int WARM_UP = 8;
    private static final int RUNS = 15;
    private static final double MILLI = 1_000_000.0;

    private final PrintStream out;

    private TopologyBenchmark(final PrintStream out) {
        this.out = out;
    }

    @SuppressWarnings("checkstyle:RegexpSinglelineJava")
    public static void main(final String[] args) {
        final var benchmark = new TopologyBenchmark(System.out);
        benchmark.out.printf("%6s %8s  %-28s %10s %10s %10s %10s%n", "nodes", "tenants", "case", "snapshot", "decision",
            "worst", "migrations");
        for (int nodes : List.of(100, 1_000, 10_000)) {
            benchmark.measure(nodes, Math.max(nodes / 100, 1));
        }
        benchmark.measure(10_000, 10);
        if (args.length > 0) {
            benchmark.measure(10_000, 1);
        }
    }

    private void measure(final int nodes, final int tenants) {
        measure(nodes, tenants, "VM moves", dc -> dc.move("vm0", dc.lastEdge()), dc -> dc.move("vm0", "nve0"));
        measure(nodes, tenants, "link of an edge fails", dc -> dc.state("nve0", "tor0a", false),
            dc -> dc.state("nve0", "tor0a", true));
        measure(nodes, tenants, "pod's firewall loses a link", dc -> dc.state("fw0a", "core0", false),
            dc -> dc.state("fw0a", "core0", true));
        measure(nodes, tenants, "pod's firewall fails", dc -> firewall(dc, 0, false), dc -> firewall(dc, 0, true));
        measure(nodes, tenants, "all pods' firewalls fail", dc -> {
            for (int pod = 0; pod < 40; pod++) {
                firewall(dc, pod, false);
            }
        }, dc -> {
            for (int pod = 0; pod < 40; pod++) {
                firewall(dc, pod, true);
            }
        });
    }

    private void measure(final int nodes, final int tenants, final String what, final Consumer<DataCenter> change,
            final Consumer<DataCenter> back) {
        final var dataCenter = new DataCenter(nodes, tenants);
        var baseline = Baseline.of(dataCenter.snapshot());
        final var there = new Times();
        final var recovery = new Times();
        for (int run = 0; run < WARM_UP + RUNS; run++) {
            if (run == WARM_UP) {
                there.clear();
                recovery.clear();
            }
            change.accept(dataCenter);
            baseline = step(dataCenter, baseline, there);
            back.accept(dataCenter);
            baseline = step(dataCenter, baseline, recovery);
        }
        print(dataCenter, tenants, what, there);
        print(dataCenter, tenants, "  and back", recovery);
    }

    private static void firewall(final DataCenter dc, final int pod, final boolean up) {
        for (var other : List.of("core0", "core1", "agg" + pod + "a", "agg" + pod + "b")) {
            dc.state("fw" + pod + "a", other, up);
        }
    }

    private static Baseline step(final DataCenter dataCenter, final Baseline baseline, final Times times) {
        final long begin = System.nanoTime();
        final var snapshot = dataCenter.snapshot();
        final long built = System.nanoTime();
        final var step = RelocationPlanner.find(baseline, snapshot);
        times.snapshots.add(built - begin);
        times.decisions.add(System.nanoTime() - built);
        times.migrations = step.decisions().size();
        return step.next();
    }

    private void print(final DataCenter dataCenter, final int tenants, final String what, final Times times) {
        out.printf(Locale.ROOT, "%6d %8d  %-28s %7.1f ms %7.1f ms %7.1f ms %10d%n", dataCenter.nodes(), tenants, what,
            median(times.snapshots), median(times.decisions),
            times.decisions.stream().max(Long::compare).orElseThrow() / MILLI, times.migrations);
    }

    private static double median(final List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2) / MILLI;
    }

    private static final class Times {
        private final List<Long> snapshots = new ArrayList<>();
        private final List<Long> decisions = new ArrayList<>();
        private int migrations;

        void clear() {
            snapshots.clear();
            decisions.clear();
        }
    }
}
