// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;

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
        ensure(chunk.sequence() == sequence, "gave chunk " + chunk.sequence() + " in place of chunk " + sequence);
        ensure(!chunk.flows().isEmpty() || !chunk.ended().isEmpty(), "gave chunk " + sequence + " without flows");
        ensure(chunk.flows().size() <= limits.flowsPerChunk() && chunk.ended().size() <= limits.flowsPerChunk(),
            "gave " + chunk.flows().size() + " flows and " + chunk.ended().size() + " that have ended in chunk "
                + sequence + ", where at most " + limits.flowsPerChunk() + " were asked for");
        ensure(chunk.isIntact(migration), "gave chunk " + sequence + " with a wrong digest");
        for (Flow flow : chunk.flows()) {
            ensure(selection.contains(flow), "gave flow " + flow.key() + ", which was not asked for");
        }
    }

    /** Whether so many flows are permitted. */
    void checkTotal(final int total) throws StepFailedException {
        ensure(total >= 0, "tells of " + total + " flows");
        if (total > limits.flows()) {
            throw new StepFailedException(FailureReason.LIMIT_EXCEEDED, "The VM has " + total
                + " flows at State Host " + source + ", more than the " + limits.flows()
                + " that policy and both State Hosts permit in one migration");
        }
    }

    void ensure(final boolean right, final String what) throws StepFailedException {
        if (!right) {
            throw new StepFailedException(FailureReason.INTEGRITY_VIOLATED, "State Host " + source + " " + what);
        }
    }
}
