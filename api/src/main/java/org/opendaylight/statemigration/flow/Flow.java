// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The state of one flow.
 *
 * @param key what makes it this flow
 * @param reply the direction of the answer, as the responder sends it
 * @param nat translations of the original direction
 * @param protocolState state that only some protocols have
 * @param seenReply packets have passed in both directions
 * @param assured not to be dropped early when the table is full
 * @param timeout seconds left until it is forgotten if no packet passes, unsigned 32 bits
 * @param mark mark of local policy, unsigned 32 bits
 * @param labels label bits of local policy
 * @param helper name of the application layer helper
 * @param master the flow whose helper expected this one; empty if it began by itself, or if that flow is not moved
 *     along
 * @param expectations flows that the helper of this one expects
 * @param originalCounters traffic in the original direction
 * @param replyCounters traffic in the reply direction
 */
public record Flow(FlowKey key, Tuple reply, Nat nat, ProtocolState protocolState, boolean seenReply, boolean assured,
        long timeout, long mark, Labels labels, Optional<String> helper, Optional<FlowKey> master,
        List<Expectation> expectations, Counters originalCounters, Counters replyCounters) {
    private static final long UINT32_MAX = 0xffffffffL;

    public Flow {
        requireNonNull(reply);
        requireNonNull(nat);
        requireNonNull(labels);
        requireNonNull(helper);
        requireNonNull(master);
        expectations = List.copyOf(expectations);
        requireNonNull(originalCounters);
        requireNonNull(replyCounters);
        if (reply.source().getClass() != key.original().source().getClass()) {
            throw new IllegalArgumentException("The directions of flow " + key + " are of different address families");
        }
        final boolean fits = switch (key.protocol()) {
            case Protocols.TCP -> protocolState instanceof ProtocolState.Tcp;
            case Protocols.SCTP -> protocolState instanceof ProtocolState.Sctp;
            default -> protocolState instanceof ProtocolState.Stateless;
        };
        if (!fits) {
            throw new IllegalArgumentException("Flow " + key + " does not have the state that its protocol needs");
        }
        if (timeout < 0 || timeout > UINT32_MAX || mark < 0 || mark > UINT32_MAX) {
            throw new IllegalArgumentException("Timeout or mark of flow " + key + " is not an unsigned 32 bit number");
        }
        if (master.isPresent() && (master.orElseThrow().equals(key)
                || !master.orElseThrow().network().equals(key.network()))) {
            throw new IllegalArgumentException("The master of flow " + key + " is not another flow of its virtual"
                + " network, but " + master.orElseThrow());
        }
        if (!expectations.isEmpty() && helper.isEmpty()) {
            throw new IllegalArgumentException("Flow " + key + " has expectations but no helper");
        }
        for (var expectation : expectations) {
            if (expectation.destination().getClass() != reply.source().getClass()) {
                throw new IllegalArgumentException("Flow " + key + " expects one of another address family");
            }
        }
    }

    /**
     * A flow that has to do with no other one.
     *
     * @param key what makes it this flow
     * @param reply the direction of the answer, as the responder sends it
     * @param nat translations of the original direction
     * @param protocolState state that only some protocols have
     * @param seenReply packets have passed in both directions
     * @param assured not to be dropped early when the table is full
     * @param timeout seconds left until it is forgotten if no packet passes, unsigned 32 bits
     * @param mark mark of local policy, unsigned 32 bits
     * @param labels label bits of local policy
     * @param helper name of the application layer helper
     * @param originalCounters traffic in the original direction
     * @param replyCounters traffic in the reply direction
     */
    public Flow(final FlowKey key, final Tuple reply, final Nat nat, final ProtocolState protocolState,
            final boolean seenReply, final boolean assured, final long timeout, final long mark, final Labels labels,
            final Optional<String> helper, final Counters originalCounters, final Counters replyCounters) {
        this(key, reply, nat, protocolState, seenReply, assured, timeout, mark, labels, helper, Optional.empty(),
            List.of(), originalCounters, replyCounters);
    }

    /**
     * The same flow with another master.
     *
     * @param newMaster the flow whose helper expected this one
     * @return a flow
     */
    public Flow withMaster(final Optional<FlowKey> newMaster) {
        return new Flow(key, reply, nat, protocolState, seenReply, assured, timeout, mark, labels, helper, newMaster,
            expectations, originalCounters, replyCounters);
    }

    /**
     * The same flow with other expectations.
     *
     * @param newExpectations flows that its helper expects
     * @return a flow
     */
    public Flow withExpectations(final List<Expectation> newExpectations) {
        return new Flow(key, reply, nat, protocolState, seenReply, assured, timeout, mark, labels, helper, master,
            newExpectations, originalCounters, replyCounters);
    }
}
