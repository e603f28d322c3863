// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.judge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Attributes of a netlink message, by type. What is absent reads as zero. */
final class Attributes {
    private static final int HEADER = 4;
    /** Without the flags "nested" and "in network byte order". */
    private static final int TYPE = 0x3fff;

    private final Map<Integer, ByteBuffer> values = new HashMap<>();

    Attributes(final ByteBuffer bytes) {
        bytes.order(ByteOrder.nativeOrder());
        for (int at = 0; at + HEADER <= bytes.limit(); ) {
            final int length = Short.toUnsignedInt(bytes.getShort(at));
            if (length < HEADER) {
                throw new IllegalArgumentException("Attribute of length " + length + " in a netlink message");
            }
            values.put(bytes.getShort(at + 2) & TYPE, bytes.slice(at + HEADER, length - HEADER));
            at += length + 3 & ~3;
        }
    }

    boolean has(final int type) {
        return values.containsKey(type);
    }

    Attributes nested(final int type) {
        return new Attributes(value(type));
    }

    int octet(final int type) {
        return has(type) ? Byte.toUnsignedInt(value(type).get(0)) : 0;
    }

    int networkShort(final int type) {
        return has(type) ? Short.toUnsignedInt(value(type).getShort(0)) : 0;
    }

    long networkInt(final int type) {
        return has(type) ? Integer.toUnsignedLong(value(type).getInt(0)) : 0;
    }

    byte[] bytes(final int type) {
        final var bytes = new byte[value(type).remaining()];
        value(type).get(0, bytes);
        return bytes;
    }

    /** In network byte order, which is what a new view has. */
    private ByteBuffer value(final int type) {
        final var value = values.get(type);
        return value == null ? ByteBuffer.allocate(0) : value.duplicate();
    }
}
