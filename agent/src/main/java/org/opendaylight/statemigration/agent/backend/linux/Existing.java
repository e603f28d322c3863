package org.opendaylight.statemigration.agent.backend.linux;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpEnd;

/**
 * An entry that is there already, held against the flow that is asked for. Packets of a flow may come to its new State
 * Host before its state does, and what policy lets pass there, such as a SYN sent again, makes an entry.
 *
 * @param flow the flow asked for
 * @param zone its zone
 * @param entry the entry, found by the flow's original direction
 */
record Existing(Flow flow, int zone, ConntrackEntry entry) {
    Existing {
        requireNonNull(flow);
        requireNonNull(entry);
    }

    /** {@return whether it is the very flow: the same in both directions, and nothing known that contradicts} */
    boolean isSame() {
        return Decoded.of(entry, flow.key().network()) instanceof Decoded.Expressed(var found)
            && entry.zone() == zone && found.key().equals(flow.key())
            && Directions.reply(flow).filter(reply -> Directions.same(reply, entry.reply())).isPresent()
            && flow.helper().equals(found.helper())
            && agree(flow.protocolState(), found.protocolState());
    }

    /** {@return whether the flow has come further elsewhere, or something is known of it that is not known here} */
    boolean isBehind() {
        return isStateBehind() || flow.seenReply() && !entry.has(Ctnetlink.SEEN_REPLY)
            || flow.assured() && !entry.has(Ctnetlink.ASSURED) || flow.mark() != 0 && entry.mark() == 0
            || !flow.labels().isNone() && entry.labels().isNone();
    }

    /** {@return whether the state of its protocol is to be taken from the flow} */
    boolean isStateBehind() {
        return Decoded.protocolState(entry).filter(found -> switch (flow.protocolState()) {
            case ProtocolState.Tcp wanted when found instanceof ProtocolState.Tcp other ->
                Comparison.rank(other.state()) < Comparison.rank(wanted.state())
                    || Comparison.rank(other.state()) == Comparison.rank(wanted.state())
                        && (lacks(wanted.originator(), other.originator())
                            || lacks(wanted.responder(), other.responder()));
            case ProtocolState.Sctp wanted when found instanceof ProtocolState.Sctp other ->
                other.state().compareTo(wanted.state()) < 0;
            default -> false;
        }).isPresent();
    }

    /** {@return status bits to write: a bit that is there cannot be taken away, the kernel answers EBUSY} */
    int status() {
        return entry.status() & Ctnetlink.WRITABLE | Requests.status(flow);
    }

    /** {@return seconds that the entry is to have left} */
    long timeout() {
        return isStateBehind() ? flow.timeout() : Math.max(flow.timeout(), entry.timeout());
    }

    /**
     * What an existing entry means for a flow.
     *
     * @param flow the flow
     * @param zone its zone
     * @param byOriginal the entry that has the original direction of the flow as one of its directions
     * @param byReply the entry that has the reply direction of the flow as one of its directions
     * @return what speaks against the flow; empty if there is no such entry, or if it is this very flow
     */
    static Optional<Objection> objection(final Flow flow, final int zone, final Optional<ConntrackEntry> byOriginal,
            final Optional<ConntrackEntry> byReply) {
        return byOriginal.isEmpty() ? byReply.map(Objection::collision)
            : byOriginal.filter(entry -> !new Existing(flow, zone, entry).isSame()).map(Objection::collision);
    }

    private static boolean agree(final ProtocolState wanted, final ProtocolState other) {
        return switch (wanted) {
            case ProtocolState.Tcp tcp when other instanceof ProtocolState.Tcp found ->
                agree(tcp.originator(), found.originator()) && agree(tcp.responder(), found.responder());
            case ProtocolState.Sctp sctp when other instanceof ProtocolState.Sctp found ->
                agree(sctp.originalTag(), found.originalTag()) && agree(sctp.replyTag(), found.replyTag());
            default -> true;
        };
    }

    private static boolean agree(final TcpEnd wanted, final TcpEnd other) {
        return wanted.windowScale().isEmpty() || other.windowScale().isEmpty()
            || wanted.windowScale().equals(other.windowScale());
    }

    /** A tag of 0 is one that the kernel has not seen yet. */
    private static boolean agree(final long wanted, final long other) {
        return wanted == other || wanted == 0 || other == 0;
    }

    private static boolean lacks(final TcpEnd wanted, final TcpEnd other) {
        return wanted.windowScale().isPresent() && other.windowScale().isEmpty()
            || wanted.sackPermitted() && !other.sackPermitted();
    }
}
