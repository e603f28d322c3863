// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.Backend;

/**
 * A table in memory.
 *
 * @param flows file of the flows that are there at the start
 * @param capacity flows that it can hold
 */
public record MemoryBackend(Optional<Path> flows, int capacity) implements Backend {
    public MemoryBackend {
        requireNonNull(flows);
    }

    @Override
    public MemoryStateTable open(final InstantSource clock) throws IOException {
        final var table = new MemoryStateTable(capacity, MemoryStateTable.DEFAULT_PROTOCOLS, clock);
        if (flows.isPresent()) {
            table.seed(FlowFile.read(flows.orElseThrow()));
        }
        return table;
    }
}
