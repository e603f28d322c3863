// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.net.InetAddress;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkAttributes;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.Tuple;

/** Reads one direction of an entry or an expectation. */
final class TupleReader {
    private TupleReader() {
        // Hidden on purpose
    }

    /** One direction, with the protocol, and the zone if it is of this direction only. */
    record Directed(Tuple tuple, int protocol, int zone) {
    }

    /**
     * Read a tuple.
     *
     * @param attributes what the attribute of the tuple has in it
     * @return the tuple
     * @throws KernelException if it has no addresses
     */
    static Directed read(final NetlinkAttributes attributes) throws KernelException {
        InetAddress source = null;
        InetAddress destination = null;
        Identifiers identifiers = Identifiers.NONE;
        int protocol = 0;
        int zone = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case Ctnetlink.TUPLE_IP -> {
                    final var addresses = attributes.nested();
                    while (addresses.next()) {
                        switch (addresses.type()) {
                            case Ctnetlink.IP_V4_SRC, Ctnetlink.IP_V6_SRC -> source = addresses.address();
                            case Ctnetlink.IP_V4_DST, Ctnetlink.IP_V6_DST -> destination = addresses.address();
                            default -> {
                                // nothing else is known
                            }
                        }
                    }
                }
                case Ctnetlink.TUPLE_PROTO -> {
                    final var fields = new int[Ctnetlink.PROTO_ICMPV6_CODE + 1];
                    identifiers = identifiers(attributes.nested(), fields);
                    protocol = fields[Ctnetlink.PROTO_NUM];
                }
                case Ctnetlink.TUPLE_ZONE -> zone = attributes.networkShort();
                default -> {
                    // nothing else is known
                }
            }
        }
        if (source == null || destination == null) {
            throw new KernelException("The kernel sent a tuple without addresses");
        }
        return new Directed(new Tuple(source, destination, identifiers), protocol, zone);
    }

    private static Identifiers identifiers(final NetlinkAttributes attributes, final int[] fields) {
        int last = 0;
        while (attributes.next()) {
            last = attributes.type();
            switch (last) {
                case Ctnetlink.PROTO_SRC_PORT, Ctnetlink.PROTO_DST_PORT, Ctnetlink.PROTO_ICMP_ID,
                        Ctnetlink.PROTO_ICMPV6_ID -> fields[last] = attributes.networkShort();
                case Ctnetlink.PROTO_NUM, Ctnetlink.PROTO_ICMP_TYPE, Ctnetlink.PROTO_ICMP_CODE,
                        Ctnetlink.PROTO_ICMPV6_TYPE, Ctnetlink.PROTO_ICMPV6_CODE -> fields[last] = attributes.octet();
                default -> {
                    // nothing else is known
                }
            }
        }
        return switch (last) {
            case Ctnetlink.PROTO_SRC_PORT, Ctnetlink.PROTO_DST_PORT ->
                ports(fields[Ctnetlink.PROTO_NUM], fields[Ctnetlink.PROTO_SRC_PORT], fields[Ctnetlink.PROTO_DST_PORT]);
            case Ctnetlink.PROTO_ICMP_ID, Ctnetlink.PROTO_ICMP_TYPE, Ctnetlink.PROTO_ICMP_CODE ->
                new Identifiers.Icmp(fields[Ctnetlink.PROTO_ICMP_TYPE], fields[Ctnetlink.PROTO_ICMP_CODE],
                    fields[Ctnetlink.PROTO_ICMP_ID]);
            case Ctnetlink.PROTO_ICMPV6_ID, Ctnetlink.PROTO_ICMPV6_TYPE, Ctnetlink.PROTO_ICMPV6_CODE ->
                new Identifiers.Icmp(fields[Ctnetlink.PROTO_ICMPV6_TYPE], fields[Ctnetlink.PROTO_ICMPV6_CODE],
                    fields[Ctnetlink.PROTO_ICMPV6_ID]);
            default -> Identifiers.NONE;
        };
    }

    /** The kernel says "port" also of the keys of GRE. */
    private static Identifiers ports(final int protocol, final int source, final int destination) {
        return protocol == Protocols.GRE ? new Identifiers.GreKeys(source, destination)
            : new Identifiers.Ports(source, destination);
    }
}
