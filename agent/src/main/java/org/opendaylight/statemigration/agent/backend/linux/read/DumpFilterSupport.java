// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.read;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.DumpFilter;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.KernelProbe;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For which address families the kernel filters dumps by address as it should. Kernels are known whose filter for IPv6
 * is inverted: it sends everything but the match. There the filtering is done here.
 *
 * @param ipv4 whether it does so for IPv4
 * @param ipv6 whether it does so for IPv6
 */
public record DumpFilterSupport(boolean ipv4, boolean ipv6) {
    private static final Logger LOG = LoggerFactory.getLogger(DumpFilterSupport.class);

    boolean isUsable(final int family) {
        return family == Ctnetlink.AF_INET ? ipv4 : ipv6;
    }

    /**
     * Try the filters with an entry made for the purpose.
     *
     * @param conntrack the table
     * @return what was found
     * @throws KernelException if the table cannot be read or written
     */
    public static DumpFilterSupport test(final Conntrack conntrack) throws KernelException {
        final var support = new DumpFilterSupport(test(conntrack, KernelProbe.IPV4, KernelProbe.IPV4_PEER),
            test(conntrack, KernelProbe.IPV6, KernelProbe.IPV6_PEER));
        if (!support.ipv4 || !support.ipv6) {
            LOG.info("The kernel does not filter rightly by {} address: it is done here, at the price of reading the"
                + " whole table", support.ipv4 ? "IPv6" : support.ipv6 ? "IPv4" : "IPv4 and IPv6");
        }
        return support;
    }

    private static boolean test(final Conntrack conntrack, final InetAddress one, final InetAddress other)
            throws KernelException {
        return KernelProbe.run(conntrack, KernelProbe.flow(one, other), entry ->
            isFound(conntrack, one, DumpFilter.Direction.ORIGINAL)
                && !isFound(conntrack, other, DumpFilter.Direction.ORIGINAL)
                && isFound(conntrack, other, DumpFilter.Direction.REPLY)
                && !isFound(conntrack, one, DumpFilter.Direction.REPLY));
    }

    private static boolean isFound(final Conntrack conntrack, final InetAddress address,
            final DumpFilter.Direction direction) throws KernelException {
        final var found = new AtomicBoolean();
        conntrack.dump(DumpFilter.of(direction, address), entry -> {
            if (entry.zone() == Zones.PROBE) {
                found.set(true);
            }
        });
        return found.get();
    }
}
