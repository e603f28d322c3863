// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opendaylight.statemigration.tde.topology.TopologyInconsistency;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The refusals of one topology that stand. Tells the observer, and the log, of differences only.
 */
final class RefusalTracker {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalTracker.class);

    private final SortedMap<String, String> refused = new TreeMap<>();
    private SortedMap<String, String> shown = new TreeMap<>();
    private final String topologyId;
    private final TopologyStatusListener listener;
    private final InstantSource clock;

    RefusalTracker(final String topologyId, final TopologyStatusListener listener, final InstantSource clock) {
        this.topologyId = requireNonNull(topologyId);
        this.listener = requireNonNull(listener);
        this.clock = requireNonNull(clock);
    }

    /** The topology cannot be evaluated. What was refused before stands. */
    void unusable(final String sentence) {
        show(List.of(new TopologyInconsistency(Optional.empty(), sentence)));
    }

    /**
     * The topology was evaluated.
     *
     * @param existing VMs that exist
     * @param reconsidered VMs whose earlier refusals no longer hold
     * @param now refusals by VM
     * @param contradictions all that is wrong with the topology
     */
    void usable(final Set<String> existing, final Set<String> reconsidered, final Map<String, String> now,
            final List<TopologyInconsistency> contradictions) {
        refused.keySet().retainAll(existing);
        refused.keySet().removeAll(reconsidered);
        refused.putAll(now);
        show(contradictions);
    }

    void clear() {
        refused.clear();
        show(List.of());
    }

    private void show(final List<TopologyInconsistency> contradictions) {
        final var next = new TreeMap<>(refused);
        contradictions.forEach(topologyInconsistency -> next.merge(topologyInconsistency.vmName()
            .orElse(TopologyStatusListener.NO_MACHINE),
            topologyInconsistency.sentence(), (one, other) -> one + " " + other));
        final var before = shown;
        shown = next;
        before.keySet().stream().filter(vmName -> !next.containsKey(vmName))
            .forEach(vmName -> listener.cleared(topologyId, vmName));
        next.forEach((vmName, detail) -> {
            if (!detail.equals(before.get(vmName))) {
                LOG.warn("Topology {}, VM {}: {}", topologyId, vmName, detail);
                listener.refused(topologyId, vmName, detail, clock.instant());
            }
        });
    }
}
