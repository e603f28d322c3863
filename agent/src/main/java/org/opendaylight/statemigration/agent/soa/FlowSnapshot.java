// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;

/** The flows that the first upload of a migration found, read chunk by chunk. */
final class FlowSnapshot {
    private final MigrationId migration;
    private final int chunkSize;
    private final int size;
    private final int chunks;
    // Until they are forgotten
    private List<Flow> flows;
    private List<Omission> omitted;
    private int handedOut;

    /**
     * A snapshot of which nothing was read yet.
     *
     * @param migration the migration
     * @param flows the flows
     * @param omitted what cannot be handed over
     * @param chunkSize flows in one chunk, positive
     */
    FlowSnapshot(final MigrationId migration, final List<Flow> flows, final List<Omission> omitted,
            final int chunkSize) {
        this.migration = requireNonNull(migration);
        this.flows = requireNonNull(flows);
        this.omitted = requireNonNull(omitted);
        this.chunkSize = chunkSize;
        size = flows.size();
        // No flows count as one chunk, the empty answer
        chunks = Math.max(1, Math.ceilDiv(size, chunkSize));
    }

    int chunkSize() {
        return chunkSize;
    }

    /** {@return the sequence number of the last chunk; 0 if there are no flows} */
    long lastSequence() {
        return size == 0 ? 0 : chunks;
    }

    /**
     * Read a chunk, which may have been read before.
     *
     * @param cursor what an earlier answer named; empty for the first chunk
     * @return the chunk, and the cursor of the next one
     * @throws AgentException if no answer named this cursor
     */
    Upload read(final Optional<String> cursor) throws AgentException {
        final int sequence = cursor.isEmpty() ? 1 : sequence(cursor.orElseThrow());
        handedOut = Math.max(handedOut, sequence);
        final var chunk = size == 0 ? Optional.<Chunk>empty() : Optional.of(Chunk.of(migration, sequence,
            flows.subList((sequence - 1) * chunkSize, Math.min(sequence * chunkSize, size))));
        return new Upload(size, chunk, sequence < chunks ? Optional.of(cursor(sequence + 1)) : Optional.empty(),
            sequence == 1 ? omitted : List.of());
    }

    /**
     * Make sure that all chunks were read.
     *
     * @param consequence what cannot be done otherwise, as the end of a sentence
     * @throws AgentException if not
     */
    void requireAllRead(final String consequence) throws AgentException {
        if (handedOut < chunks) {
            throw invalid("Of migration " + migration + " only " + handedOut + " of " + chunks
                + " chunks were uploaded, so " + consequence);
        }
    }

    /** No longer keep the flows, as nobody will read them any more. */
    void forgetFlows() {
        flows = List.of();
        omitted = List.of();
    }

    private static String cursor(final int sequence) {
        return "chunk-" + sequence;
    }

    private int sequence(final String cursor) throws AgentException {
        // Only what was given out: at most one further than what was asked for
        for (int sequence = Math.min(handedOut + 1, chunks); sequence > 1; sequence--) {
            if (cursor(sequence).equals(cursor)) {
                return sequence;
            }
        }
        throw invalid("Cursor '" + cursor + "' is not one that migration " + migration
            + " was given: repeat the last one, or begin without cursor");
    }

    private static AgentException invalid(final String message) {
        return new AgentException(Kind.INVALID_VALUE, message);
    }
}
