// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend;

import java.util.Optional;
import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.flow.SequenceAdjustment;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;

/**
 * How far a flow is in its life. State only grows: a TCP connection goes from its first SYN to its end, and what has
 * seen a reply or is assured stays so.
 */
public final class FlowStateMerge {
    private FlowStateMerge() {
        // Hidden on purpose
    }

    /**
     * Whether two flows are the same but for what runs by itself: time-outs and counters.
     *
     * @param one a flow
     * @param other a flow
     * @return true if they are
     */
    public static boolean sameState(final Flow one, final Flow other) {
        return still(one).equals(still(other));
    }

    /**
     * Whether a flow cannot be what has become of another one, as it is less far: then it was opened anew, with the
     * same key.
     *
     * @param before the one
     * @param now the other
     * @return true if it is
     */
    public static boolean isAnew(final Flow before, final Flow now) {
        return before.seenReply() && !now.seenReply() || before.assured() && !now.assured()
            || !before.nat().equals(now.nat()) || !before.reply().equals(now.reply())
            || isOpenedAnew(before.protocolState(), now.protocolState());
    }

    /**
     * Whether a connection is less far than it was, as only one is that was opened anew.
     *
     * @param before its state before
     * @param now its state now
     * @return true if it is
     */
    public static boolean isOpenedAnew(final ProtocolState before, final ProtocolState now) {
        return before instanceof ProtocolState.Tcp(var past, var from, var to)
            && now instanceof ProtocolState.Tcp(var present, var source, var destination)
            && rank(present) < rank(past);
    }

    /**
     * The state to give an entry that packets have passed here: what is asked for, but never less far than the packets
     * have taken it. The source knows nothing of them, and to turn the entry back would make the next ones invalid.
     * Local policy has set mark and labels by then.
     *
     * @param asked what is asked for
     * @param found what is there
     * @return the state
     */
    public static Flow furthest(final Flow asked, final Flow found) {
        final var state = furthest(asked.protocolState(), found.protocolState());
        final boolean ahead = state.equals(found.protocolState());
        return asked.toBuilder()
            .protocolState(state)
            .seenReply(asked.seenReply() || found.seenReply())
            .assured(asked.assured() || found.assured())
            .timeout(ahead ? found.timeout() : asked.timeout())
            .mark(found.mark())
            .labels(found.labels())
            .originalCounters(found.originalCounters())
            .replyCounters(found.replyCounters())
            .build();
    }

    /**
     * The state of a protocol, out of what two State Hosts have seen of one flow: what either has seen has happened.
     *
     * @param asked what the one has seen
     * @param found what the other has seen, which counts where they differ and neither is further
     * @return the state
     */
    public static ProtocolState furthest(final ProtocolState asked, final ProtocolState found) {
        return switch (found) {
            case ProtocolState.Tcp here when asked instanceof ProtocolState.Tcp there ->
                rank(here.state()) >= rank(there.state()) ? joined(here, there) : joined(there, here);
            case ProtocolState.Sctp here when asked instanceof ProtocolState.Sctp there ->
                rank(here.state()) >= rank(there.state()) ? joined(here, there) : joined(there, here);
            default -> asked;
        };
    }

    /**
     * Whether nothing that two State Hosts know of one connection contradicts: no window scale and no tag.
     *
     * @param wanted what the one knows
     * @param other what the other knows
     * @return true if nothing does
     */
    public static boolean agree(final ProtocolState wanted, final ProtocolState other) {
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

    /** A tag of 0 is one that was not seen yet. */
    private static boolean agree(final long wanted, final long other) {
        return wanted == other || wanted == 0 || other == 0;
    }

    /**
     * Whether a connection has come to its end. What remains of it keeps late packets from others.
     *
     * @param tcp its state
     * @return true if it has
     */
    public static boolean hasEnded(final ProtocolState.Tcp tcp) {
        return rank(tcp.state()) >= rank(TcpState.TIME_WAIT);
    }

    /**
     * How far a connection is. Two SYNs that cross are followed by the usual handshake.
     *
     * @param state its state
     * @return a number that grows over the connection's life
     */
    public static int rank(final TcpState state) {
        return switch (state) {
            case SYN_SENT, SYN_SENT_SIMULTANEOUS -> 0;
            case SYN_RECEIVED -> 1;
            case ESTABLISHED -> 2;
            case FIN_WAIT -> 3;
            case CLOSE_WAIT -> 4;
            case LAST_ACK -> 5;
            case TIME_WAIT -> 6;
            case CLOSE -> 7;
        };
    }

    /** A heartbeat begins what is established when it is answered. */
    private static int rank(final SctpState state) {
        return switch (state) {
            case CLOSED -> 0;
            case COOKIE_WAIT -> 1;
            case COOKIE_ECHOED, HEARTBEAT_SENT -> 2;
            case ESTABLISHED -> 3;
            case SHUTDOWN_SENT -> 4;
            case SHUTDOWN_RECEIVED -> 5;
            case SHUTDOWN_ACK_SENT -> 6;
        };
    }

    private static ProtocolState.Tcp joined(final ProtocolState.Tcp further, final ProtocolState.Tcp other) {
        final var originator = joined(further.originator(), other.originator());
        final var responder = joined(further.responder(), other.responder());
        // Each has seen the FIN of another end, and took it for the first one. It is the last one to whoever sees both
        final boolean areBothClosed = originator.closeInitiated() && responder.closeInitiated()
            && isHalfClosed(further) && isHalfClosed(other);
        return new ProtocolState.Tcp(areBothClosed ? TcpState.LAST_ACK : further.state(), originator, responder);
    }

    private static ProtocolState.Sctp joined(final ProtocolState.Sctp further, final ProtocolState.Sctp other) {
        return new ProtocolState.Sctp(further.state(), joined(further.originalTag(), other.originalTag()),
            joined(further.replyTag(), other.replyTag()));
    }

    /** A tag of 0 is one that was not seen yet. */
    private static long joined(final long further, final long other) {
        return further == 0 ? other : further;
    }

    private static TcpEnd joined(final TcpEnd further, final TcpEnd other) {
        return new TcpEnd(further.windowScale().isPresent() ? further.windowScale() : other.windowScale(),
            further.sackPermitted() || other.sackPermitted(), further.closeInitiated() || other.closeInitiated(),
            later(further.adjustment(), other.adjustment()));
    }

    /** The one that counts from later on in the sequence numbers, which begin anew after the greatest (RFC 9293). */
    private static Optional<SequenceAdjustment> later(final Optional<SequenceAdjustment> one,
            final Optional<SequenceAdjustment> other) {
        return one.isEmpty() || other.isPresent()
            && (int) (other.orElseThrow().position() - one.orElseThrow().position()) > 0 ? other : one;
    }

    private static boolean isHalfClosed(final ProtocolState.Tcp tcp) {
        return (tcp.state() == TcpState.FIN_WAIT || tcp.state() == TcpState.CLOSE_WAIT)
            && tcp.originator().closeInitiated() != tcp.responder().closeInitiated();
    }

    private static Flow still(final Flow flow) {
        return flow.toBuilder()
            .timeout(0)
            .expectations(flow.expectations().stream().map(expectation -> expectation.withTimeout(0)).toList())
            .originalCounters(Counters.NONE)
            .replyCounters(Counters.NONE)
            .build();
    }
}
