// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.VmInventory;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.policy.Protection;
import org.opendaylight.statemigration.som.request.VmResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which flows policy wants protected now: of which VMs, at which State Hosts. */
final class ProtectionTargets {
    private static final Logger LOG = LoggerFactory.getLogger(ProtectionTargets.class);

    private final VmInventory inventory;
    private volatile Found last = new Found(List.of(), List.of(), Map.of());

    /**
     * What was found out last.
     *
     * @param protections what policy said
     * @param known the VMs that there were
     * @param targets what followed from it
     */
    private record Found(List<Protection> protections, List<InventoryVm> known, Map<CheckpointKey, Target> targets) {
    }

    /**
     * What is known of a target.
     *
     * @param vmName name of the VM, where known
     * @param interval how often to ask for changes
     */
    record Target(Optional<String> vmName, Duration interval) {
        Target {
            requireNonNull(vmName);
            requireNonNull(interval);
        }

        Target orMoreOften(final Target other) {
            return other.interval.compareTo(interval) < 0 ? other : this;
        }
    }

    ProtectionTargets(final VmInventory inventory) {
        this.inventory = requireNonNull(inventory);
    }

    /**
     * Find out. Costs little while neither the policy nor the VMs change.
     *
     * @param protections what policy says
     * @return targets
     */
    Map<CheckpointKey, Target> find(final List<Protection> protections) {
        final List<InventoryVm> known = protections.isEmpty() ? List.of() : List.copyOf(inventory.vms());
        final var before = last;
        if (before.protections().equals(protections) && before.known().equals(known)) {
            return before.targets();
        }
        final var targets = new HashMap<CheckpointKey, Target>();
        for (var protection : protections) {
            if (protection.vm().isPresent()) {
                addVm(targets, protection, known);
            } else {
                known.forEach(vm -> addPassing(targets, protection, vm));
            }
        }
        last = new Found(protections, known, targets);
        return targets;
    }

    /** {@return whether flows of that VM pass that State Host now} */
    boolean passes(final CheckpointKey key) {
        return hosts(key.vm(), inventory.vms()).contains(key.host());
    }

    private static void addVm(final Map<CheckpointKey, Target> targets, final Protection protection,
            final Collection<InventoryVm> known) {
        try {
            final var vm = new VmResolver(() -> known).resolve(protection.vm().orElseThrow());
            final var hosts = protection.hosts().isEmpty() ? hosts(vm.vm(), known) : protection.hosts();
            hosts.forEach(host -> targets.merge(new CheckpointKey(host, vm.vm()),
                new Target(vm.name(), protection.interval()), Target::orMoreOften));
        } catch (MigrationRejectedException e) {
            LOG.warn("Protection {} protects nothing at present: {}", protection.name(), e.getMessage());
        }
    }

    private static void addPassing(final Map<CheckpointKey, Target> targets, final Protection protection,
            final InventoryVm vm) {
        for (var host : vm.passes()) {
            if (protection.hosts().contains(host) && !vm.addresses().isEmpty()) {
                targets.merge(new CheckpointKey(host, new VmIdentity(vm.addresses(), vm.network())),
                    new Target(Optional.of(vm.name()), protection.interval()), Target::orMoreOften);
            }
        }
    }

    private static Set<StateHostId> hosts(final VmIdentity vm, final Collection<InventoryVm> known) {
        final var hosts = new HashSet<StateHostId>();
        known.stream()
            .filter(other -> other.network().equals(vm.network())
                && other.addresses().stream().anyMatch(vm.addresses()::contains))
            .forEach(other -> hosts.addAll(other.passes()));
        return hosts;
    }
}
