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

    Map<CheckpointKey, Target> find(final List<Protection> protections) {
        final var targets = new HashMap<CheckpointKey, Target>();
        if (protections.isEmpty()) {
            return targets;
        }
        final var known = inventory.machines();
        for (var protection : protections) {
            if (protection.vm().isPresent()) {
                addMachine(targets, protection, known);
            } else {
                known.forEach(machine -> addPassing(targets, protection, machine));
            }
        }
        return targets;
    }

    /** {@return whether flows of that VM pass that State Host now} */
    boolean passes(final CheckpointKey key) {
        return hosts(key.vm(), inventory.machines()).contains(key.host());
    }

    private static void addMachine(final Map<CheckpointKey, Target> targets, final Protection protection,
            final Collection<InventoryVm> known) {
        try {
            final var machine = new VmResolver(() -> known).resolve(protection.vm().orElseThrow());
            final var hosts = protection.hosts().isEmpty() ? hosts(machine.vm(), known) : protection.hosts();
            hosts.forEach(host -> targets.merge(new CheckpointKey(host, machine.vm()),
                new Target(machine.name(), protection.interval()), Target::orMoreOften));
        } catch (MigrationRejectedException e) {
            LOG.warn("Protection {} protects nothing at present: {}", protection.name(), e.getMessage());
        }
    }

    private static void addPassing(final Map<CheckpointKey, Target> targets, final Protection protection,
            final InventoryVm machine) {
        for (var host : machine.passes()) {
            if (protection.hosts().contains(host) && !machine.addresses().isEmpty()) {
                targets.merge(new CheckpointKey(host, new VmIdentity(machine.addresses(), machine.network())),
                    new Target(Optional.of(machine.name()), protection.interval()), Target::orMoreOften);
            }
        }
    }

    private static Set<StateHostId> hosts(final VmIdentity vm, final Collection<InventoryVm> known) {
        final var hosts = new HashSet<StateHostId>();
        known.stream()
            .filter(machine -> machine.network().equals(vm.network())
                && machine.addresses().stream().anyMatch(vm.addresses()::contains))
            .forEach(machine -> hosts.addAll(machine.passes()));
        return hosts;
    }
}
