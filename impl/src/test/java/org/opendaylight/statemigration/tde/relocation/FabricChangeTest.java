// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.tde.Network;
import org.opendaylight.statemigration.tde.PlainRoutes;
import org.opendaylight.statemigration.tde.fabric.Route;

/** Compares the fast computation of routes, and of where they change, with a plain one in random fabrics. */
class FabricChangeTest {
    private static final int RUNS = 60;
    private static final int NODES = 8;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void routesAreThoseOfThePlainAlgorithm(final int seed) {
        final var random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            final var fabric = network(random).snapshot().fabric();
            final var plain = new PlainRoutes(fabric);
            for (var one : fabric.edges()) {
                for (var other : fabric.edges()) {
                    assertSame(plain.between(one, other), fabric.paths().between(one, other),
                        one + " " + other + " in " + fabric.links());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyRouteThatDiffersIsFound(final int seed) {
        final var random = new Random(seed);
        int differing = 0;
        int passedOver = 0;
        for (int run = 0; run < RUNS; run++) {
            final var network = network(random);
            final var before = network.snapshot().fabric();
            for (int i = random.nextInt(3); i >= 0; i--) {
                change(network, random);
            }
            final var after = network.snapshot().fabric();
            final var both = new TreeSet<>(before.edges());
            both.retainAll(after.edges());
            final var edges = List.copyOf(both);
            final var change = new FabricChange(before, after, edges);
            final var was = new PlainRoutes(before);
            final var now = new PlainRoutes(after);
            for (int i = 0; i < edges.size(); i++) {
                for (int j = 0; j < i; j++) {
                    final boolean found = change.counterparts(i).get(j);
                    assertEquals(found, change.counterparts(j).get(i));
                    if (found) {
                        assertTrue(change.roots().get(i) || change.roots().get(j));
                    } else {
                        passedOver++;
                    }
                    if (!was.between(edges.get(i), edges.get(j)).sameAs(now.between(edges.get(i), edges.get(j)))) {
                        differing++;
                        assertTrue(found, edges.get(i) + " " + edges.get(j) + "\n" + before.links() + "\n"
                            + after.links());
                    }
                }
            }
        }
        assertTrue(differing > 50, "Only " + differing + " routes differ");
        assertTrue(passedOver > 200, "Only " + passedOver + " routes need no look");
    }

    @Test
    void nothingIsFoundWhereNothingHasChanged() {
        final var fabric = Network.figure1().snapshot().fabric();
        assertEquals(new BitSet(), new FabricChange(fabric, fabric, List.of("nve1", "nve3")).roots());
    }

    @Test
    void linkOfOneEdgeConcernsThatEdgeOnly() {
        final var network = new Network().device("a").edges("e1", "e2", "e3").cable("e1", "a").cable("e2", "a")
            .cable("e3", "a");
        final var before = network.snapshot().fabric();
        final var change = new FabricChange(before, network.cut("e2", "a").snapshot().fabric(),
            List.of("e1", "e2", "e3"));
        assertEquals(BitSet.valueOf(new long[] {0b010}), change.roots());
        assertEquals(BitSet.valueOf(new long[] {0b101}), change.counterparts(1));
    }

    @Test
    void changedFunctionConcernsRoutesThatPassIt() {
        final var network = Network.figure1();
        final var before = network.snapshot().fabric();
        final var change = new FabricChange(before, network.host("fw1", FunctionType.NAT).snapshot().fabric(),
            List.of("nve1", "nve2", "nve3"));
        assertEquals(BitSet.valueOf(new long[] {0b100}), change.counterparts(0));
    }

    private static void assertSame(final Route expected, final Route found, final String what) {
        assertTrue(expected.sameAs(found), () -> expected + " is not " + found + ": " + what);
    }

    /** Small metrics make equal costs, few links islands and leaves; some links are dearer in one direction. */
    private static Network network(final Random random) {
        final var network = new Network();
        for (int i = 0; i < NODES; i++) {
            network.edges("e" + i);
            if (i % 2 == 0) {
                network.host("h" + i, i % 4 == 0 ? FunctionType.FIREWALL : FunctionType.NAT);
            } else {
                network.device("h" + i);
            }
        }
        for (int i = 0; i < 3 * NODES; i++) {
            change(network, random);
        }
        return network;
    }

    private static void change(final Network network, final Random random) {
        final var host = "h" + random.nextInt(NODES);
        final var node = (random.nextInt(3) == 0 ? "e" : "h") + random.nextInt(NODES);
        switch (random.nextInt(10)) {
            case 0, 1 -> network.cut(host, node);
            case 2 -> network.oneWay(host, node, false);
            case 3 -> network.parallel(host, node, 1 + random.nextInt(3));
            case 4 -> network.cable(host, node, 1 + random.nextInt(3)).link(host, node, 1 + random.nextInt(3));
            default -> network.cable(host, node, 1 + random.nextInt(3));
        }
    }
}
