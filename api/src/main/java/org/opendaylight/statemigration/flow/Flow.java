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
     * Begin a flow that is not translated, has no state of its protocol, no time left and no relation to others.
     *
     * @param key what identifies the flow
     * @param reply the direction of the answer, as the responder sends it
     * @return a builder
     */
    public static Builder builder(final FlowKey key, final Tuple reply) {
        return new Builder(key, reply);
    }

    /** {@return a builder that begins with what this flow has} */
    public Builder toBuilder() {
        return new Builder(key, reply)
            .nat(nat)
            .protocolState(protocolState)
            .seenReply(seenReply)
            .assured(assured)
            .timeout(timeout)
            .mark(mark)
            .labels(labels)
            .helper(helper)
            .master(master)
            .expectations(expectations)
            .originalCounters(originalCounters)
            .replyCounters(replyCounters);
    }

    /**
     * The same flow with another master.
     *
     * @param newMaster the flow whose helper expected this one
     * @return a flow
     */
    public Flow withMaster(final Optional<FlowKey> newMaster) {
        return toBuilder().master(newMaster).build();
    }

    /**
     * The same flow with other expectations.
     *
     * @param newExpectations flows that its helper expects
     * @return a flow
     */
    public Flow withExpectations(final List<Expectation> newExpectations) {
        return toBuilder().expectations(newExpectations).build();
    }

    /** Names the parts of a flow, of which there are too many for a constructor. The flow checks them. */
    public static final class Builder {
        private FlowKey key;
        private Tuple reply;
        private Nat nat = Nat.NONE;
        private ProtocolState protocolState = ProtocolState.STATELESS;
        private boolean seenReply;
        private boolean assured;
        private long timeout;
        private long mark;
        private Labels labels = Labels.NONE;
        private Optional<String> helper = Optional.empty();
        private Optional<FlowKey> master = Optional.empty();
        private List<Expectation> expectations = List.of();
        private Counters originalCounters = Counters.NONE;
        private Counters replyCounters = Counters.NONE;

        private Builder(final FlowKey key, final Tuple reply) {
            this.key = key;
            this.reply = reply;
        }

        public Builder key(final FlowKey value) {
            key = value;
            return this;
        }

        public Builder reply(final Tuple value) {
            reply = value;
            return this;
        }

        public Builder nat(final Nat value) {
            nat = value;
            return this;
        }

        public Builder protocolState(final ProtocolState value) {
            protocolState = value;
            return this;
        }

        public Builder seenReply(final boolean value) {
            seenReply = value;
            return this;
        }

        public Builder assured(final boolean value) {
            assured = value;
            return this;
        }

        public Builder timeout(final long value) {
            timeout = value;
            return this;
        }

        public Builder mark(final long value) {
            mark = value;
            return this;
        }

        public Builder labels(final Labels value) {
            labels = value;
            return this;
        }

        public Builder helper(final Optional<String> value) {
            helper = value;
            return this;
        }

        public Builder master(final Optional<FlowKey> value) {
            master = value;
            return this;
        }

        public Builder expectations(final List<Expectation> value) {
            expectations = value;
            return this;
        }

        public Builder originalCounters(final Counters value) {
            originalCounters = value;
            return this;
        }

        public Builder replyCounters(final Counters value) {
            replyCounters = value;
            return this;
        }

        /**
         * Complete the flow.
         *
         * @return the flow
         * @throws IllegalArgumentException if its parts contradict each other or are out of range
         */
        public Flow build() {
            return new Flow(key, reply, nat, protocolState, seenReply, assured, timeout, mark, labels, helper, master,
                expectations, originalCounters, replyCounters);
        }
    }
}
