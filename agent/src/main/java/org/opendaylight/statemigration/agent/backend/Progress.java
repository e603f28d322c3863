package org.opendaylight.statemigration.agent.backend;

import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpState;

/**
 * How far a flow is in its life. State only grows: a TCP connection goes from its first SYN to its end, and what has
 * seen a reply or is assured stays so.
 */
public final class Progress {
    private Progress() {
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
            || before.protocolState() instanceof ProtocolState.Tcp(var past, var from, var to)
                && now.protocolState() instanceof ProtocolState.Tcp(var present, var source, var destination)
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
        final boolean ahead = switch (found.protocolState()) {
            case ProtocolState.Tcp(var present, var from, var to) ->
                !(asked.protocolState() instanceof ProtocolState.Tcp(var wanted, var source, var destination))
                    || rank(present) >= rank(wanted);
            case ProtocolState.Sctp sctp -> true;
            case ProtocolState.Stateless stateless -> true;
        };
        return new Flow(asked.key(), asked.reply(), asked.nat(), ahead ? found.protocolState() : asked.protocolState(),
            asked.seenReply() || found.seenReply(), asked.assured() || found.assured(),
            ahead ? found.timeout() : asked.timeout(), found.mark(), found.labels(), asked.helper(), asked.master(),
            asked.expectations(), found.originalCounters(), found.replyCounters());
    }

    /**
     * How far a connection is. Two SYNs that cross are followed by the usual handshake.
     *
     * @param state its state
     * @return a number that grows over the connection's life
     */
    public static int rank(final TcpState state) {
        return state == TcpState.SYN_SENT_SIMULTANEOUS ? TcpState.SYN_SENT.ordinal() : state.ordinal();
    }

    private static Flow still(final Flow flow) {
        return new Flow(flow.key(), flow.reply(), flow.nat(), flow.protocolState(), flow.seenReply(), flow.assured(),
            0, flow.mark(), flow.labels(), flow.helper(), flow.master(),
            flow.expectations().stream().map(expectation -> expectation.withTimeout(0)).toList(), Counters.NONE,
            Counters.NONE);
    }
}
