// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;

/**
 * The packet fields that identify one direction of a flow.
 *
 * @param source source address
 * @param destination destination address, of the same family
 * @param identifiers ports or what stands in for them
 */
public record Tuple(InetAddress source, InetAddress destination, Identifiers identifiers) {
    public Tuple {
        requireNonNull(identifiers);
        if (source.getClass() != destination.getClass()) {
            throw new IllegalArgumentException("Source " + InetAddresses.toAddrString(source) + " and destination "
                + InetAddresses.toAddrString(destination) + " are of different address families");
        }
    }

    /** {@return the other direction of a flow that is not translated; ICMP identifiers stay as they are} */
    public Tuple inverse() {
        final var answer = switch (identifiers) {
            case Identifiers.Ports(var from, var to) -> new Identifiers.Ports(to, from);
            case Identifiers.GreKeys(var from, var to) -> new Identifiers.GreKeys(to, from);
            case Identifiers.Icmp icmp -> icmp;
            case Identifiers.None none -> none;
        };
        return new Tuple(destination, source, answer);
    }

    @Override
    public String toString() {
        return switch (identifiers) {
            case Identifiers.Ports(var from, var to) -> end(source, from) + " -> " + end(destination, to);
            case Identifiers.Icmp(var type, var code, var id) -> InetAddresses.toUriString(source) + " -> "
                + InetAddresses.toUriString(destination) + " type " + type + " code " + code + " id " + id;
            case Identifiers.GreKeys(var from, var to) -> InetAddresses.toUriString(source) + " key " + from + " -> "
                + InetAddresses.toUriString(destination) + " key " + to;
            case Identifiers.None() -> InetAddresses.toUriString(source) + " -> "
                + InetAddresses.toUriString(destination);
        };
    }

    private static String end(final InetAddress address, final int port) {
        return InetAddresses.toUriString(address) + ":" + port;
    }
}
