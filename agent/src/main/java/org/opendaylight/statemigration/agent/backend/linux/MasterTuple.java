package org.opendaylight.statemigration.agent.backend.linux;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/**
 * What the kernel tells of a master. Its zone is that of what it is the master of.
 *
 * @param protocol IP protocol number
 * @param original original direction
 */
record MasterTuple(int protocol, Tuple original) {
    MasterTuple {
        requireNonNull(original);
    }

    static MasterTuple of(final FlowKey key) {
        return new MasterTuple(key.protocol(), key.original());
    }

    FlowKey in(final Optional<VirtualNetwork> network) {
        return new FlowKey(network, protocol, original);
    }
}
