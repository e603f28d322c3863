// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links that are suppressed in one topology. Tells the observer, and the log, of differences only.
 */
final class SuppressionTracker {
    private static final Logger LOG = LoggerFactory.getLogger(SuppressionTracker.class);

    private final String topologyId;
    private final TopologyStatusListener listener;
    private SortedMap<String, Instant> shown = Collections.emptySortedMap();

    SuppressionTracker(final String topologyId, final TopologyStatusListener listener) {
        this.topologyId = requireNonNull(topologyId);
        this.listener = requireNonNull(listener);
    }

    void show(final SortedMap<String, Instant> suppressed) {
        final var before = shown;
        shown = suppressed;
        before.keySet().stream().filter(linkId -> !suppressed.containsKey(linkId)).forEach(linkId -> {
            LOG.info("Topology {}: link {} counts again", topologyId, linkId);
            listener.released(topologyId, linkId);
        });
        suppressed.forEach((linkId, until) -> {
            if (!until.equals(before.get(linkId))) {
                if (!before.containsKey(linkId)) {
                    LOG.warn("Topology {}: link {} changes too often, and counts as down until {}", topologyId,
                        linkId, until);
                }
                listener.suppressed(topologyId, linkId, until);
            }
        });
    }

    void clear() {
        show(Collections.emptySortedMap());
    }
}
