// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import static java.util.Objects.requireNonNull;

/**
 * State that only some protocols have.
 */
public sealed interface ProtocolState {
    /** Protocols without state of their own. */
    Stateless STATELESS = new Stateless();

    /**
     * State of a TCP connection.
     *
     * @param state where in its life-cycle it is
     * @param originator the end that sent the first SYN
     * @param responder the other end
     */
    record Tcp(TcpState state, TcpEnd originator, TcpEnd responder) implements ProtocolState {
        public Tcp {
            requireNonNull(state);
            requireNonNull(originator);
            requireNonNull(responder);
        }
    }

    /**
     * State of an SCTP association.
     *
     * @param state where in its life-cycle it is
     * @param originalTag verification tag of the original direction, unsigned 32 bits
     * @param replyTag verification tag of the reply direction, unsigned 32 bits
     */
    record Sctp(SctpState state, long originalTag, long replyTag) implements ProtocolState {
        public Sctp {
            requireNonNull(state);
        }
    }

    /** Nothing. */
    record Stateless() implements ProtocolState {
    }
}
