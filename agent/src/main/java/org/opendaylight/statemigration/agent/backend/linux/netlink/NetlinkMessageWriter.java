// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.netlink;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes netfilter's netlink messages one after the other into a buffer. */
public final class NetlinkMessageWriter {
    private static final int NESTED = 0x8000;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT_BE = INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT_BE = SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment buffer;

    private long position;
    private long message;

    public NetlinkMessageWriter(final MemorySegment buffer) {
        this.buffer = buffer;
    }

    MemorySegment buffer() {
        return buffer;
    }

    public long size() {
        return position;
    }

    public boolean hasRoom(final int octets) {
        return position + octets <= buffer.byteSize();
    }

    public void clear() {
        position = 0;
    }

    /**
     * Write a message.
     *
     * @param type its type
     * @param flags its flags
     * @param sequence its sequence number
     * @param family address family, or 0
     * @param resource resource id, such as the number of a queue
     * @param attributes writes its attributes
     */
    public void message(final int type, final int flags, final int sequence, final int family, final int resource,
            final Runnable attributes) {
        message = position;
        buffer.set(SHORT, position + 4, (short) type);
        buffer.set(SHORT, position + 6, (short) flags);
        buffer.set(INT, position + 8, sequence);
        buffer.set(INT, position + 12, 0);
        buffer.set(INT, position + 16, family);
        buffer.set(SHORT_BE, position + 18, (short) resource);
        position += NetlinkMessage.NETFILTER_HEADER;
        attributes.run();
        buffer.set(INT, message, (int) (position - message));
    }

    /** Ask for an acknowledgement of the message written last. */
    public void acknowledgeLast() {
        buffer.set(SHORT, message + 6, (short) (buffer.get(SHORT, message + 6) | NetlinkMessage.ACK));
    }

    public void nested(final int type, final Runnable attributes) {
        final long start = position;
        position += ATTRIBUTE_HEADER;
        attributes.run();
        // Some attributes are refused without the flag, CTA_FILTER for one
        header(start, position - start, type | NESTED);
    }

    public void octet(final int type, final int value) {
        header(position, ATTRIBUTE_HEADER + 1, type);
        buffer.set(INT, position + ATTRIBUTE_HEADER, 0);
        buffer.set(ValueLayout.JAVA_BYTE, position + ATTRIBUTE_HEADER, (byte) value);
        position += 8;
    }

    public void twoOctets(final int type, final int first, final int second) {
        header(position, ATTRIBUTE_HEADER + 2, type);
        buffer.set(INT, position + ATTRIBUTE_HEADER, 0);
        buffer.set(ValueLayout.JAVA_BYTE, position + ATTRIBUTE_HEADER, (byte) first);
        buffer.set(ValueLayout.JAVA_BYTE, position + ATTRIBUTE_HEADER + 1, (byte) second);
        position += 8;
    }

    public void networkShort(final int type, final int value) {
        header(position, ATTRIBUTE_HEADER + 2, type);
        buffer.set(INT, position + ATTRIBUTE_HEADER, 0);
        buffer.set(SHORT_BE, position + ATTRIBUTE_HEADER, (short) value);
        position += 8;
    }

    public void networkInt(final int type, final long value) {
        header(position, ATTRIBUTE_HEADER + 4, type);
        buffer.set(INT_BE, position + ATTRIBUTE_HEADER, (int) value);
        position += 8;
    }

    public void hostInt(final int type, final int value) {
        header(position, ATTRIBUTE_HEADER + 4, type);
        buffer.set(INT, position + ATTRIBUTE_HEADER, value);
        position += 8;
    }

    public void address(final int type, final InetAddress address) {
        octets(type, address.getAddress());
    }

    public void text(final int type, final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        octets(type, Arrays.copyOf(octets, octets.length + 1));
    }

    public void octets(final int type, final byte[] value) {
        header(position, ATTRIBUTE_HEADER + value.length, type);
        final int padded = value.length + 3 & ~3;
        MemorySegment.copy(value, 0, buffer, ValueLayout.JAVA_BYTE, position + ATTRIBUTE_HEADER, value.length);
        for (int i = value.length; i < padded; i++) {
            buffer.set(ValueLayout.JAVA_BYTE, position + ATTRIBUTE_HEADER + i, (byte) 0);
        }
        position += ATTRIBUTE_HEADER + padded;
    }

    private void header(final long at, final long length, final int type) {
        buffer.set(SHORT, at, (short) length);
        buffer.set(SHORT, at + 2, (short) type);
    }
}
