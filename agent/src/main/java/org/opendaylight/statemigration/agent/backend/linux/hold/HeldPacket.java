// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Optional;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.ifma.FlowSelection;

/**
 * A packet that waits in the kernel.
 *
 * @param id its number in the queue
 * @param mark its mark
 * @param ends its addresses; empty if it has none
 * @param since when it came, as {@link System#nanoTime()}
 */
record HeldPacket(int id, int mark, Optional<Ends> ends, long since) {
    HeldPacket {
        requireNonNull(ends);
    }

    /**
     * Addresses of a packet.
     *
     * @param source where it comes from
     * @param destination where it goes
     */
    record Ends(InetAddress source, InetAddress destination) {
    }

    /** {@return whether it is one of a selection's, in either direction} */
    boolean isOf(final FlowSelection selection) {
        return ends.filter(each -> {
            final var direction = new Tuple(each.source, each.destination, Identifiers.NONE);
            return selection.contains(direction, direction.inverse());
        }).isPresent();
    }
}
