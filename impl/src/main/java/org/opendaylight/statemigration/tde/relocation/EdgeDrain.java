// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

/**
 * What follows if the VMs of an edge move away, one after the other, before any of them has. A pure function of
 * the topology.
 */
public final class EdgeDrain {
    private final TopologySnapshot topology;
    private final String edge;

    /**
     * A drain.
     *
     * @param topology the topology as it is
     * @param edge the edge that is drained
     * @throws IllegalArgumentException if there is no such edge, or nothing is attached to it
     */
    public EdgeDrain(final TopologySnapshot topology, final String edge) {
        this.topology = requireNonNull(topology);
        this.edge = requireNonNull(edge);
        requireEdge(edge);
        if (vms().isEmpty()) {
            throw new IllegalArgumentException("No VM is attached to edge " + edge + " of topology "
                + topology.id() + ": there is nothing to drain");
        }
    }

    /**
     * What the moves lead to.
     *
     * @param notifications what has to be announced, in the order of the moves
     * @param refusals what cannot be told, by VM
     */
    public record Outlook(List<StateMigrationNotification> notifications, Map<String, List<TopologyRefusal>> refusals) {
        public Outlook {
            notifications = List.copyOf(notifications);
            refusals = Map.copyOf(refusals);
        }
    }

    /** {@return the VMs of the edge by name, in order} */
    public List<String> vms() {
        return topology.vms().values().stream()
            .filter(vm -> vm.attachedTo().equals(Optional.of(edge)))
            .map(VirtualMachine::name).sorted().toList();
    }

    /**
     * Look ahead. Each decision is the one that will be taken if the VMs then move in this order.
     *
     * @param targets to which edge each VM goes, in order
     * @return what follows
     * @throws IllegalArgumentException if a VM is not attached to the edge, or a target is no other edge
     */
    public Outlook outlook(final Map<String, String> targets) {
        final var notifications = new ArrayList<StateMigrationNotification>();
        final var refusals = new HashMap<String, List<TopologyRefusal>>();
        var baseline = Baseline.of(topology);
        for (var move : targets.entrySet()) {
            requireMove(move.getKey(), move.getValue());
            final var step = RelocationPlanner.find(baseline, after(baseline.current(), move.getKey(),
                move.getValue()));
            for (var decision : step.decisions()) {
                switch (decision) {
                    case Decision.Relocation relocation -> notifications.add(relocation.notification());
                    case Decision.Refusal refusal -> refusals.computeIfAbsent(refusal.vmName(),
                        key -> new ArrayList<>()).add(refusal.refusal());
                }
            }
            baseline = step.next();
        }
        return new Outlook(notifications, refusals);
    }

    private void requireMove(final String vm, final String target) {
        if (!vms().contains(vm)) {
            throw new IllegalArgumentException("VM " + vm + " is not attached to edge " + edge);
        }
        requireEdge(target);
        if (target.equals(edge)) {
            throw new IllegalArgumentException("VM " + vm + " cannot go to edge " + edge
                + ", which is drained");
        }
    }

    private void requireEdge(final String node) {
        if (!topology.fabric().edges().contains(node)) {
            throw new IllegalArgumentException("Topology " + topology.id() + " has no edge " + node);
        }
    }

    private static TopologySnapshot after(final TopologySnapshot before, final String vm, final String target) {
        final var vms = new HashMap<>(before.vms());
        vms.computeIfPresent(vm, (name, known) -> known.attachedTo(Optional.of(target)));
        return before.with(vms);
    }
}
