// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.opendaylight.statemigration.tde.refusal.RefusalText;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The refusals of one topology that stand. Tells the observer, and the log, of differences only.
 */
final class RefusalTracker {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalTracker.class);

    private final SortedMap<String, List<TopologyRefusal>> refused = new TreeMap<>();
    private SortedMap<String, List<TopologyRefusal>> shown = new TreeMap<>();
    private final String topologyId;
    private final TopologyStatusListener listener;
    private final InstantSource clock;

    RefusalTracker(final String topologyId, final TopologyStatusListener listener, final InstantSource clock) {
        this.topologyId = requireNonNull(topologyId);
        this.listener = requireNonNull(listener);
        this.clock = requireNonNull(clock);
    }

    /** The topology cannot be evaluated. What was refused before stands. */
    void unusable() {
        show(List.of(new TopologyRefusal.NotEvaluated()));
    }

    /**
     * The topology was evaluated.
     *
     * @param existing VMs that exist
     * @param reconsidered VMs whose earlier refusals no longer hold
     * @param now refusals by VM
     * @param others all that is wrong with the topology
     */
    void usable(final Set<String> existing, final Set<String> reconsidered,
            final Map<String, List<TopologyRefusal>> now,
            final List<TopologyRefusal> others) {
        refused.keySet().retainAll(existing);
        refused.keySet().removeAll(reconsidered);
        refused.putAll(now);
        show(others);
    }

    void clear() {
        refused.clear();
        show(List.of());
    }

    private void show(final List<TopologyRefusal> others) {
        final var next = new TreeMap<>(refused);
        others.forEach(refusal -> next.merge(refusal.vmName().orElse(TopologyStatusListener.NO_VM), List.of(refusal),
            (some, more) -> Stream.concat(some.stream(), more.stream()).toList()));
        final var before = shown;
        shown = next;
        before.keySet().stream().filter(vmName -> !next.containsKey(vmName))
            .forEach(vmName -> listener.cleared(topologyId, vmName));
        next.forEach((vmName, refusals) -> {
            if (!refusals.equals(before.get(vmName))) {
                LOG.warn("Topology {}, VM {}: {}", topologyId, vmName, RefusalText.of(refusals));
                listener.refused(topologyId, vmName, refusals, clock.instant());
            }
        });
    }
}
