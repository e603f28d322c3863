// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import java.util.Optional;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.selection.Vm;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.selection.VmBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.VnName;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Vnid;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.virtual.network.virtual.network.VnNameBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.virtual.network.virtual.network.VnidBuilder;
import org.opendaylight.yangtools.yang.common.Uint32;

/** Virtual networks and VMs. */
public final class VmCodec {
    private VmCodec() {
        // Hidden on purpose
    }

    /**
     * VM to YANG. Other containers that use the same grouping are built from the result.
     *
     * @param vm the VM
     * @return the same in YANG
     */
    public static Vm encode(final VmIdentity vm) {
        return new VmBuilder()
            .setAddress(AddressCodec.encodeAll(vm.addresses()))
            .setVirtualNetwork(encodeNetwork(vm.network()))
            .build();
    }

    /**
     * VM from YANG.
     *
     * @param vm the VM, or null
     * @return the same in Java
     * @throws IllegalArgumentException if it is missing or has no usable address
     */
    public static VmIdentity decode(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.VmIdentity vm) {
        final var present = Required.value(vm, "vm");
        return new VmIdentity(AddressCodec.decodeAll(present.getAddress()), decodeNetwork(present.getVirtualNetwork()));
    }

    /**
     * Virtual network to YANG.
     *
     * @param network the network
     * @return the same in YANG, or null for none
     */
    public static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123
        .virtual.network.VirtualNetwork
            encodeNetwork(final Optional<VirtualNetwork> network) {
        if (network.isEmpty()) {
            return null;
        }
        return switch (network.orElseThrow()) {
            case VirtualNetwork.Vnid vnid ->
                new VnidBuilder().setVnid(new Vnid(Uint32.valueOf(vnid.value()))).build();
            case VirtualNetwork.VnName name -> new VnNameBuilder().setVnName(new VnName(name.value())).build();
        };
    }

    /**
     * Virtual network from YANG.
     *
     * @param network the network, or null for none
     * @return the same in Java
     */
    public static Optional<VirtualNetwork> decodeNetwork(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123
                .virtual.network.VirtualNetwork network) {
        return switch (network) {
            case org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123
                .virtual.network.virtual.network.Vnid vnid ->
                Optional.of(new VirtualNetwork.Vnid(vnid.requireVnid().getValue().intValue()));
            case org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123
                .virtual.network.virtual.network.VnName name ->
                Optional.of(new VirtualNetwork.VnName(name.requireVnName().getValue()));
            case null, default -> Optional.empty();
        };
    }
}
