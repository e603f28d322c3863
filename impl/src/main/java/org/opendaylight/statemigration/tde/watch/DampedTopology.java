// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.SortedMap;
import org.opendaylight.statemigration.som.policy.Damping;
import org.opendaylight.statemigration.tde.fabric.Fabric;
import org.opendaylight.statemigration.tde.fabric.Link;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;

/**
 * A topology without links that change too often: they count as down. Only changes that a decision could have been
 * based on count. What was never seen before costs nothing, nor does a link that comes up: it had to go down before.
 * VMs are never suppressed, however often they move: their packets are where they are now, and wait for their
 * state.
 */
final class DampedTopology {
    private final FlapDamping damping;
    private SortedMap<String, Instant> suppressed = Collections.emptySortedMap();
    private TopologySnapshot latest;

    DampedTopology(final FlapDamping damping) {
        this.damping = requireNonNull(damping);
    }

    /** {@return the stable part of a topology, the newest that there is} */
    TopologySnapshot of(final TopologySnapshot next, final Instant now) {
        if (latest != null) {
            countLinks(latest.fabric(), next.fabric(), now);
        }
        latest = next;
        return again(now);
    }

    /** {@return the stable part of the newest topology, some time later} */
    TopologySnapshot again(final Instant now) {
        suppressed = damping.suppressed(now);
        return suppressed.isEmpty() ? latest : latest.without(suppressed.keySet());
    }

    /** {@return ids of links that are left out, and until when unless they change again} */
    SortedMap<String, Instant> suppressed() {
        return suppressed;
    }

    private void countLinks(final Fabric before, final Fabric after, final Instant now) {
        if (before.links().equals(after.links())) {
            return;
        }
        final var links = new HashMap<String, Link>();
        after.links().forEach(link -> links.put(link.id(), link));
        for (var link : before.links()) {
            final var next = links.get(link.id());
            if (next == null) {
                damping.changed(link.id(), Damping.LOSS, now);
            } else if (!next.equals(link)) {
                damping.changed(link.id(), Damping.CHANGE, now);
            }
        }
    }
}
