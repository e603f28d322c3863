package org.opendaylight.statemigration.agent.backend.linux;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.Tuple;

/** Requests about entries of the table. */
final class Requests {
    /** Above the size of any request of this class. */
    static final int MAX_LENGTH = 1024;

    private static final int ALL = 0xff;

    private Requests() {
        // Hidden on purpose
    }

    /** Something to write to the kernel. */
    @FunctionalInterface
    interface Request {
        /**
         * Write it.
         *
         * @param writer where to
         * @param sequence sequence number of its messages
         */
        void write(MessageWriter writer, int sequence);
    }

    /**
     * Create an entry that must not be there yet. Without {@code EXCL} the kernel would change one that is there, even
     * one that was made from the other direction, and say that all is well.
     *
     * @param flow a flow that {@link Admission} has let pass
     * @param zone its zone
     * @return a request
     */
    static Request create(final Flow flow, final int zone) {
        final var original = flow.key().original();
        final int protocol = flow.key().protocol();
        final var inverse = Directions.inverse(protocol, original).orElseThrow();
        return (writer, sequence) -> {
            writer.message(Ctnetlink.NEW, Message.REQUEST | Message.CREATE | Message.EXCL, sequence, family(original),
                0, () -> {
                    tuple(writer, Ctnetlink.TUPLE_ORIG, protocol, original);
                    // Never the translated reply: the kernel takes it and translates nothing. It makes the reply
                    // itself out of the inverse and NAT_SRC, NAT_DST
                    tuple(writer, Ctnetlink.TUPLE_REPLY, protocol, inverse);
                    zone(writer, zone);
                    writer.networkInt(Ctnetlink.STATUS, status(flow)
                        // The kernel gives GRE its time-outs with the first packet of an entry that it makes itself.
                        // One made here has 0 instead, so its first packet would end it, unless its time is fixed
                        | (protocol == Protocols.GRE ? Ctnetlink.FIXED_TIMEOUT : 0));
                    // TIMEOUT is mandatory; 0 would end the entry before it has begun
                    writer.networkInt(Ctnetlink.TIMEOUT, Math.max(1, flow.timeout()));
                    if (flow.mark() != 0) {
                        writer.networkInt(Ctnetlink.MARK, flow.mark());
                    }
                    if (!flow.labels().isNone()) {
                        labels(writer, flow);
                    }
                    flow.helper().ifPresent(helper ->
                        writer.nested(Ctnetlink.HELP, () -> writer.text(Ctnetlink.HELP_NAME, helper)));
                    // The master must be in the table, or ENOENT. The kernel sets the status bit EXPECTED by itself
                    flow.master().ifPresent(master ->
                        tuple(writer, Ctnetlink.TUPLE_MASTER, master.protocol(), master.original()));
                    protocolInfo(writer, flow.protocolState());
                    nat(writer, flow);
                    if (flow.protocolState() instanceof ProtocolState.Tcp tcp) {
                        adjustment(writer, Ctnetlink.SEQ_ADJ_ORIG, tcp.originator());
                        adjustment(writer, Ctnetlink.SEQ_ADJ_REPLY, tcp.responder());
                    }
                    // COUNTERS, ID, USE, TIMESTAMP and SECCTX are ignored or do harm: not written
                });
            clearUnscaled(writer, sequence, flow, zone);
        };
    }

    /**
     * Change nothing of an entry that is there. The kernel tells that it was changed all the same.
     *
     * @param key the flow
     * @param zone its zone
     * @return a request
     */
    static Request touch(final FlowKey key, final int zone) {
        return (writer, sequence) ->
            writer.message(Ctnetlink.NEW, Message.REQUEST, sequence, family(key.original()), 0, () -> {
                tuple(writer, Ctnetlink.TUPLE_ORIG, key.protocol(), key.original());
                zone(writer, zone);
            });
    }

    /**
     * Change an entry that is there, but for its translations: with those the kernel answers {@code ENOTSUP}. Bits of
     * the status are only ever set; to take one away is answered {@code EBUSY}.
     *
     * @param flow a flow that {@link Admission} has let pass
     * @param zone its zone
     * @return a request
     */
    static Request update(final Flow flow, final int zone) {
        final var original = flow.key().original();
        return (writer, sequence) -> {
            writer.message(Ctnetlink.NEW, Message.REQUEST, sequence, family(original), 0, () -> {
                tuple(writer, Ctnetlink.TUPLE_ORIG, flow.key().protocol(), original);
                zone(writer, zone);
                writer.networkInt(Ctnetlink.STATUS, status(flow));
                writer.networkInt(Ctnetlink.TIMEOUT, Math.max(1, flow.timeout()));
                writer.networkInt(Ctnetlink.MARK, flow.mark());
                protocolInfo(writer, flow.protocolState());
            });
            clearUnscaled(writer, sequence, flow, zone);
        };
    }

