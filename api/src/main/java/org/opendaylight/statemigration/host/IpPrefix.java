// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.host;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;

/**
 * An IP prefix.
 *
 * @param address any address within it
 * @param length length in bits
 */
public record IpPrefix(InetAddress address, int length) {
    public IpPrefix {
        final int max = address.getAddress().length * Byte.SIZE;
        if (length < 0 || length > max) {
            throw new IllegalArgumentException("Prefix length " + length + " of " + InetAddresses.toAddrString(address)
                + " is not in the range 0.." + max);
        }
    }

    /**
     * The prefix that holds one address only.
     *
     * @param address the address
     * @return a prefix
     */
    public static IpPrefix of(final InetAddress address) {
        return new IpPrefix(address, address.getAddress().length * Byte.SIZE);
    }

    /**
     * Parse {@code address/length}.
     *
     * @param text the text
     * @return a prefix
     * @throws IllegalArgumentException if it is not one
     */
    public static IpPrefix parse(final String text) {
        final int slash = text.indexOf('/');
        if (slash < 0) {
            return of(InetAddresses.forString(text));
        }
        try {
            return new IpPrefix(InetAddresses.forString(text.substring(0, slash)),
                Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a prefix such as 192.0.2.0/24", e);
        }
    }

    /**
     * Whether an address is within this prefix.
     *
     * @param other the address
     * @return true if it is
     */
    public boolean contains(final InetAddress other) {
        final byte[] mine = address.getAddress();
        final byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit += Byte.SIZE) {
            final int at = bit / Byte.SIZE;
            final int mask = length - bit >= Byte.SIZE ? 0xff : 0xff << Byte.SIZE - (length - bit);
            if (((mine[at] ^ theirs[at]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return InetAddresses.toAddrString(address) + "/" + length;
    }
}
