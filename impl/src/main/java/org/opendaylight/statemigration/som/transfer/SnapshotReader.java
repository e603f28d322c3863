// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;
import org.opendaylight.statemigration.som.model.InvalidAnswer;

/**
 * The chunks of a leg as the source uploads them, in order, each one checked: nothing missing, doubled, changed, or of
 * somebody else. Every chunk brings the end nearer, so the source cannot go on for ever.
 */
final class SnapshotReader {
    private final ChunkValidator validator;
    private Optional<String> cursor = Optional.empty();
    private boolean ended;
    private int total;
    private int received;
    private long sequence;
    private List<Omission> omitted = List.of();

    SnapshotReader(final ChunkValidator validator) {
        this.validator = requireNonNull(validator);
    }

    /**
     * Upload the next one.
     *
     * @param agent agent of the source
     * @return the chunk; empty after the last one
     * @throws AgentException if the source does not give one
     * @throws StepFailedException if it is not acceptable
     * @throws InterruptedException if interrupted while waiting for it
     */
    Optional<Chunk> next(final StateOrchestrationAgent agent)
            throws AgentException, StepFailedException, InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        final var upload = agent.upload(validator.migration(), validator.selection(),
            validator.limits().flowsPerChunk(), cursor);
        checkTotal(upload);
        if (sequence == 0) {
            total = upload.totalFlows();
            omitted = upload.omitted();
        }
        sequence++;
        validator.ensure(upload.chunk().isPresent() || total == 0,
            new InvalidAnswer.ChunkWithheld(sequence, total - received));
        if (upload.chunk().isPresent()) {
            checkChunk(upload.chunk().orElseThrow());
            received += upload.chunk().orElseThrow().flows().size();
        }
        cursor = upload.nextCursor();
        ended = cursor.isEmpty();
        validator.ensure(ended == (received == total), new InvalidAnswer.WrongEnd(total, received, ended));
        return upload.chunk();
    }

    /** {@return whether there are further ones} */
    boolean hasMore() {
        return !ended;
    }

    /** {@return chunks that came} */
    long chunks() {
        return total == 0 ? 0 : sequence;
    }

    /** {@return flows that the source has to hand over} */
    int total() {
        return total;
    }

    /** {@return flows that came} */
    int received() {
        return received;
    }

    /** {@return entries that it cannot hand over} */
    List<Omission> omitted() {
        return omitted;
    }

    private void checkTotal(final Upload upload) throws StepFailedException {
        validator.ensure(sequence == 0 || upload.totalFlows() == total,
            new InvalidAnswer.OtherTotal(total, upload.totalFlows()));
        validator.checkTotal(upload.totalFlows());
    }

    private void checkChunk(final Chunk chunk) throws StepFailedException {
        validator.check(chunk, sequence);
        validator.ensure(chunk.ended().isEmpty(), new InvalidAnswer.ChangesInSnapshot());
        validator.ensure(chunk.flows().size() <= total - received,
            new InvalidAnswer.MoreThanTotal(total));
    }
}