    /**
     * Bring an existing entry of this very flow as far as the flow is. An update, so without NAT.
     *
     * @param existing the entry and the flow
     * @return a request
     */
    static Request advance(final Existing existing) {
        final var flow = existing.flow();
        final var original = flow.key().original();
        return (writer, sequence) -> writer.message(Ctnetlink.NEW, Message.REQUEST, sequence, family(original), 0,
            () -> {
                tuple(writer, Ctnetlink.TUPLE_ORIG, flow.key().protocol(), original);
                zone(writer, existing.zone());
                writer.networkInt(Ctnetlink.STATUS, existing.status());
                if (flow.key().protocol() != Protocols.GRE) {
                    // A fixed time-out cannot be changed: EPERM
                    writer.networkInt(Ctnetlink.TIMEOUT, Math.max(1, existing.timeout()));
                }
                if (flow.mark() != 0 && existing.entry().mark() == 0) {
                    writer.networkInt(Ctnetlink.MARK, flow.mark());
                }
                if (!flow.labels().isNone() && existing.entry().labels().isNone()) {
                    labels(writer, flow);
                }
                if (existing.isStateBehind()) {
                    protocolInfo(writer, flow.protocolState());
                }
            });
    }

    /**
     * End the leniency towards sequence numbers that an imported TCP entry begins with.
     *
     * @param flow the flow
     * @param zone its zone
     * @return a request
     */
    static Request endLeniency(final Flow flow, final int zone) {
        return (writer, sequence) ->
            clear(writer, sequence, flow, zone, Ctnetlink.TCP_BE_LIBERAL, Ctnetlink.TCP_BE_LIBERAL);
    }

    /**
     * Read one entry.
     *
     * @param protocol IP protocol number
     * @param tuple one of its directions, whichever
     * @param zone its zone
     * @return a request
     */
    static Request get(final int protocol, final Tuple tuple, final int zone) {
        return (writer, sequence) -> writer.message(Ctnetlink.GET, Message.REQUEST, sequence, family(tuple), 0, () -> {
            tuple(writer, Ctnetlink.TUPLE_ORIG, protocol, tuple);
            zone(writer, zone);
        });
    }

    /**
     * Delete one entry. Tuple, zone and id together: without a tuple the kernel takes the request for one to flush, and
     * its filter for IPv6 addresses may be inverted.
     *
     * @param protocol IP protocol number
     * @param original its original direction
     * @param zone its zone
     * @param id its {@code CTA_ID}; with another one the kernel answers {@code ENOENT}
     * @return a request
     */
    static Request delete(final int protocol, final Tuple original, final int zone, final long id) {
        return (writer, sequence) -> writer.message(Ctnetlink.DELETE, Message.REQUEST, sequence, family(original), 0,
            () -> {
                tuple(writer, Ctnetlink.TUPLE_ORIG, protocol, original);
                zone(writer, zone);
                writer.networkInt(Ctnetlink.ID, id);
            });
    }

    /**
     * Read all entries.
     *
     * @param filter which
     * @return a request
     */
    static Request dump(final DumpFilter filter) {
        return (writer, sequence) -> writer.message(Ctnetlink.GET, Message.REQUEST | Message.DUMP, sequence,
            // Without a family the kernel refuses to filter (ENOTSUP)
            filter.family(), 0, () -> filter.source().ifPresent(source -> {
                final boolean original = filter.direction() == DumpFilter.Direction.ORIGINAL;
                writer.nested(original ? Ctnetlink.TUPLE_ORIG : Ctnetlink.TUPLE_REPLY,
                    () -> writer.nested(Ctnetlink.TUPLE_IP, () -> writer.address(
                        source instanceof Inet4Address ? Ctnetlink.IP_V4_SRC : Ctnetlink.IP_V6_SRC, source)));
                writer.nested(Ctnetlink.FILTER, () -> writer.hostInt(
                    original ? Ctnetlink.FILTER_ORIG_FLAGS : Ctnetlink.FILTER_REPLY_FLAGS, Ctnetlink.FILTER_IP_SRC));
            }));
    }

    /** {@return the address family of a tuple} */
    static int family(final Tuple tuple) {
        return tuple.source() instanceof Inet4Address ? Ctnetlink.AF_INET : Ctnetlink.AF_INET6;
    }

