// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.request;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.InventoryVm;

/**
 * What a notification says of the VM it means. All of it has to be true of that VM.
 *
 * @param addresses its addresses or some of them
 * @param network its virtual network
 * @param name id of its node
 * @param macAddress MAC address of its interface, in lower case
 * @param uuid its UUID, in lower case
 */
public record VmReference(Set<InetAddress> addresses, Optional<VirtualNetwork> network, Optional<String> name,
        Optional<String> macAddress, Optional<String> uuid) {
    public VmReference {
        addresses = Set.copyOf(addresses);
        requireNonNull(network);
        requireNonNull(name);
        macAddress = macAddress.map(mac -> mac.toLowerCase(Locale.ROOT));
        uuid = uuid.map(id -> id.toLowerCase(Locale.ROOT));
    }

    /**
     * A VM by identity.
     *
     * @param vm the identity
     * @return a reference that says the same
     */
    public static VmReference of(final VmIdentity vm) {
        return new VmReference(vm.addresses(), vm.network(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** {@return whether there is something that only a topology can resolve} */
    boolean needsInventory() {
        return name.isPresent() || macAddress.isPresent() || uuid.isPresent();
    }

    /** One thing that is said of the VM, and the VMs of which it is true. */
    record Criterion(String text, Predicate<InventoryVm> isTrueOf) {
    }

    /** {@return everything that names a VM in a topology} */
    List<Criterion> criteria() {
        final var criteria = new ArrayList<Criterion>();
        name.ifPresent(value -> criteria.add(new Criterion("vm-name " + value, vm -> vm.name().equals(value))));
        macAddress.ifPresent(value -> criteria.add(new Criterion("mac-address " + value,
            vm -> vm.macAddress().equals(macAddress))));
        uuid.ifPresent(value -> criteria.add(new Criterion("uuid " + value, vm -> vm.uuid().equals(uuid))));
        return criteria;
    }

    @Override
    public String toString() {
        final var texts = criteria().stream().map(Criterion::text).collect(Collectors.toCollection(ArrayList::new));
        if (!addresses.isEmpty()) {
            texts.add(new VmIdentity(addresses, Optional.empty()).toString());
        }
        network.ifPresent(vn -> texts.add(vn.toString()));
        return String.join(", ", texts);
    }
}
