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
                final var stateHostsOnPath = new StateHostsOnPath(snapshot);
                vms = snapshot.vms().values().stream()
                    .map(vm -> new InventoryVm(snapshot.id(), vm.name(), vm.addresses(),
                        vm.network(), vm.macAddress(), vm.uuid().map(Object::toString),
                        stateHostsOnPath.of(vm)))
                    .toList();
            }
            return vms;
        }
    }
}
