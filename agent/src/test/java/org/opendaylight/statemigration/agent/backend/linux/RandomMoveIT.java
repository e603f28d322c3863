// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.ConntrackEvents;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;

/** Planned moves at random between real kernels. */
@ExtendWith(SharedLab.class)
class RandomMoveIT {
    private final Lab lab;

    RandomMoveIT(final Lab lab) {
        this.lab = lab;
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, true", "4, true", "5, true", "6, false", "7, false", "8, false"})
    void destinationHasWhatTheSourceHas(final long seed, final boolean roomForEvents) throws Exception {
        final var options = new LinuxOptions(Optional.empty(), Map.of(), HoldPreference.BEST, 64, 4700);
        try (var move = new RandomMove(lab.table("fw1", options, roomForEvents ? ConntrackEvents.BUFFER : 1),
                lab.table("fw2", options), seed, 500)) {
            move.run();
        }
    }
}
