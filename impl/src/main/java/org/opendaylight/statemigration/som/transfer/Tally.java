package org.opendaylight.statemigration.som.transfer;

import org.opendaylight.statemigration.som.MigrationRecord.Counts;

/** Counts of a leg, kept by the threads that work for it. */
final class Tally {
    private Counts counts = Counts.NONE;

    synchronized Counts counts() {
        return counts;
    }

    synchronized void uploaded(final int total, final int uploaded, final int omitted) {
        counts = new Counts(total, uploaded, counts.accepted(), counts.refused(), omitted, counts.verified(),
            counts.released(), counts.gone(), counts.chunks());
    }

    synchronized void downloaded(final int accepted, final int refused) {
        counts = new Counts(counts.total(), counts.uploaded(), counts.accepted() + accepted,
            counts.refused() + refused, counts.omitted(), counts.verified(), counts.released(), counts.gone(),
            counts.chunks() + 1);
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
