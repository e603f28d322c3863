// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.request;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.VmInventory;
import org.opendaylight.statemigration.ifmt.VmRejection;

/**
 * Finds out which VM is meant (section 5 of the draft: anything that identifies it uniquely). A State Host
 * knows VMs by their addresses and virtual network only, so everything else is looked up in the topologies.
 */
public final class VmResolver {
    private final VmInventory inventory;

    /**
     * A resolver.
     *
     * @param inventory the VMs that are known
     */
    public VmResolver(final VmInventory inventory) {
        this.inventory = requireNonNull(inventory);
    }

    /**
     * A VM as State Hosts know it.
     *
     * @param vm its identity
     * @param name id of its node, where one topology shows it
     */
    public record Resolved(VmIdentity vm, Optional<String> name) {
        public Resolved {
            requireNonNull(vm);
            requireNonNull(name);
        }
    }

    /**
     * Resolve.
     *
     * @param reference what is said of the VM
     * @return the VM
     * @throws MigrationRejectedException if there is none, or several, or its parts contradict each other
     */
    public Resolved resolve(final VmReference reference) throws MigrationRejectedException {
        if (reference.needsInventory()) {
            return named(reference);
        }
        if (!reference.addresses().isEmpty()) {
            return addressed(reference);
        }
        return wholeNetwork(reference.network().orElseThrow(() -> rejected(new VmRejection.NotNamed())));
    }

    private Resolved named(final VmReference reference) throws MigrationRejectedException {
        final var known = inventory.vms();
        for (var criterion : reference.criteria()) {
            if (known.stream().noneMatch(criterion.isTrueOf())) {
                throw rejected(new VmRejection.Unknown(criterion.text()));
            }
        }
        final var meant = known.stream()
            .filter(vm -> reference.criteria().stream().allMatch(criterion -> criterion.isTrueOf().test(vm)))
            .toList();
        if (meant.isEmpty()) {
            throw rejected(new VmRejection.Contradictory(
                reference.criteria().stream().map(VmReference.Criterion::text).toList()));
        }
        final var fitting = meant.stream().filter(vm -> inconsistency(reference, vm).isEmpty()).toList();
        if (fitting.isEmpty()) {
            throw rejected(inconsistency(reference, meant.getFirst()).orElseThrow());
        }
        // Two topologies may show the same VM
        if (fitting.stream().map(one -> List.of(one.addresses(), one.network())).distinct().count() > 1) {
            throw rejected(new VmRejection.Ambiguous(reference.toString(), fitting));
        }
        final var vm = fitting.getFirst();
        if (vm.addresses().isEmpty()) {
            throw rejected(new VmRejection.WithoutAddress(vm));
        }
        return new Resolved(new VmIdentity(reference.addresses().isEmpty() ? vm.addresses() : reference.addresses(),
            vm.network()), Optional.of(vm.name()));
    }

    private static Optional<VmRejection> inconsistency(final VmReference reference, final InventoryVm vm) {
        final var foreign = new HashSet<>(reference.addresses());
        foreign.removeAll(vm.addresses());
        if (!foreign.isEmpty()) {
            return Optional.of(new VmRejection.ForeignAddress(vm, foreign));
        }
        return reference.network().filter(network -> !vm.network().equals(reference.network()))
            .map(network -> new VmRejection.ForeignNetwork(vm, network));
    }

    /** An address need not be in any topology, but what the topologies say of it must not contradict. */
    private Resolved addressed(final VmReference reference) throws MigrationRejectedException {
        final var identity = new VmIdentity(reference.addresses(), reference.network());
        final var holders = inventory.vms().stream()
            .filter(vm -> !Collections.disjoint(vm.addresses(), reference.addresses()))
            .toList();
        final var inNetwork = holders.stream().filter(vm -> vm.network().equals(reference.network())).toList();
        if (inNetwork.isEmpty() && !holders.isEmpty() && reference.network().isEmpty()) {
            throw rejected(new VmRejection.NetworkNotNamed(reference.addresses(), holders));
        }
        final var owners = inNetwork.stream().map(InventoryVm::name).distinct().toList();
        return new Resolved(identity, owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty());
    }

    private Resolved wholeNetwork(final VirtualNetwork network) throws MigrationRejectedException {
        final var members = inventory.vms().stream()
            .filter(vm -> vm.network().equals(Optional.of(network)))
            .toList();
        final var addresses = members.stream().flatMap(vm -> vm.addresses().stream())
            .collect(Collectors.toSet());
        if (addresses.isEmpty()) {
            throw rejected(new VmRejection.EmptyNetwork(network, !members.isEmpty()));
        }
        if (addresses.size() > VmIdentity.MAX_ADDRESSES) {
            throw rejected(new VmRejection.LargeNetwork(network, addresses.size()));
        }
        return new Resolved(new VmIdentity(addresses, Optional.of(network)),
            members.size() == 1 ? Optional.of(members.getFirst().name()) : Optional.empty());
    }

    private static MigrationRejectedException rejected(final VmRejection why) {
        return new MigrationRejectedException(why);
    }
}
