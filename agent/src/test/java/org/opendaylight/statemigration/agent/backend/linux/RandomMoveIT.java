// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.ConntrackEvents;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;

/** Moves with pre-copy at random between real kernels. */
@ExtendWith(SharedLab.class)
class RandomMoveIT {
    private final Lab lab;

    RandomMoveIT(final Lab lab) {
        this.lab = lab;
    }

    /** The soak test takes others. */
    static LongStream seeds() {
        final long first = Long.getLong("statemigration.seed", 1);
        return LongStream.range(first, first + Integer.getInteger("statemigration.seeds", 8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void destinationHasWhatTheSourceHas(final long seed) throws Exception {
        // Every third loses events for want of room
        final boolean roomForEvents = seed % 3 > 0;
        final var options = new LinuxOptions(Optional.empty(), Map.of(), HoldPreference.BEST, 64, 4700);
        try (var move = new RandomMove(lab.table("fw1", options, roomForEvents ? ConntrackEvents.BUFFER : 1),
                lab.table("fw2", options), seed, 500)) {
            move.run();
        }
    }
}
