// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;

/** It is not clear which VM is meant, or where its flows can be told from those of others. */
public sealed interface VmRejection extends Rejection {
    @Override
    default Kind kind() {
        return Kind.INVALID_VALUE;
    }

    /** Nothing is said of the VM. */
    record NotNamed() implements VmRejection {
    }

    /**
     * No topology has such a VM.
     *
     * @param criterion what is said of the VM, such as its name
     */
    record Unknown(String criterion) implements VmRejection {
        public Unknown {
            requireNonNull(criterion);
        }

        @Override
        public Kind kind() {
            return Kind.DATA_MISSING;
        }
    }

    /**
     * What is said is true of different VMs.
     *
     * @param criteria what is said
     */
    record Contradictory(List<String> criteria) implements VmRejection {
        public Contradictory {
            criteria = List.copyOf(criteria);
        }
    }

    /**
     * The VM does not have an address that is said to be its own.
     *
     * @param vm the VM
     * @param foreign the addresses that it does not have
     */
    record ForeignAddress(InventoryVm vm, Set<InetAddress> foreign) implements VmRejection {
        public ForeignAddress {
            requireNonNull(vm);
            foreign = Set.copyOf(foreign);
        }
    }

    /**
     * The VM is in another virtual network.
     *
     * @param vm the VM
     * @param network the one that is said
     */
    record ForeignNetwork(InventoryVm vm, VirtualNetwork network) implements VmRejection {
        public ForeignNetwork {
            requireNonNull(vm);
            requireNonNull(network);
        }
    }

    /**
     * What is said is true of several VMs.
     *
     * @param reference what is said
     * @param vms the VMs
     */
    record Ambiguous(String reference, List<InventoryVm> vms) implements VmRejection {
        public Ambiguous {
            requireNonNull(reference);
            vms = List.copyOf(vms);
        }
    }

    /**
     * The VM has no address.
     *
     * @param vm the VM
     */
    record WithoutAddress(InventoryVm vm) implements VmRejection {
        public WithoutAddress {
            requireNonNull(vm);
        }

        @Override
        public Kind kind() {
            return Kind.DATA_MISSING;
        }
    }

    /**
     * An address is given without the virtual network in which VMs have it.
     *
     * @param addresses the addresses
     * @param vms the VMs
     */
    record NetworkNotNamed(Set<InetAddress> addresses, List<InventoryVm> vms) implements VmRejection {
        public NetworkNotNamed {
            addresses = Set.copyOf(addresses);
            vms = List.copyOf(vms);
        }
    }

    /**
     * No address of a VM in a virtual network is known.
     *
     * @param network the virtual network
     * @param shown whether there are VMs of it
     */
    record EmptyNetwork(VirtualNetwork network, boolean shown) implements VmRejection {
        public EmptyNetwork {
            requireNonNull(network);
        }

        @Override
        public Kind kind() {
            return Kind.DATA_MISSING;
        }
    }

    /**
     * A virtual network is too large for one migration.
     *
     * @param network the virtual network
     * @param addresses addresses of its VMs
     */
    record LargeNetwork(VirtualNetwork network, int addresses) implements VmRejection {
        public LargeNetwork {
            requireNonNull(network);
        }
    }
}
