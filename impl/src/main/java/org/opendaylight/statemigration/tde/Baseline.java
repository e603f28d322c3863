package org.opendaylight.statemigration.tde;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known from before a change: the snapshot that was acted upon last, and earlier ones in which machines could
 * talk that since cannot.
 *
 * <p>Where the state of two machines' flows is, is told by the last snapshot in which both were attached and their path
 * was clear. So a machine that is deleted and then made anew elsewhere has moved, and so have flows whose only link is
 * removed before another one is added. Only the snapshot before each loss has to be kept for that. They are few, and
 * the oldest goes when there are too many: its machines then count as new.
 *
 * @param current acted upon last
 * @param losses each the last one before some machines lost contact, newest first
 */
public record Baseline(TopologySnapshot current, List<TopologySnapshot> losses) {
    /** Snapshots kept. A bound on memory: each one of a large topology may take megabytes. */
    static final int MAX_LOSSES = 32;

    public Baseline {
        losses = List.copyOf(losses);
    }

    /**
     * {@return the baseline of a topology seen for the first time}
     *
     * @param first what was seen
     */
    public static Baseline of(final TopologySnapshot first) {
        return new Baseline(first, List.of());
    }

    Baseline advance(final TopologySnapshot after, final boolean contactLost) {
        return new Baseline(after, contactLost ? newestFirst().stream().limit(MAX_LOSSES).toList() : losses);
    }

    List<TopologySnapshot> newestFirst() {
        final var all = new ArrayList<TopologySnapshot>(losses.size() + 1);
        all.add(current);
        all.addAll(losses);
        return all;
    }
}