    /** An update. It carries no NAT: with it the kernel answers {@code ENOTSUP}. */
    private static void clear(final MessageWriter writer, final int sequence, final Flow flow, final int zone,
            final int clearOriginal, final int clearReply) {
        final var original = flow.key().original();
        writer.message(Ctnetlink.NEW, Message.REQUEST, sequence, family(original), 0, () -> {
            tuple(writer, Ctnetlink.TUPLE_ORIG, flow.key().protocol(), original);
            zone(writer, zone);
            writer.nested(Ctnetlink.PROTOINFO, () -> writer.nested(Ctnetlink.PROTOINFO_TCP, () -> {
                writer.twoOctets(Ctnetlink.TCP_FLAGS_ORIG, 0, clearOriginal);
                writer.twoOctets(Ctnetlink.TCP_FLAGS_REPLY, 0, clearReply);
            }));
        });
    }

    private static void clearUnscaled(final MessageWriter writer, final int sequence, final Flow flow,
            final int zone) {
        if (flow.protocolState() instanceof ProtocolState.Tcp(var state, var originator, var responder)
                && isScaled(originator) != isScaled(responder)) {
            // The scale of a half-open connection is taken only if both ends have the flag. So both were given it;
            // now the end that has sent no SYN yet loses it again
            clear(writer, sequence, flow, zone, isScaled(originator) ? 0 : Ctnetlink.TCP_WINDOW_SCALE,
                isScaled(responder) ? 0 : Ctnetlink.TCP_WINDOW_SCALE);
        }
    }

    static void tuple(final MessageWriter writer, final int type, final int protocol, final Tuple tuple) {
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

    private static void labels(final MessageWriter writer, final Flow flow) {
        writer.octets(Ctnetlink.LABELS, Arrays.copyOf(flow.labels().toByteArray(), Ctnetlink.LABELS_LENGTH));
    }

    private static void zone(final MessageWriter writer, final int zone) {
        if (zone != Zones.DEFAULT) {
            writer.networkShort(Ctnetlink.ZONE, zone);
        }
    }

    /** All three, or EINVAL. The kernel sets the status bit SEQ_ADJUST by itself. */
    private static void adjustment(final MessageWriter writer, final int type, final TcpEnd end) {
        end.adjustment().ifPresent(adjustment -> writer.nested(type, () -> {
            writer.networkInt(Ctnetlink.SEQ_ADJ_POSITION, adjustment.position());
            writer.networkInt(Ctnetlink.SEQ_ADJ_BEFORE, adjustment.offsetBefore());
            writer.networkInt(Ctnetlink.SEQ_ADJ_AFTER, adjustment.offsetAfter());
        }));
    }

    static int status(final Flow flow) {
        // Of an exported status only 0x200e may come back. Without CONFIRMED, or with EXPECTED or DYING, the kernel
        // answers EBUSY; it sets the bits of NAT by itself
        return Ctnetlink.CONFIRMED | (flow.seenReply() ? Ctnetlink.SEEN_REPLY : 0)
            | (flow.assured() ? Ctnetlink.ASSURED : 0) | (flow.helper().isPresent() ? Ctnetlink.HELPER : 0);
    }

    private static void protocolInfo(final MessageWriter writer, final ProtocolState protocolState) {
        switch (protocolState) {
            case ProtocolState.Tcp(var state, var originator, var responder) ->
                writer.nested(Ctnetlink.PROTOINFO, () -> writer.nested(Ctnetlink.PROTOINFO_TCP, () -> {
                    final int scaled = isScaled(originator) || isScaled(responder) ? Ctnetlink.TCP_WINDOW_SCALE : 0;
                    writer.octet(Ctnetlink.TCP_STATE, state.ordinal() + 1);
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
                    writer.octet(Ctnetlink.SCTP_STATE, state.ordinal() + 1);
                    // Both tags, or EINVAL
                    writer.networkInt(Ctnetlink.SCTP_VTAG_ORIG, originalTag);
                    writer.networkInt(Ctnetlink.SCTP_VTAG_REPLY, replyTag);
                }));
            case ProtocolState.Stateless() -> {
                // nothing to write
            }
        }
    }

    private static boolean isScaled(final TcpEnd end) {
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

    private static void nat(final MessageWriter writer, final Flow flow) {
        final var reply = Directions.reply(flow).orElseThrow();
        nat(writer, Ctnetlink.NAT_SRC, flow.nat().source(), Directions.portOf(reply, true));
        nat(writer, Ctnetlink.NAT_DST, flow.nat().destination(), Directions.portOf(reply, false));
    }

    private static void nat(final MessageWriter writer, final int type, final Optional<Nat.Endpoint> endpoint,
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

    private static void range(final MessageWriter writer, final InetAddress address) {
        final boolean v4 = address instanceof Inet4Address;
        writer.address(v4 ? Ctnetlink.NAT_V4_MINIP : Ctnetlink.NAT_V6_MINIP, address);
        writer.address(v4 ? Ctnetlink.NAT_V4_MAXIP : Ctnetlink.NAT_V6_MAXIP, address);
    }
}
