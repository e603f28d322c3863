// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.netlink;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A received netlink message.
 *
 * @param buffer where it is
 * @param offset where it begins there
 */
public record NetlinkMessage(MemorySegment buffer, long offset) {
    /** Octets of {@code struct nlmsghdr}. */
    static final int HEADER = 16;
    /** Octets of {@code struct nlmsghdr} and {@code struct nfgenmsg}. */
    public static final int NETFILTER_HEADER = 20;
    /** Types of messages that all of netlink shares. */
    public static final int ERROR = 2;
    public static final int DONE = 3;
    /** Flags of requests. */
    public static final int REQUEST = 0x1;
    public static final int ACK = 0x4;
    public static final int EXCL = 0x200;
    public static final int CREATE = 0x400;
    public static final int DUMP = 0x300;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    public int length() {
        return buffer.get(INT, offset);
    }

    public int type() {
        return Short.toUnsignedInt(buffer.get(SHORT, offset + 4));
    }

    public int sequence() {
        return buffer.get(INT, offset + 8);
    }

    /** {@return the error number that messages of type {@link #ERROR} and {@link #DONE} carry, positive; 0 for none} */
    public int errno() {
        return length() < HEADER + Integer.BYTES ? 0 : -buffer.get(INT, offset + HEADER);
    }

    public NetlinkAttributes attributes() {
        return new NetlinkAttributes(buffer, offset + NETFILTER_HEADER, offset + length());
    }
}
