// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import com.google.common.collect.ImmutableBiMap;
import java.util.Optional;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.flow.TcpState;

/**
 * The numbers that the kernel gives to states of connections, in {@code nf_conntrack_tcp.h} and
 * {@code nf_conntrack_sctp.h}. In both, 0 means "none".
 */
public final class KernelStates {
    private static final ImmutableBiMap<TcpState, Integer> TCP = ImmutableBiMap.<TcpState, Integer>builder()
        .put(TcpState.SYN_SENT, 1)
        .put(TcpState.SYN_RECEIVED, 2)
        .put(TcpState.ESTABLISHED, 3)
        .put(TcpState.FIN_WAIT, 4)
        .put(TcpState.CLOSE_WAIT, 5)
        .put(TcpState.LAST_ACK, 6)
        .put(TcpState.TIME_WAIT, 7)
        .put(TcpState.CLOSE, 8)
        .put(TcpState.SYN_SENT_SIMULTANEOUS, 9)
        .build();
    private static final ImmutableBiMap<SctpState, Integer> SCTP = ImmutableBiMap.<SctpState, Integer>builder()
        .put(SctpState.CLOSED, 1)
        .put(SctpState.COOKIE_WAIT, 2)
        .put(SctpState.COOKIE_ECHOED, 3)
        .put(SctpState.ESTABLISHED, 4)
        .put(SctpState.SHUTDOWN_SENT, 5)
        .put(SctpState.SHUTDOWN_RECEIVED, 6)
        .put(SctpState.SHUTDOWN_ACK_SENT, 7)
        .put(SctpState.HEARTBEAT_SENT, 8)
        .build();

    private KernelStates() {
        // Hidden on purpose
    }

    /** {@return the kernel's number of a state of TCP} */
    public static int number(final TcpState state) {
        return TCP.get(state);
    }

    /** {@return the kernel's number of a state of SCTP} */
    public static int number(final SctpState state) {
        return SCTP.get(state);
    }

    /** {@return the state of TCP that has a number; empty if none has} */
    static Optional<TcpState> tcpState(final int number) {
        return Optional.ofNullable(TCP.inverse().get(number));
    }

    /** {@return the state of SCTP that has a number; empty if none has} */
    static Optional<SctpState> sctpState(final int number) {
        return Optional.ofNullable(SCTP.inverse().get(number));
    }
}
