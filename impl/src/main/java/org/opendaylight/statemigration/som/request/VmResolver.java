// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.request;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.VmInventory;
import org.opendaylight.statemigration.text.TextLists;

/**
 * Finds out which VM is meant (section 5 of the draft: anything that identifies it uniquely). A State Host
 * knows VMs by their addresses and virtual network only, so everything else is looked up in the topologies.
 */
public final class VmResolver {
    private static final int MAX_NAMED = 5;

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
        return wholeNetwork(reference.network().orElseThrow(() -> invalid("The notification does not say which"
            + " VM it is about: give its address, or the vnid or vn-name of its virtual network, or its vm-name,"
            + " mac-address or uuid in the topology")));
    }

    private Resolved named(final VmReference reference) throws MigrationRejectedException {
        final var known = inventory.vms();
        for (var criterion : reference.criteria()) {
            if (known.stream().noneMatch(criterion.isTrueOf())) {
                throw new MigrationRejectedException(Kind.DATA_MISSING, "No VM with " + criterion.text()
                    + " is in a topology that is watched: put it there, or name the VM by its address");
            }
        }
        final var meant = known.stream()
            .filter(vm -> reference.criteria().stream().allMatch(criterion -> criterion.isTrueOf().test(vm)))
            .toList();
        if (meant.isEmpty()) {
            throw invalid("No one VM has " + reference.criteria().stream().map(VmReference.Criterion::text)
                .collect(Collectors.joining(" and ")) + ": these are of different ones");
        }
        final var fitting = meant.stream().filter(vm -> contradiction(reference, vm).isEmpty()).toList();
        if (fitting.isEmpty()) {
            throw invalid(contradiction(reference, meant.getFirst()).orElseThrow());
        }
        // Two topologies may show the same VM
        if (fitting.stream().map(one -> List.of(one.addresses(), one.network())).distinct().count() > 1) {
            throw invalid("Several VMs have " + reference + ": " + names(fitting)
                + ". Say more of the one that is meant, such as its address or uuid");
        }
        final var vm = fitting.getFirst();
        if (vm.addresses().isEmpty()) {
            throw new MigrationRejectedException(Kind.DATA_MISSING, "VM " + vm
                + " has no address there, so its flows cannot be told from those of others: give it its address");
        }
        return new Resolved(new VmIdentity(reference.addresses().isEmpty() ? vm.addresses() : reference.addresses(),
            vm.network()), Optional.of(vm.name()));
    }

    private static Optional<String> contradiction(final VmReference reference, final InventoryVm vm) {
        final var foreign = new HashSet<>(reference.addresses());
        foreign.removeAll(vm.addresses());
        if (!foreign.isEmpty()) {
            return Optional.of("VM " + vm + " does not have address " + text(foreign) + ", but "
                + (vm.addresses().isEmpty() ? "none" : text(vm.addresses())));
        }
        return reference.network().filter(network -> !vm.network().equals(reference.network()))
            .map(network -> "VM " + vm + " is not in " + network + ", but in "
                + vm.network().map(VirtualNetwork::toString).orElse("the network without name"));
    }

    /** An address need not be in any topology, but what the topologies say of it must not contradict. */
    private Resolved addressed(final VmReference reference) throws MigrationRejectedException {
        final var identity = new VmIdentity(reference.addresses(), reference.network());
        final var holders = inventory.vms().stream()
            .filter(vm -> !Collections.disjoint(vm.addresses(), reference.addresses()))
            .toList();
        final var inNetwork = holders.stream().filter(vm -> vm.network().equals(reference.network())).toList();
        if (inNetwork.isEmpty() && !holders.isEmpty() && reference.network().isEmpty()) {
            throw invalid("Address " + text(reference.addresses()) + " is that of " + names(holders)
                + ", in a virtual network of its own: give its vnid or vn-name, "
                + holders.stream().flatMap(vm -> vm.network().stream()).map(VirtualNetwork::toString)
                    .distinct().sorted().collect(Collectors.joining(" or ")));
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
            throw new MigrationRejectedException(Kind.DATA_MISSING, members.isEmpty()
                ? "No topology that is watched shows a VM of " + network + ": give the addresses"
                : "The topology shows no address of a VM of " + network + ": give the addresses");
        }
        if (addresses.size() > VmIdentity.MAX_ADDRESSES) {
            throw invalid("VMs of " + network + " have " + addresses.size() + " addresses, more than the "
                + VmIdentity.MAX_ADDRESSES + " of one migration: move them one by one, with"
                + " notify-state-migrations");
        }
        return new Resolved(new VmIdentity(addresses, Optional.of(network)),
            members.size() == 1 ? Optional.of(members.getFirst().name()) : Optional.empty());
    }

    private static String names(final Collection<InventoryVm> vms) {
        return TextLists.firstOf(vms.stream().map(InventoryVm::toString).sorted().toList(), MAX_NAMED);
    }

    private static String text(final Set<InetAddress> addresses) {
        return addresses.stream().map(InetAddresses::toAddrString).sorted().collect(Collectors.joining(", "));
    }

    private static MigrationRejectedException invalid(final String sentence) {
        return new MigrationRejectedException(Kind.INVALID_VALUE, sentence);
    }
}
