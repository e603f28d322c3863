// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.net.Inet4Address;
import org.opendaylight.statemigration.agent.backend.linux.mapping.EntryStatus;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ExistingEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.FlowSupportCheck;
import org.opendaylight.statemigration.agent.backend.linux.mapping.TupleInversion;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessageWriter;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.Tuple;

/** Requests about entries of the table. */
public final class EntryRequests {
    /** Above the size of any request of this class. */
    static final int MAX_LENGTH = 1024;

    private EntryRequests() {
        // Hidden on purpose
    }

    /** Something to write to the kernel. */
    @FunctionalInterface
    public interface Request {
        /**
         * Write it.
         *
         * @param writer where to
         * @param sequence sequence number of its messages
         */
        void write(NetlinkMessageWriter writer, int sequence);
    }

    /**
     * Create an entry that must not be there yet. Without {@code EXCL} the kernel would change one that is there, even
     * one that was made from the other direction, and say that all is well. What has been created is to be followed by
     * {@link TcpRequests#unscale}.
     *
     * @param flow a flow that {@link FlowSupportCheck} has let pass
     * @param zone its zone
     * @return a request
     */
    public static Request create(final Flow flow, final int zone) {
        final var original = flow.key().original();
        final int protocol = flow.key().protocol();
        final var inverse = TupleInversion.inverse(protocol, original).orElseThrow();
        return (writer, sequence) ->
            writer.message(Ctnetlink.NEW, NetlinkMessage.REQUEST | NetlinkMessage.CREATE | NetlinkMessage.EXCL,
                sequence, family(original),
                0, () -> {
                    EntryWriter.tuple(writer, Ctnetlink.TUPLE_ORIG, protocol, original);
                    // Never the translated reply: the kernel takes it and translates nothing. It makes the reply
                    // itself out of the inverse and NAT_SRC, NAT_DST
                    EntryWriter.tuple(writer, Ctnetlink.TUPLE_REPLY, protocol, inverse);
                    EntryWriter.zone(writer, zone);
                    writer.networkInt(Ctnetlink.STATUS, EntryStatus.of(flow)
                        // The kernel gives GRE its time-outs with the first packet of an entry that it makes itself.
                        // One made here has 0 instead, so its first packet would end it, unless its time is fixed
                        | (protocol == Protocols.GRE ? Ctnetlink.FIXED_TIMEOUT : 0));
                    // TIMEOUT is mandatory; 0 would end the entry before it has begun
                    writer.networkInt(Ctnetlink.TIMEOUT, Math.max(1, flow.timeout()));
                    if (flow.mark() != 0) {
                        writer.networkInt(Ctnetlink.MARK, flow.mark());
                    }
                    if (!flow.labels().isNone()) {
                        EntryWriter.labels(writer, flow);
                    }
                    flow.helper().ifPresent(helper ->
                        writer.nested(Ctnetlink.HELP, () -> writer.text(Ctnetlink.HELP_NAME, helper)));
                    // The master must be in the table, or ENOENT. The kernel sets the status bit EXPECTED by itself
                    flow.master().ifPresent(master ->
                        EntryWriter.tuple(writer, Ctnetlink.TUPLE_MASTER, master.protocol(), master.original()));
                    EntryWriter.protocolInfo(writer, flow.protocolState());
                    EntryWriter.nat(writer, flow);
                    EntryWriter.adjustments(writer, flow.protocolState());
                    // COUNTERS, ID, USE, TIMESTAMP and SECCTX are ignored or do harm: not written
                });
    }

    /**
     * Change nothing of an entry that is there. The kernel tells that it was changed all the same.
     *
     * @param key the flow
     * @param zone its zone
     * @return a request
     */
    public static Request touch(final FlowKey key, final int zone) {
        return (writer, sequence) ->
            writer.message(Ctnetlink.NEW, NetlinkMessage.REQUEST, sequence, family(key.original()), 0, () -> {
                EntryWriter.tuple(writer, Ctnetlink.TUPLE_ORIG, key.protocol(), key.original());
                EntryWriter.zone(writer, zone);
            });
    }

