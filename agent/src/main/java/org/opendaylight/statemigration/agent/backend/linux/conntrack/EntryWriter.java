// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.agent.backend.linux.mapping.KernelStates;
import org.opendaylight.statemigration.agent.backend.linux.mapping.TupleInversion;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessageWriter;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.Tuple;

/** Attributes of an entry of the table, as the kernel takes them. */
final class EntryWriter {
    private static final int ALL = 0xff;

    private EntryWriter() {
        // Hidden on purpose
    }

    static void tuple(final NetlinkMessageWriter writer, final int type, final int protocol, final Tuple tuple) {
        final boolean v4 = tuple.source() instanceof Inet4Address;
        writer.nested(type, () -> {
            writer.nested(Ctnetlink.TUPLE_IP, () -> {
                writer.address(v4 ? Ctnetlink.IP_V4_SRC : Ctnetlink.IP_V6_SRC, tuple.source());
                writer.address(v4 ? Ctnetlink.IP_V4_DST : Ctnetlink.IP_V6_DST, tuple.destination());
            });
            writer.nested(Ctnetlink.TUPLE_PROTO, () -> {
                writer.octet(Ctnetlink.PROTO_NUM, protocol);
                switch (tuple.identifiers()) {
                    case Identifiers.Ports(var source, var destination) -> {
                        writer.networkShort(Ctnetlink.PROTO_SRC_PORT, source);
                        writer.networkShort(Ctnetlink.PROTO_DST_PORT, destination);
                    }
                    case Identifiers.GreKeys(var source, var destination) -> {
                        writer.networkShort(Ctnetlink.PROTO_SRC_PORT, source);
                        writer.networkShort(Ctnetlink.PROTO_DST_PORT, destination);
                    }
                    case Identifiers.Icmp(var icmpType, var code, var identifier) -> {
                        final boolean v6 = protocol == Protocols.ICMPV6;
                        writer.networkShort(v6 ? Ctnetlink.PROTO_ICMPV6_ID : Ctnetlink.PROTO_ICMP_ID, identifier);
                        writer.octet(v6 ? Ctnetlink.PROTO_ICMPV6_TYPE : Ctnetlink.PROTO_ICMP_TYPE, icmpType);
                        writer.octet(v6 ? Ctnetlink.PROTO_ICMPV6_CODE : Ctnetlink.PROTO_ICMP_CODE, code);
                    }
                    case Identifiers.None() -> {
                        // the protocol is all there is
                    }
                }
            });
        });
    }

    static void labels(final NetlinkMessageWriter writer, final Flow flow) {
        writer.octets(Ctnetlink.LABELS, Arrays.copyOf(flow.labels().toByteArray(), Ctnetlink.LABELS_LENGTH));
    }

    static void zone(final NetlinkMessageWriter writer, final int zone) {
        if (zone != Zones.DEFAULT) {
            writer.networkShort(Ctnetlink.ZONE, zone);
        }
    }

    static void adjustments(final NetlinkMessageWriter writer, final ProtocolState protocolState) {
        if (protocolState instanceof ProtocolState.Tcp(var state, var originator, var responder)) {
            adjustment(writer, Ctnetlink.SEQ_ADJ_ORIG, originator);
            adjustment(writer, Ctnetlink.SEQ_ADJ_REPLY, responder);
        }
    }

    /** All three, or EINVAL. The kernel sets the status bit SEQ_ADJUST by itself. */
    private static void adjustment(final NetlinkMessageWriter writer, final int type, final TcpEnd end) {
        end.adjustment().ifPresent(adjustment -> writer.nested(type, () -> {
            writer.networkInt(Ctnetlink.SEQ_ADJ_POSITION, adjustment.position());
            writer.networkInt(Ctnetlink.SEQ_ADJ_BEFORE, adjustment.offsetBefore());
            writer.networkInt(Ctnetlink.SEQ_ADJ_AFTER, adjustment.offsetAfter());
        }));
    }

