// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A flow that the helper of a master flow expects to begin, so that its first packet is let through and its translation
 * known: the data connection of FTP, for one (RFC 959).
 *
 * @param protocol IP protocol number
 * @param source address that the first packet will come from; empty for any
 * @param sourcePort port that it will come from, 0..65535; empty for any
 * @param destination address that it will go to
 * @param destinationPort port that it will go to, 0..65535
 * @param timeout seconds left until it is no longer expected, unsigned 32 bits
 * @param permanent it is still expected after a flow has begun as expected
 * @param translation how the flow will be translated, if it will be
 */
public record Expectation(int protocol, Optional<InetAddress> source, OptionalInt sourcePort, InetAddress destination,
        int destinationPort, long timeout, boolean permanent, Optional<Translation> translation) {
    private static final int UINT8_MAX = 0xff;
    private static final int UINT16_MAX = 0xffff;
    private static final long UINT32_MAX = 0xffffffffL;

    public Expectation {
        requireNonNull(destination);
        requireNonNull(translation);
        if (source.isPresent() && source.orElseThrow().getClass() != destination.getClass()) {
            throw new IllegalArgumentException("The ends of an expectation are of different address families");
        }
        check("Protocol", protocol, UINT8_MAX);
        check("Source port", sourcePort.orElse(0), UINT16_MAX);
        check("Destination port", destinationPort, UINT16_MAX);
        check("Timeout", timeout, UINT32_MAX);
    }

    /**
     * The expected flow goes the way of its master flow in one of its directions, and is translated as the master is in
     * that direction.
     *
     * @param direction direction of the master flow
     * @param port port that the destination is translated to, 0..65535
     */
    public record Translation(Direction direction, int port) {
        public Translation {
            requireNonNull(direction);
            check("Translated port", port, UINT16_MAX);
        }
    }

    /** Direction of a flow. */
    public enum Direction {
        ORIGINAL,
        REPLY
    }

    /**
     * The same with another time-out.
     *
     * @param seconds seconds left
     * @return an expectation
     */
    public Expectation withTimeout(final long seconds) {
        return new Expectation(protocol, source, sourcePort, destination, destinationPort, seconds, permanent,
            translation);
    }

    @Override
    public String toString() {
        return Protocols.name(protocol) + " " + source.map(InetAddresses::toUriString).orElse("any") + ":"
            + (sourcePort.isPresent() ? sourcePort.getAsInt() : "any") + " -> "
            + InetAddresses.toUriString(destination) + ":" + destinationPort;
    }

    private static void check(final String what, final long value, final long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(what + " " + value + " of an expectation is not in the range 0.." + max);
        }
    }
}
