package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links that are suppressed in one topology. Tells the observer, and the log, of differences only.
 */
final class SuppressionBoard {
    private static final Logger LOG = LoggerFactory.getLogger(SuppressionBoard.class);

    private final String topologyId;
    private final TopologyObserver observer;
    private SortedMap<String, Instant> shown = Collections.emptySortedMap();

    SuppressionBoard(final String topologyId, final TopologyObserver observer) {
        this.topologyId = requireNonNull(topologyId);
        this.observer = requireNonNull(observer);
    }

    void show(final SortedMap<String, Instant> suppressed) {
        final var before = shown;
        shown = suppressed;
        before.keySet().stream().filter(linkId -> !suppressed.containsKey(linkId)).forEach(linkId -> {
            LOG.info("Topology {}: link {} counts again", topologyId, linkId);
            observer.released(topologyId, linkId);
        });
        suppressed.forEach((linkId, until) -> {
            if (!until.equals(before.get(linkId))) {
                if (!before.containsKey(linkId)) {
                    LOG.warn("Topology {}: link {} changes too often, and counts as down until {}", topologyId,
                        linkId, until);
                }
                observer.suppressed(topologyId, linkId, until);
            }
        });
    }

    void clear() {
        show(Collections.emptySortedMap());
    }
}
