// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.ifmt.VmInventory;
import org.opendaylight.statemigration.tde.topology.StateHostsOnPath;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;

/**
 * VMs of all topologies that are watched, and the State Hosts that their flows pass. Safe for use by
 * several threads; an answer is about the topology as it was when it was last evaluated, so it agrees with what the
 * Topology Discovery Entity then decided.
 */
public final class TopologyVmInventory implements VmInventory {
    /** A value: who has got it sees all topologies as they were at one time. */
    private volatile Map<String, Entry> topologies = Map.of();

    /**
     * A topology was evaluated.
     *
     * @param snapshot the topology
     */
    public synchronized void update(final TopologySnapshot snapshot) {
        final var next = new HashMap<>(topologies);
        next.put(snapshot.id(), new Entry(snapshot));
        topologies = Map.copyOf(next);
    }

    /**
     * A topology is not watched any more.
     *
     * @param topologyId its id
     */
    public synchronized void forget(final String topologyId) {
        final var next = new HashMap<>(topologies);
        next.remove(topologyId);
        topologies = Map.copyOf(next);
    }

    @Override
    public Collection<InventoryVm> vms() {
        return topologies.values().stream()
            .flatMap(entry -> entry.vms().stream())
            .sorted(Comparator.comparing(InventoryVm::topologyId).thenComparing(InventoryVm::name))
            .toList();
    }

    /**
     * A topology as it was last evaluated.
     *
     * @param topologyId its id
     * @return the topology; empty if there is none, or it is not watched
     */
    public Optional<TopologySnapshot> snapshot(final String topologyId) {
        return Optional.ofNullable(topologies.get(topologyId)).map(entry -> entry.snapshot);
    }

    /** A topology, and its VMs once somebody has asked for them: their passages take long to find. */
    private static final class Entry {
        private final TopologySnapshot snapshot;
        private List<InventoryVm> vms;

        Entry(final TopologySnapshot snapshot) {
            this.snapshot = requireNonNull(snapshot);
        }

        synchronized List<InventoryVm> vms() {
            if (vms == null) {
                vms = StateHostsOnPath.vms(snapshot);
            }
            return vms;
        }
    }
}