    static void protocolInfo(final NetlinkMessageWriter writer, final ProtocolState protocolState) {
        switch (protocolState) {
            case ProtocolState.Tcp(var state, var originator, var responder) ->
                writer.nested(Ctnetlink.PROTOINFO, () -> writer.nested(Ctnetlink.PROTOINFO_TCP, () -> {
                    final int scaled = isScaled(originator) || isScaled(responder) ? Ctnetlink.TCP_WINDOW_SCALE : 0;
                    writer.octet(Ctnetlink.TCP_STATE, KernelStates.number(state));
                    if (scaled != 0) {
                        // Both scales, and the flag on both ends, or neither is taken
                        writer.octet(Ctnetlink.TCP_WSCALE_ORIG, originator.windowScale().orElse(0));
                        writer.octet(Ctnetlink.TCP_WSCALE_REPLY, responder.windowScale().orElse(0));
                    }
                    // The mask names the bits that are written. With mask 0, as exported, flags and scales are lost
                    writer.twoOctets(Ctnetlink.TCP_FLAGS_ORIG, flags(originator) | scaled, ALL);
                    writer.twoOctets(Ctnetlink.TCP_FLAGS_REPLY, flags(responder) | scaled, ALL);
                }));
            case ProtocolState.Sctp(var state, var originalTag, var replyTag) ->
                writer.nested(Ctnetlink.PROTOINFO, () -> writer.nested(Ctnetlink.PROTOINFO_SCTP, () -> {
                    writer.octet(Ctnetlink.SCTP_STATE, KernelStates.number(state));
                    // Both tags, or EINVAL
                    writer.networkInt(Ctnetlink.SCTP_VTAG_ORIG, originalTag);
                    writer.networkInt(Ctnetlink.SCTP_VTAG_REPLY, replyTag);
                }));
            case ProtocolState.Stateless() -> {
                // nothing to write
            }
        }
    }

    static boolean isScaled(final TcpEnd end) {
        return end.windowScale().isPresent();
    }

    private static int flags(final TcpEnd end) {
        // BE_LIBERAL, because the kernel learns the windows anew from the first packet, and if that is a
        // retransmission, valid acknowledgements look out of window. Never 0x10 and 0x20 (MAXACK_SET): with the
        // latter the closing RST may be lost
        return Ctnetlink.TCP_BE_LIBERAL | (isScaled(end) ? Ctnetlink.TCP_WINDOW_SCALE : 0)
            | (end.sackPermitted() ? Ctnetlink.TCP_SACK_PERM : 0)
            | (end.closeInitiated() ? Ctnetlink.TCP_CLOSE_INIT : 0);
    }

    static void nat(final NetlinkMessageWriter writer, final Flow flow) {
        final var reply = TupleInversion.reply(flow).orElseThrow();
        nat(writer, Ctnetlink.NAT_SRC, flow.nat().source(), TupleInversion.portOf(reply, true));
        nat(writer, Ctnetlink.NAT_DST, flow.nat().destination(), TupleInversion.portOf(reply, false));
    }

    private static void nat(final NetlinkMessageWriter writer, final int type, final Optional<Nat.Endpoint> endpoint,
            final OptionalInt port) {
        endpoint.map(Nat.Endpoint::address).ifPresent(address -> writer.nested(type, () -> {
            range(writer, address);
            // Exactly this port: without it the kernel picks another one if it is taken, with it, it answers EEXIST
            port.ifPresent(number -> writer.nested(Ctnetlink.NAT_PROTO, () -> {
                writer.networkShort(Ctnetlink.PROTONAT_PORT_MIN, number);
                writer.networkShort(Ctnetlink.PROTONAT_PORT_MAX, number);
            }));
        }));
    }

    private static void range(final NetlinkMessageWriter writer, final InetAddress address) {
        final boolean v4 = address instanceof Inet4Address;
        writer.address(v4 ? Ctnetlink.NAT_V4_MINIP : Ctnetlink.NAT_V6_MINIP, address);
        writer.address(v4 ? Ctnetlink.NAT_V4_MAXIP : Ctnetlink.NAT_V6_MAXIP, address);
    }
}
