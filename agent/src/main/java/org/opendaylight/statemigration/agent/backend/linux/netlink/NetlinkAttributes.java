// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.netlink;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Walks the attributes of a netlink message, or those nested in one of them. */
public final class NetlinkAttributes {
    private static final int HEADER = 4;
    // Without the flags for nested attributes and for byte order
    private static final int TYPE_MASK = 0x3fff;
    private static final int IPV4_LENGTH = 4;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT_BE = SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT_BE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG_BE = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment buffer;
    private final long end;

    private long following;
    private long value;
    private int length;
    private int type;

    public NetlinkAttributes(final MemorySegment buffer, final long start, final long end) {
        this.buffer = buffer;
        following = start;
        this.end = end;
    }

    /** {@return whether there is one more, which then is the current one} */
    public boolean next() {
        if (following + HEADER > end) {
            return false;
        }
        final int total = Short.toUnsignedInt(buffer.get(SHORT, following));
        if (total < HEADER || following + total > end) {
            return false;
        }
        type = buffer.get(SHORT, following + 2) & TYPE_MASK;
        value = following + HEADER;
        length = total - HEADER;
        following += total + 3L & ~3L;
        return true;
    }

    public int type() {
        return type;
    }

    public NetlinkAttributes nested() {
        return new NetlinkAttributes(buffer, value, value + length);
    }

    public int octet() {
        return Byte.toUnsignedInt(buffer.get(ValueLayout.JAVA_BYTE, value));
    }

    public int networkShort() {
        return Short.toUnsignedInt(buffer.get(SHORT_BE, value));
    }

    public long networkInt() {
        return Integer.toUnsignedLong(buffer.get(INT_BE, value));
    }

    public long networkLong() {
        return buffer.get(LONG_BE, value);
    }

    public byte[] octets() {
        return buffer.asSlice(value, length).toArray(ValueLayout.JAVA_BYTE);
    }

    public String text() {
        int size = length;
        while (size > 0 && buffer.get(ValueLayout.JAVA_BYTE, value + size - 1) == 0) {
            size--;
        }
        return new String(octets(), 0, size, StandardCharsets.US_ASCII);
    }

    public InetAddress address() {
        return toAddress(octets());
    }

    /**
     * An address as it is, without Java's habit of making IPv4 addresses of those that are mapped.
     *
     * @param octets 4 or 16 octets
     * @return the address
     */
    public static InetAddress toAddress(final byte[] octets) {
        try {
            return octets.length == IPV4_LENGTH ? InetAddress.getByAddress(octets)
                : Inet6Address.getByAddress(null, octets, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has " + octets.length + " octets", e);
        }
    }
}
