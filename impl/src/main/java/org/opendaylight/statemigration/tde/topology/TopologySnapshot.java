// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.topology;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.tde.fabric.Fabric;
import org.opendaylight.statemigration.tde.refusal.TopologyInconsistency;

/**
 * A topology at one moment. Immutable. What is inconsistent is left out: a VM of which something is wrong is
 * attached to nothing, and a State Host of which something is wrong carries what that is.
 */
public final class TopologySnapshot {
    private final String id;
    private final Fabric fabric;
    private final Map<String, VirtualMachine> vms;
    private final Set<Optional<VirtualNetwork>> incomplete;
    private final List<TopologyInconsistency> inconsistencies;

    TopologySnapshot(final String id, final Fabric fabric, final Map<String, VirtualMachine> vms,
            final Set<Optional<VirtualNetwork>> incomplete, final List<TopologyInconsistency> inconsistencies) {
        this.id = requireNonNull(id);
        this.fabric = requireNonNull(fabric);
        this.vms = Map.copyOf(vms);
        this.incomplete = Set.copyOf(incomplete);
        this.inconsistencies = List.copyOf(inconsistencies);
    }

    /** {@return the topology's id} */
    public String id() {
        return id;
    }

    /** {@return all that is wrong with the topology} */
    public List<TopologyInconsistency> inconsistencies() {
        return inconsistencies;
    }

    public Fabric fabric() {
        return fabric;
    }

    /** {@return VMs by name} */
    public Map<String, VirtualMachine> vms() {
        return vms;
    }

    /** {@return whether the network has VMs of which it is not known where they are} */
    public boolean isIncomplete(final Optional<VirtualNetwork> network) {
        return incomplete.contains(network);
    }

    /** {@return the VM as it was here, if it was attached and may have had the same flows} */
    Optional<VirtualMachine> attached(final VirtualMachine later) {
        return Optional.ofNullable(vms.get(later.name()))
            .filter(here -> here.attachedTo().isPresent() && later.continues(here));
    }

    /** {@return one with other VMs} */
    public TopologySnapshot with(final Map<String, VirtualMachine> others) {
        return new TopologySnapshot(id, fabric, others, incomplete, inconsistencies);
    }

    /** {@return this, but for one VM} */
    public TopologySnapshot with(final VirtualMachine vm) {
        final var others = new HashMap<>(vms);
        others.put(vm.name(), vm);
        return new TopologySnapshot(id, fabric, others, incomplete, inconsistencies);
    }

    /** {@return this where these links are down} */
    public TopologySnapshot without(final Set<String> suppressed) {
        final var links = fabric.links().stream().filter(link -> !suppressed.contains(link.id())).toList();
        return new TopologySnapshot(id, links.size() == fabric.links().size() ? fabric
            : new Fabric(fabric.edges(), fabric.hosts(), fabric.devices(), LinkPairs.usable(links)), vms,
            incomplete, inconsistencies);
    }

    /** {@return an equal one that shares what it can with an earlier one: less memory, and parts compare by ==} */
    public TopologySnapshot sharing(final TopologySnapshot earlier) {
        final var shared = new HashMap<>(vms);
        shared.replaceAll((name, vm) -> {
            final var known = earlier.vms.get(name);
            return vm.equals(known) ? known : vm;
        });
        return new TopologySnapshot(id, fabric.equals(earlier.fabric) ? earlier.fabric : fabric, shared, incomplete,
            inconsistencies);
    }
}
