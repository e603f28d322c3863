// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.topology;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.ifmt.VmInventory;

/**
 * VMs of all topologies that are watched, and the State Hosts that their flows pass. Safe for use by
 * several threads; an answer is about the topology as it was when it was last evaluated, so it agrees with what the
 * Topology Discovery Entity then decided.
 */
public final class TopologyVmInventory implements VmInventory {
    private final Map<String, Entry> topologies = new ConcurrentHashMap<>();

    public void update(final TopologySnapshot snapshot) {
        topologies.put(snapshot.id(), new Entry(snapshot));
    }

    public void forget(final String topologyId) {
        topologies.remove(topologyId);
    }

    @Override
    public Collection<InventoryVm> machines() {
        return topologies.values().stream()
            .flatMap(entry -> entry.machines().stream())
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
        private List<InventoryVm> machines;

        Entry(final TopologySnapshot snapshot) {
            this.snapshot = requireNonNull(snapshot);
        }

        synchronized List<InventoryVm> machines() {
            if (machines == null) {
                final var stateHostsOnPath = new StateHostsOnPath(snapshot);
                machines = snapshot.machines().values().stream()
                    .map(machine -> new InventoryVm(snapshot.id(), machine.name(), machine.addresses(),
                        machine.network(), machine.macAddress(), machine.uuid().map(Object::toString),
                        stateHostsOnPath.of(machine)))
                    .toList();
            }
            return machines;
        }
    }
}
