// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.InvalidAnswer;

/** Whether what a source hands over is whole, in order, and what was asked for. */
record ChunkValidator(MigrationId migration, FlowSelection selection, StateHostId source, TransferLimits limits) {
    ChunkValidator {
        requireNonNull(migration);
        requireNonNull(selection);
        requireNonNull(source);
        requireNonNull(limits);
    }

    /** Whether it is an acceptable chunk in its place. */
    void check(final Chunk chunk, final long sequence) throws StepFailedException {
        ensure(chunk.sequence() == sequence,
            new InvalidAnswer.WrongSequence(chunk.sequence(), sequence));
        ensure(!chunk.flows().isEmpty() || !chunk.ended().isEmpty(),
            new InvalidAnswer.EmptyChunk(sequence));
        ensure(chunk.flows().size() <= limits.flowsPerChunk() && chunk.ended().size() <= limits.flowsPerChunk(),
            new InvalidAnswer.LargeChunk(sequence, chunk.flows().size(), chunk.ended().size(),
                limits.flowsPerChunk()));
        ensure(chunk.isIntact(migration), new InvalidAnswer.WrongDigest(sequence));
        for (Flow flow : chunk.flows()) {
            ensure(selection.contains(flow), new InvalidAnswer.ForeignFlow(flow.key()));
        }
    }

    /** Whether so many flows are permitted. */
    void checkTotal(final int total) throws StepFailedException {
        ensure(total >= 0, new InvalidAnswer.NegativeTotal(total));
        if (total > limits.flows()) {
            throw new StepFailedException(new Failure.TooManyFlows(source, total, limits.flows()));
        }
    }

    void ensure(final boolean right, final InvalidAnswer wrong) throws StepFailedException {
        if (!right) {
            throw new StepFailedException(new Failure.NotBelieved(source, wrong));
        }
    }
}
