// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.RandomFlows;

class ChunkTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private static final List<Flow> FLOWS = Stream.generate(new RandomFlows(3)::next).limit(10).toList();

    @Test
    void isIntactAsMade() {
        assertTrue(Chunk.of(ID, 1, FLOWS).isIntact(ID));
        assertTrue(Chunk.of(ID, 0xffffffffL, List.of()).isIntact(ID));
    }

    @Test
    void lossDoublingReorderingAndChangeAreSeen() {
        final var digest = Chunk.of(ID, 1, FLOWS).digest();
        assertFalse(new Chunk(1, digest, FLOWS.subList(0, 9)).isIntact(ID));
        assertFalse(new Chunk(1, digest, Stream.concat(FLOWS.stream(), Stream.of(FLOWS.get(9))).toList())
            .isIntact(ID));
        assertFalse(new Chunk(1, digest, FLOWS.reversed()).isIntact(ID));
        assertFalse(new Chunk(2, digest, FLOWS).isIntact(ID));
    }

    @Test
    void chunkOfAnotherMigrationIsSeen() {
        final var other = new MigrationId("m-2");
        assertFalse(Chunk.of(ID, 1, FLOWS).isIntact(other));
        assertNotEquals(Chunk.of(ID, 1, FLOWS).digest(), Chunk.of(other, 1, FLOWS).digest());
    }

    @Test
    void sequenceNumbersBeginWithOne() {
        assertThrows(IllegalArgumentException.class, () -> Chunk.of(ID, 0, FLOWS));
    }

    @Test
    void endedFlowsAreCoveredByTheDigest() {
        final var keys = FLOWS.stream().map(Flow::key).toList();
        final var chunk = Chunk.of(ID, 1, FLOWS.subList(0, 2), keys.subList(2, 4));
        assertTrue(chunk.isIntact(ID));
        assertFalse(new Chunk(1, chunk.digest(), chunk.flows()).isIntact(ID));
        assertFalse(new Chunk(1, chunk.digest(), chunk.flows(), chunk.ended().reversed()).isIntact(ID));
        assertFalse(new Chunk(1, chunk.digest(), chunk.flows(), keys.subList(2, 5)).isIntact(ID));
    }
}
