// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.tde.Network;

class PathTableTest {
    /** Whichever edge's paths are known already, and whether or not there are any. */
    @ParameterizedTest
    @ValueSource(strings = {"", "nve1", "nve2"})
    void hostsAreInTheOrderInWhichTheFirstEdgePassesThem(final String known) {
        for (int metric = 1; metric < 3; metric++) {
            final var paths = row().link("nve2", "fw3", metric).snapshot().fabric().paths();
            if (!known.isEmpty()) {
                paths.between(known, "nve9");
            }
            assertEquals(List.of("fw2", "fw1", "fw3"), hosts(paths.between("nve1", "nve2")));
            assertEquals(List.of("fw3", "fw1", "fw2"), hosts(paths.between("nve2", "nve1")));
        }
    }

    @Test
    void edgeThatIsNoTransitSeesTheHostItIsCabledToFirst() {
        final var paths = row().edges("nve3").cable("nve3", "fw2").snapshot().fabric().paths();
        assertEquals(List.of("fw3", "fw1", "fw2"), hosts(paths.between("nve2", "nve3")));
        assertEquals(List.of("fw2", "fw1", "fw3"), hosts(paths.between("nve3", "nve2")));
    }

    @Test
    void rowOfThousandsOfHostsIsTooLongAndTakesLittleMemory() {
        final var network = new Network().edges("e0", "e9");
        final int hosts = 5_000;
        for (int i = 0; i < hosts; i++) {
            network.firewall("fw" + i).cable(i == 0 ? "e0" : "fw" + (i - 1), "fw" + i);
        }
        final var paths = network.cable("fw" + (hosts - 1), "e9").snapshot().fabric().paths();
        final var route = assertInstanceOf(Route.TooLong.class, paths.between("e0", "e9"));
        assertEquals(Route.MAX_HOSTS, route.mayPass().size());
        assertTrue(route.mayPassAny(Set.of(new StateHostId("fw4999"))));
        // All that is beyond the bound is one route
        final var graph = paths.graph();
        final var root = paths.from(graph.number("e0").orElseThrow());
        assertSame(root.route(graph.number("fw100").orElseThrow()), root.route(graph.number("fw4000").orElseThrow()));
    }

    @Test
    void ambiguousPathsAreTooLongAsWell() {
        final var network = new Network().edges("e0", "e9").firewall("a").firewall("b").firewall("fw0")
            .cable("e0", "a").cable("e0", "b").cable("a", "fw0").cable("b", "fw0");
        for (int i = 1; i < 4 * Route.MAX_HOSTS; i++) {
            network.firewall("fw" + i).cable("fw" + (i - 1), "fw" + i);
        }
        network.cable("fw" + (4 * Route.MAX_HOSTS - 1), "e9");
        assertInstanceOf(Route.TooLong.class, network.snapshot().fabric().paths().between("e0", "e9"));
    }

    private static Network row() {
        return new Network().edges("nve1", "nve2", "nve9").firewall("fw1").firewall("fw2").firewall("fw3")
            .cable("nve1", "fw2").cable("fw2", "fw1").cable("fw1", "fw3").cable("fw3", "nve2");
    }

    private static List<String> hosts(final Route route) {
        return ((Route.Clear) route).hosts().stream().map(StateHost::toString).toList();
    }
}
