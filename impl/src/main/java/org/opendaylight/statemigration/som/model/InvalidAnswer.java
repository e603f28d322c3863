// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.flow.FlowKey;

/** What a State Host answered contradicts itself, what it told before, or what it was asked for. */
public sealed interface InvalidAnswer {
    /** A chunk comes in the place of another. */
    record WrongSequence(long sequence, long expected) implements InvalidAnswer {
    }

    /** A chunk has no flows. */
    record EmptyChunk(long sequence) implements InvalidAnswer {
    }

    /** A chunk has more flows than were asked for. */
    record LargeChunk(long sequence, int flows, int ended, int limit) implements InvalidAnswer {
    }

    /** A chunk's digest is not that of its flows. */
    record WrongDigest(long sequence) implements InvalidAnswer {
    }

    /** A flow is not one of those that were asked for. */
    record ForeignFlow(FlowKey flow) implements InvalidAnswer {
        public ForeignFlow {
            requireNonNull(flow);
        }
    }

    /** There cannot be so many flows. */
    record NegativeTotal(int total) implements InvalidAnswer {
    }

    /** The number of flows has changed in an upload. */
    record OtherTotal(int first, int later) implements InvalidAnswer {
    }

    /** The number of flows has changed, but no flow has. */
    record OtherTotalWithoutChange(int before, int after) implements InvalidAnswer {
    }

    /** The number of flows is none that a chunk of changes can lead to. */
    record UnreachableTotal(int before, long sequence, int flows, int ended, int after) implements InvalidAnswer {
    }

    /** There are changes that are not given. */
    record ChangesWithheld() implements InvalidAnswer {
    }

    /** Flows are missing, but there is no chunk. */
    record ChunkWithheld(long sequence, int missing) implements InvalidAnswer {
    }

    /** The upload ends too early, or goes on although all flows have come. */
    record WrongEnd(int total, int received, boolean ended) implements InvalidAnswer {
    }

    /** Flows have ended before changes were asked for. */
    record ChangesInSnapshot() implements InvalidAnswer {
    }

    /** There are more flows than were told of. */
    record MoreThanTotal(int total) implements InvalidAnswer {
    }

    /** Flows that are accepted and refused are not those of the chunk. */
    record WrongAcceptance(long sequence, int flows, int accepted, int refused) implements InvalidAnswer {
    }

    /** A flow is refused that the chunk does not have. */
    record NoSuchFlow(int index, int flows) implements InvalidAnswer {
    }
}
