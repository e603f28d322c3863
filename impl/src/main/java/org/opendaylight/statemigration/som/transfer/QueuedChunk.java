// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.ifma.Chunk;

/**
 * A chunk on its way.
 *
 * @param chunk the chunk
 * @param total flows of the migration once it is handed over: each counted once, those that have ended not counted
 */
record QueuedChunk(Chunk chunk, int total) {
    QueuedChunk {
        requireNonNull(chunk);
    }
}
