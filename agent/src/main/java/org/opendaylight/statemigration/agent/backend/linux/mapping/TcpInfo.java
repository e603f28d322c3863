// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;

/**
 * TCP state as the kernel tells it.
 *
 * @param state number of the state; 0 for none
 * @param originalScale window scale of the originator
 * @param replyScale window scale of the responder
 * @param originalFlags flags of the originator
 * @param replyFlags flags of the responder
 */
public record TcpInfo(int state, int originalScale, int replyScale, int originalFlags, int replyFlags) {
    /** {@return how many ends have sent a packet within the windows, since that was last forgotten} */
    public int endsWithinWindow() {
        return bit(originalFlags) + bit(replyFlags);
    }

    private static int bit(final int flags) {
        return (flags & Ctnetlink.TCP_MAXACK_SET) == 0 ? 0 : 1;
    }
}
