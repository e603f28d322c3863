// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

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
public record MasterTuple(int protocol, Tuple original) {
    public MasterTuple {
        requireNonNull(original);
    }

    public static MasterTuple of(final FlowKey key) {
        return new MasterTuple(key.protocol(), key.original());
    }

    public FlowKey in(final Optional<VirtualNetwork> network) {
        return new FlowKey(network, protocol, original);
    }
}
