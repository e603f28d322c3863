// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Changes;
import org.opendaylight.statemigration.som.model.InvalidAnswer;

/** What changes at the source after the upload, a chunk at a time, each one checked. */
final class ChangeReader {
    private final ChunkValidator validator;
    private long sequence;
    private int total;
    private Changes last = new Changes(0, Optional.empty(), false, List.of());

    /**
     * Changes after an upload.
     *
     * @param sequence number of the last chunk uploaded
     * @param total flows uploaded
     */
    ChangeReader(final ChunkValidator validator, final long sequence, final int total) {
        this.validator = requireNonNull(validator);
        this.sequence = sequence;
        this.total = total;
    }

    /** {@return what has changed since the chunk before; empty if nothing has} */
    Optional<QueuedChunk> next(final StateOrchestrationAgent source)
            throws AgentException, StepFailedException, InterruptedException {
        last = source.uploadChanges(validator.migration(), sequence + 1);
        validator.checkTotal(last.totalFlows());
        if (last.chunk().isEmpty()) {
            validator.ensure(last.totalFlows() == total,
                new InvalidAnswer.OtherTotalWithoutChange(total, last.totalFlows()));
            validator.ensure(!last.more(), new InvalidAnswer.ChangesWithheld());
            return Optional.empty();
        }
        final var chunk = last.chunk().orElseThrow();
        validator.check(chunk, sequence + 1);
        final long least = (long) total - chunk.ended().size();
        validator.ensure(last.totalFlows() >= least && last.totalFlows() <= least + chunk.flows().size(),
            new InvalidAnswer.UnreachableTotal(total, chunk.sequence(), chunk.flows().size(), chunk.ended().size(),
                last.totalFlows()));
        sequence++;
        total = last.totalFlows();
        return Optional.of(new QueuedChunk(chunk, total));
    }

    /** {@return the last answer} */
    Changes last() {
        return last;
    }
}
