package org.opendaylight.statemigration.tde;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static Network row() {
        return new Network().edges("nve1", "nve2", "nve9").firewall("fw1").firewall("fw2").firewall("fw3")
            .cable("nve1", "fw2").cable("fw2", "fw1").cable("fw1", "fw3").cable("fw3", "nve2");
    }

    private static List<String> hosts(final Route route) {
        return ((Route.Clear) route).hosts().stream().map(StateHost::toString).toList();
    }
}
