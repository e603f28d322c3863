// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.util.Optional;
import java.util.function.Consumer;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests.Request;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessageWriter;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.ProtocolState;

/** Requests that change flags of TCP entries, and nothing else of them. They carry no NAT: with it comes ENOTSUP. */
public final class TcpRequests {
    private TcpRequests() {
        // Hidden on purpose
    }

    /**
     * Begin the be_liberal towards sequence numbers that an imported TCP entry begins with, for one that was there.
     *
     * @param flow the flow
     * @param zone its zone
     * @return a request
     */
    static Request setLiberal(final Flow flow, final int zone) {
        return update(flow, zone, TcpRequests::liberalFlags);
    }

    /**
     * End the be_liberal towards sequence numbers that an imported TCP entry begins with.
     *
     * @param flow the flow
     * @param zone its zone
     * @return a request
     */
    public static Request clearLiberal(final Flow flow, final int zone) {
        return clear(flow, zone, Ctnetlink.TCP_BE_LIBERAL, Ctnetlink.TCP_BE_LIBERAL);
    }

    /**
     * Forget which ends of a TCP connection have sent a packet within the windows. The kernel notes it again with the
     * next one, and meanwhile takes an RST with any sequence number, as it does at the beginning.
     *
     * @param flow the flow
     * @param zone its zone
     * @return a request
     */
    public static Request forgetWithinWindow(final Flow flow, final int zone) {
        return clear(flow, zone, Ctnetlink.TCP_MAXACK_SET, Ctnetlink.TCP_MAXACK_SET);
    }

    /**
     * Take the scale from the end of a half-open connection that has sent no SYN yet. The scale of the other end is
     * taken only if both ends have the flag, so both were given it.
     *
     * @param flow a flow whose entry was created; never one that another entry was in the way of, as this changes it
     * @param state the state that the entry was given
     * @param zone its zone
     * @return a request; empty if there is nothing to take
     */
    public static Optional<Request> unscale(final Flow flow, final ProtocolState state, final int zone) {
        return state instanceof ProtocolState.Tcp(var now, var originator, var responder)
            && EntryWriter.isScaled(originator) != EntryWriter.isScaled(responder)
            ? Optional.of(clear(flow, zone, EntryWriter.isScaled(originator) ? 0 : Ctnetlink.TCP_WINDOW_SCALE,
                EntryWriter.isScaled(responder) ? 0 : Ctnetlink.TCP_WINDOW_SCALE)) : Optional.empty();
    }

    /** What has passed elsewhere meanwhile is not known here, and what was within windows is over. */
    static void liberalFlags(final NetlinkMessageWriter writer) {
        final int mask = Ctnetlink.TCP_BE_LIBERAL | Ctnetlink.TCP_MAXACK_SET;
        flags(writer, Ctnetlink.TCP_BE_LIBERAL, mask, mask);
    }

    private static Request clear(final Flow flow, final int zone, final int original, final int reply) {
        return update(flow, zone, writer -> flags(writer, 0, original, reply));
    }

    private static Request update(final Flow flow, final int zone, final Consumer<NetlinkMessageWriter> flags) {
        final var original = flow.key().original();
        return (writer, sequence) ->
            writer.message(Ctnetlink.NEW, NetlinkMessage.REQUEST, sequence, EntryRequests.family(original), 0, () -> {
                EntryWriter.tuple(writer, Ctnetlink.TUPLE_ORIG, flow.key().protocol(), original);
                EntryWriter.zone(writer, zone);
                flags.accept(writer);
            });
    }

    /** Give flags the values that they have here; the masks name them. */
    private static void flags(final NetlinkMessageWriter writer, final int flags, final int maskOriginal,
            final int maskReply) {
        writer.nested(Ctnetlink.PROTOINFO, () -> writer.nested(Ctnetlink.PROTOINFO_TCP, () -> {
            writer.twoOctets(Ctnetlink.TCP_FLAGS_ORIG, flags, maskOriginal);
            writer.twoOctets(Ctnetlink.TCP_FLAGS_REPLY, flags, maskReply);
        }));
    }
}
