package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Planned moves at random between real kernels. */
class RandomMoveIT {
    private static Lab lab;

    @BeforeAll
    static void buildLab() throws IOException {
        assumeTrue(Lab.isPossible(), "Needs Linux, root, ip and nft: skipped");
        lab = new Lab();
        lab.rules("fw1", "");
        lab.rules("fw2", "");
    }

    @AfterAll
    static void removeLab() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @AfterEach
    void empty() throws IOException {
        lab.in("fw1", "conntrack -F 2>/dev/null");
        lab.in("fw2", "conntrack -F 2>/dev/null");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, true", "4, true", "5, true", "6, false", "7, false", "8, false"})
    void destinationHasWhatTheSourceHas(final long seed, final boolean roomForEvents) throws Exception {
        final var options = new Options(Optional.empty(), Map.of(), Options.HoldPreference.BEST, 64, 4700);
        try (var from = LinuxStateTable.open(options.in(lab.path("fw1")), roomForEvents ? ConntrackEvents.BUFFER : 1);
            var to = LinuxStateTable.open(options.in(lab.path("fw2")));
            var move = new RandomMove(from, to, seed, 500)) {
            move.run();
        }
    }
}
