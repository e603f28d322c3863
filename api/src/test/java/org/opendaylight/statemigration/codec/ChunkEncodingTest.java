// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opendaylight.statemigration.flow.RandomFlows;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.MigrationId;

/** What every representation has to do. */
class ChunkEncodingTest {
    private static final MigrationId MIGRATION = new MigrationId("m-1");

    @ParameterizedTest
    @EnumSource
    void chunkComesOutAsItWentIn(final Representation representation) {
        final var flows = Stream.generate(new RandomFlows(5)::next).limit(50).toList();
        final var chunk = Chunk.of(MIGRATION, 7, flows.subList(0, 40),
            flows.subList(40, 50).stream().map(flow -> flow.key()).toList());
        assertEquals(chunk, ChunkCodec.decode(ChunkCodec.encode(chunk, representation)));
        final var empty = Chunk.of(MIGRATION, 1, List.of());
        assertEquals(empty, ChunkCodec.decode(ChunkCodec.encode(empty, representation)));
    }

    @ParameterizedTest
    @EnumSource
    void representationIsToldFromTheMessage(final Representation representation) {
        final var chunk = Chunk.of(MIGRATION, 1, List.of(new RandomFlows(6).next()));
        assertSame(ChunkEncoding.of(representation), ChunkEncoding.in(ChunkCodec.encode(chunk, representation)));
    }
}
