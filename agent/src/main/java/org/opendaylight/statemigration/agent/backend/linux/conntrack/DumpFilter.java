// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import static java.util.Objects.requireNonNull;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;

/**
 * Which entries the kernel is to send. It knows no "or" and no prefixes.
 *
 * @param family address family
 * @param direction direction that the source is of
 * @param source source address; empty for all
 */
public record DumpFilter(int family, Direction direction, Optional<InetAddress> source) {
    public DumpFilter {
        requireNonNull(direction);
        requireNonNull(source);
    }

    /** Direction of a flow. */
    public enum Direction {
        ORIGINAL,
        REPLY
    }

    public static DumpFilter all(final int family) {
        return new DumpFilter(family, Direction.ORIGINAL, Optional.empty());
    }

    public static DumpFilter of(final Direction direction, final InetAddress source) {
        return new DumpFilter(source instanceof Inet4Address ? Ctnetlink.AF_INET : Ctnetlink.AF_INET6, direction,
            Optional.of(source));
    }
}