    /**
     * Change an entry that is there, but for its translations: with those the kernel answers {@code ENOTSUP}. Bits of
     * the status are only ever set; to take one away is answered {@code EBUSY}.
     *
     * @param flow a flow that {@link FlowSupportCheck} has let pass
     * @param zone its zone
     * @return a request
     */
    public static Request update(final Flow flow, final int zone) {
        final var original = flow.key().original();
        return (writer, sequence) -> {
            writer.message(Ctnetlink.NEW, NetlinkMessage.REQUEST, sequence, family(original), 0, () -> {
                EntryWriter.tuple(writer, Ctnetlink.TUPLE_ORIG, flow.key().protocol(), original);
                EntryWriter.zone(writer, zone);
                // The kernel has set EXPECTED at the creation of a child, and takes its absence for a change: EBUSY
                writer.networkInt(Ctnetlink.STATUS,
                    EntryStatus.of(flow) | (flow.master().isPresent() ? Ctnetlink.EXPECTED : 0));
                writer.networkInt(Ctnetlink.TIMEOUT, Math.max(1, flow.timeout()));
                writer.networkInt(Ctnetlink.MARK, flow.mark());
                EntryWriter.protocolInfo(writer, flow.protocolState());
                EntryWriter.adjustments(writer, flow.protocolState());
            });
            TcpRequests.unscale(flow, flow.protocolState(), zone).ifPresent(more -> more.write(writer, sequence));
        };
    }

    /**
     * Bring an existing entry that serves for a flow as far as the flow is; TCP becomes liberal. An update, so without
     * NAT.
     *
     * @param existing the entry and the flow
     * @return a request
     */
    public static Request advance(final ExistingEntry existing) {
        final var flow = existing.flow();
        final var original = flow.key().original();
        if (existing.isNewer()) {
            return TcpRequests.setLiberal(flow, existing.zone());
        }
        final var state = existing.protocolState();
        return (writer, sequence) -> {
            writer.message(Ctnetlink.NEW, NetlinkMessage.REQUEST, sequence, family(original), 0, () -> {
                EntryWriter.tuple(writer, Ctnetlink.TUPLE_ORIG, flow.key().protocol(), original);
                EntryWriter.zone(writer, existing.zone());
                writer.networkInt(Ctnetlink.STATUS, existing.status());
                if (flow.key().protocol() != Protocols.GRE) {
                    // A fixed time-out cannot be changed: EPERM
                    writer.networkInt(Ctnetlink.TIMEOUT, Math.max(1, existing.timeout()));
                }
                if (flow.mark() != 0 && existing.entry().mark() == 0) {
                    writer.networkInt(Ctnetlink.MARK, flow.mark());
                }
                if (!flow.labels().isNone() && existing.entry().labels().isNone()) {
                    EntryWriter.labels(writer, flow);
                }
                if (existing.isStateBehind()) {
                    EntryWriter.protocolInfo(writer, state);
                    EntryWriter.adjustments(writer, state);
                } else if (flow.key().protocol() == Protocols.TCP) {
                    TcpRequests.liberalFlags(writer);
                }
            });
            if (existing.isStateBehind()) {
                TcpRequests.unscale(flow, state, existing.zone()).ifPresent(more -> more.write(writer, sequence));
            }
        };
    }

    /**
     * Read one entry.
     *
     * @param protocol IP protocol number
     * @param tuple one of its directions, whichever
     * @param zone its zone
     * @return a request
     */
    public static Request get(final int protocol, final Tuple tuple, final int zone) {
        return (writer, sequence) -> writer.message(Ctnetlink.GET, NetlinkMessage.REQUEST, sequence, family(tuple), 0,
            () -> {
                EntryWriter.tuple(writer, Ctnetlink.TUPLE_ORIG, protocol, tuple);
                EntryWriter.zone(writer, zone);
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
    public static Request delete(final int protocol, final Tuple original, final int zone, final long id) {
        return (writer, sequence) -> writer.message(Ctnetlink.DELETE, NetlinkMessage.REQUEST, sequence,
            family(original), 0,
            () -> {
                EntryWriter.tuple(writer, Ctnetlink.TUPLE_ORIG, protocol, original);
                EntryWriter.zone(writer, zone);
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
        return (writer, sequence) -> writer.message(Ctnetlink.GET, NetlinkMessage.REQUEST | NetlinkMessage.DUMP,
            sequence,
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
    public static int family(final Tuple tuple) {
        return tuple.source() instanceof Inet4Address ? Ctnetlink.AF_INET : Ctnetlink.AF_INET6;
    }
}
