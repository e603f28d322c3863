// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.flow.Flow;

/** Status bits of an entry ({@code CTA_STATUS}) as they are written. */
public final class EntryStatus {
    private EntryStatus() {
        // Hidden on purpose
    }

    /**
     * Bits that a new entry gets.
     *
     * @param flow the flow that the entry is created for
     * @return the bits
     */
    public static int of(final Flow flow) {
        // Of an exported status only 0x200e may come back. Without CONFIRMED, or with EXPECTED or DYING, the kernel
        // answers EBUSY; it sets the bits of NAT by itself
        return Ctnetlink.CONFIRMED | (flow.seenReply() ? Ctnetlink.SEEN_REPLY : 0)
            | (flow.assured() ? Ctnetlink.ASSURED : 0) | (flow.helper().isPresent() ? Ctnetlink.HELPER : 0);
    }
}
