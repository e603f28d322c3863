// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import org.opendaylight.statemigration.som.model.MigrationRecord.Counts;
import org.opendaylight.statemigration.som.model.MigrationRecord.Rounds;

/** Counts of a leg, kept by the threads that work for it. */
final class TransferCounters {
    private Counts counts = Counts.NONE;
    private Rounds rounds = Rounds.NONE;

    synchronized Counts counts() {
        return counts;
    }

    synchronized Rounds rounds() {
        return rounds;
    }

    synchronized void uploaded(final int total, final int uploaded, final int omitted) {
        counts = new Counts(total, uploaded, counts.accepted(), counts.refused(), omitted, counts.verified(),
            counts.released(), counts.gone(), counts.chunks());
    }

    synchronized void changed(final QueuedChunk queuedChunk) {
        rounds = new Rounds(rounds.count(), rounds.updated() + queuedChunk.chunk().flows().size(),
            rounds.ended() + queuedChunk.chunk().ended().size());
        uploaded(queuedChunk.total(), queuedChunk.total(), counts.omitted());
    }

    synchronized void omitted(final int further) {
        uploaded(counts.total(), counts.uploaded(), counts.omitted() + further);
    }

    synchronized void round() {
        rounds = new Rounds(rounds.count() + 1, rounds.updated(), rounds.ended());
    }

    /** How many flows are at the destination, and how many it refuses, now that it has one chunk more. */
    synchronized void downloaded(final int accepted, final int refused) {
        counts = new Counts(counts.total(), counts.uploaded(), accepted, refused, counts.omitted(), counts.verified(),
            counts.released(), counts.gone(), counts.chunks() + 1);
    }

    synchronized void verified(final int verified) {
        counts = new Counts(counts.total(), counts.uploaded(), counts.accepted(), counts.refused(), counts.omitted(),
            verified, counts.released(), counts.gone(), counts.chunks());
    }

    synchronized void released(final int released, final int gone) {
        counts = new Counts(counts.total(), counts.uploaded(), counts.accepted(), counts.refused(), counts.omitted(),
            counts.verified(), released, gone, counts.chunks());
    }
}
