// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import java.time.InstantSource;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.agent.backend.memory.MemoryStateTable;

/** Moves with pre-copy at random between tables in memory. */
class RandomMoveTest {
    /** The soak test takes others. */
    static LongStream seeds() {
        final long first = Long.getLong("statemigration.seed", 0);
        return LongStream.range(first, first + Integer.getInteger("statemigration.seeds", 50));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void destinationHasWhatTheSourceHas(final long seed) throws Exception {
        // Every twenty-fifth with so many changes at a time that the feed cannot keep them
        try (var from = new MemoryStateTable(InstantSource.system());
            var to = new MemoryStateTable(InstantSource.system());
            var move = new RandomMove(from, to, seed, seed % 25 == 0 ? 11_000 : 10)) {
            move.run();
        }
    }
}
