// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.stream.Stream;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.Tuple;

/**
 * An entry that is there already, held against the flow that is asked for. Packets of a flow may come to its new State
 * Host before its state does, and what policy lets pass there makes an entry: the very flow, as from a SYN sent again,
 * or a stray, as from a packet that is translated there otherwise, or from an answer that came first.
 *
 * @param flow the flow asked for
 * @param zone its zone
 * @param entry the entry, which has a direction of the flow as one of its own
 */
public record ExistingEntry(Flow flow, int zone, ConntrackEntry entry) {
    public ExistingEntry {
        requireNonNull(flow);
        requireNonNull(entry);
    }

    /** {@return whether it is the very flow: the same in both directions, and nothing known that contradicts} */
    boolean isSame() {
        return DecodedEntry.of(entry, flow.key().network()) instanceof DecodedEntry.Expressed(var found)
            && entry.zone() == zone && found.key().equals(flow.key())
            && TupleInversion.reply(flow).filter(reply -> TupleInversion.same(reply, entry.reply())).isPresent()
            && flow.helper().equals(found.helper())
            && FlowStateMerge.agree(flow.protocolState(), found.protocolState());
    }

    /**
     * Tell whether it is of a newer connection between the same ends, in whose favour the flow has nothing to say: the
     * flow has ended since, or nobody has answered it where it comes from, while this one lives.
     *
     * @return whether it is
     */
    public boolean isNewer() {
        return flow.protocolState() instanceof ProtocolState.Tcp wanted && entry.zone() == zone && !entry.special()
            && entry.original().equals(flow.key().original())
            && TupleInversion.ends(entry.original(), entry.reply())
                .equals(TupleInversion.ends(flow.key().original(), reply()))
            && DecodedEntry.protocolState(entry).filter(found -> found instanceof ProtocolState.Tcp other
                && !FlowStateMerge.hasEnded(other) && (FlowStateMerge.hasEnded(wanted)
                    || !flow.seenReply() && isEstablished() && !isSame())).isPresent();
    }

    /** {@return whether it serves for the flow, because it is the very flow or a newer connection} */
    public boolean serves() {
        return isNewer() || isSame();
    }

    /** {@return the flow that it stands for once it serves} */
    public Flow served() {
        return isNewer() && DecodedEntry.of(entry, flow.key().network()) instanceof DecodedEntry.Expressed(var found)
            ? found : flow;
    }

    /**
     * Tell whether it may make way for the flow, if it is not the very flow. It may if it is of the same conversation,
     * so that nobody else loses it: the ends are the same behind all translations, whichever has begun; or it was made
     * by a packet of the flow that nobody has answered, and that went to no other VM. A connection that was
     * established from both ends is no stray: it is a newer one.
     *
     * @return whether it is a stray
     */
    public boolean isStray() {
        final var ends = TupleInversion.ends(entry.original(), entry.reply());
        final var wanted = TupleInversion.ends(flow.key().original(), reply());
        final boolean sameEnds = ends.equals(wanted)
            || TupleInversion.inverse(entry.protocol(), wanted).filter(ends::equals).isPresent();
        return entry.protocol() == flow.key().protocol() && entry.zone() == zone && !entry.special()
            && !isEstablished() && (sameEnds || isUnansweredPacketOf(wanted));
    }

    /**
     * Tell whether the flow has come further elsewhere, or something is known of it that is not known here. Of TCP that
     * is the windows: an entry may have been left behind long ago.
     *
     * @return whether it has
     */
    public boolean isBehind() {
        return entry.protocol() == Protocols.TCP || isStateBehind()
            || flow.seenReply() && !entry.has(Ctnetlink.SEEN_REPLY)
            || flow.assured() && !entry.has(Ctnetlink.ASSURED) || flow.mark() != 0 && entry.mark() == 0
            || !flow.labels().isNone() && entry.labels().isNone();
    }

    /** {@return whether the state of its protocol is not yet what {@link #protocolState} tells} */
    public boolean isStateBehind() {
        return DecodedEntry.protocolState(entry).filter(found -> !found.equals(protocolState())).isPresent();
    }

    /** {@return what is known of its protocol here and elsewhere together} */
    public ProtocolState protocolState() {
        return DecodedEntry.protocolState(entry).map(found -> FlowStateMerge.furthest(flow.protocolState(), found))
            .orElse(flow.protocolState());
    }

    /** {@return status bits to write: a bit that is there cannot be taken away, the kernel answers EBUSY} */
    public int status() {
        return entry.status() & Ctnetlink.WRITABLE | EntryStatus.of(flow);
    }

    /** {@return seconds that the entry is to have left} */
    public long timeout() {
        return isStateBehind() ? flow.timeout() : Math.max(flow.timeout(), entry.timeout());
    }

    /**
     * What an existing entry means for a flow.
     *
     * @param flow the flow
     * @param zone its zone
     * @param byOriginal the entry that has the original direction of the flow as one of its directions
     * @param byReply the entry that has the reply direction of the flow as one of its directions
     * @return what speaks against the flow; empty if there is no such entry, or it serves for the flow, or is a stray
     */
    public static Optional<RefusalCause> refusalCause(final Flow flow, final int zone,
            final Optional<ConntrackEntry> byOriginal,
            final Optional<ConntrackEntry> byReply) {
        if (byOriginal.filter(entry -> new ExistingEntry(flow, zone, entry).serves()).isPresent()) {
            return Optional.empty();
        }
        return Stream.of(byOriginal, byReply).flatMap(Optional::stream)
            .filter(entry -> !new ExistingEntry(flow, zone, entry).isStray()).findFirst().map(RefusalCause::collision);
    }

    private boolean isEstablished() {
        return !(flow.protocolState() instanceof ProtocolState.Stateless)
            && entry.has(Ctnetlink.SEEN_REPLY | Ctnetlink.ASSURED);
    }

    private boolean isUnansweredPacketOf(final Tuple ends) {
        final var to = entry.reply().source();
        return !entry.has(Ctnetlink.SEEN_REPLY)
            && (entry.original().equals(flow.key().original()) || entry.original().equals(reply()))
            && (to.equals(entry.original().destination()) || to.equals(ends.source()) || to.equals(ends.destination()));
    }

    private Tuple reply() {
        return TupleInversion.reply(flow).orElse(flow.reply());
    }
}
