// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.refusal;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * Something in a topology that cannot be so. It concerns flows of that VM, or flows that pass that node, and no others.
 */
public sealed interface TopologyInconsistency extends TopologyRefusal {
    @Override
    default Optional<String> vmName() {
        return Optional.empty();
    }

    /**
     * Several nodes have one id.
     *
     * @param node the id
     */
    record DuplicateNode(String node) implements TopologyInconsistency {
        public DuplicateNode {
            requireNonNull(node);
        }
    }

    /**
     * Several links have one id.
     *
     * @param link the id
     */
    record DuplicateLink(String link) implements TopologyInconsistency {
        public DuplicateLink {
            requireNonNull(link);
        }
    }

    /**
     * A State Host performs no function.
     *
     * @param host the State Host
     * @param node id of its node
     */
    record NoFunction(StateHostId host, String node) implements TopologyInconsistency {
        public NoFunction {
            requireNonNull(host);
            requireNonNull(node);
        }
    }

    /**
     * A State Host performs a function whose state cannot be migrated.
     *
     * @param host the State Host
     * @param node id of its node
     * @param function name of the function's YANG identity
     */
    record UnsupportedFunction(StateHostId host, String node, String function) implements TopologyInconsistency {
        public UnsupportedFunction {
            requireNonNull(host);
            requireNonNull(node);
            requireNonNull(function);
        }
    }

    /**
     * Several nodes claim to be one State Host.
     *
     * @param host the State Host
     * @param nodes ids of the nodes
     */
    record DuplicateStateHost(StateHostId host, List<String> nodes) implements TopologyInconsistency {
        public DuplicateStateHost {
            requireNonNull(host);
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * The addresses of a VM cannot be those of a VM.
     *
     * @param vm id of its node
     * @param detail what is wrong with them
     */
    record InvalidAddresses(String vm, String detail) implements TopologyInconsistency {
        public InvalidAddresses {
            requireNonNull(vm);
            requireNonNull(detail);
        }

        @Override
        public Optional<String> vmName() {
            return Optional.of(vm);
        }
    }

    /**
     * A VM is attached to what is no edge.
     *
     * @param vm id of its node
     * @param node what it is attached to
     * @param exists whether there is such a node
     */
    record AttachedToNoEdge(String vm, String node, boolean exists) implements TopologyInconsistency {
        public AttachedToNoEdge {
            requireNonNull(vm);
            requireNonNull(node);
        }

        @Override
        public Optional<String> vmName() {
            return Optional.of(vm);
        }
    }

    /**
     * Several VMs of a virtual network have one address.
     *
     * @param vm id of the node of one of them
     * @param vms ids of the nodes of all of them
     * @param address the address
     * @param network the virtual network
     */
    record SharedAddress(String vm, List<String> vms, InetAddress address, Optional<VirtualNetwork> network)
            implements TopologyInconsistency {
        public SharedAddress {
            requireNonNull(vm);
            vms = List.copyOf(vms);
            requireNonNull(address);
            requireNonNull(network);
        }

        @Override
        public Optional<String> vmName() {
            return Optional.of(vm);
        }
    }
}
