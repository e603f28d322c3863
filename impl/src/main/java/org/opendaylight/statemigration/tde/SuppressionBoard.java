package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is suppressed in one topology. Tells the observer, and the log, of differences only.
 */
final class SuppressionBoard {
    private static final Logger LOG = LoggerFactory.getLogger(SuppressionBoard.class);

    private final String topologyId;
    private final TopologyObserver observer;
    private SortedMap<Flapping, Instant> shown = Collections.emptySortedMap();

    SuppressionBoard(final String topologyId, final TopologyObserver observer) {
        this.topologyId = requireNonNull(topologyId);
        this.observer = requireNonNull(observer);
    }

    void show(final SortedMap<Flapping, Instant> suppressed) {
        final var before = shown;
        shown = suppressed;
        before.keySet().stream().filter(element -> !suppressed.containsKey(element)).forEach(element -> {
            LOG.info("Topology {}: {} counts again", topologyId, element);
            observer.released(topologyId, element);
        });
        suppressed.forEach((element, until) -> {
            if (!until.equals(before.get(element))) {
                if (!before.containsKey(element)) {
                    LOG.warn("Topology {}: {} changes too often, and counts for nothing until {}", topologyId, element,
                        until);
                }
                observer.suppressed(topologyId, element, until);
            }
        });
    }

    void clear() {
        show(Collections.emptySortedMap());
    }
}
