// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What makes a flow this flow.
 *
 * @param network its virtual network
 * @param protocol IP protocol number
 * @param original its original direction
 */
public record FlowKey(Optional<VirtualNetwork> network, int protocol, Tuple original) {
    public FlowKey {
        requireNonNull(network);
        requireNonNull(original);
        if (protocol < 0 || protocol > 0xff) {
            throw new IllegalArgumentException("Protocol " + protocol + " is not in the range 0..255");
        }
    }

    @Override
    public String toString() {
        return Protocols.name(protocol) + " " + original + network.map(vn -> " in " + vn).orElse("");
    }
}
