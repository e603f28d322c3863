// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Label bits of a flow: a value, unlike the array it wraps.
 */
public final class Labels {
    /** No label. */
    public static final Labels NONE = new Labels(new byte[0]);
    private static final int MAX_LENGTH = 16;

    private final byte[] bits;

    private Labels(final byte[] bits) {
        this.bits = bits;
    }

    /**
     * Labels of these bits.
     *
     * @param bits at most 16 octets, bit 0 first
     * @return labels
     */
    public static Labels of(final byte[] bits) {
        if (bits.length > MAX_LENGTH) {
            throw new IllegalArgumentException("Labels have " + bits.length + " octets, more than " + MAX_LENGTH);
        }
        return bits.length == 0 ? NONE : new Labels(bits.clone());
    }

    /** {@return a copy of the bits} */
    public byte[] toByteArray() {
        return bits.clone();
    }

    /** {@return whether there is none} */
    public boolean isNone() {
        return bits.length == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof Labels other && Arrays.equals(bits, other.bits);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bits);
    }
}
