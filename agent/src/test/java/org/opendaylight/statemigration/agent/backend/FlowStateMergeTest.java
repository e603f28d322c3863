// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;

class FlowStateMergeTest {
    private static final TcpEnd OPEN = new TcpEnd(OptionalInt.of(7), true, false);
    private static final TcpEnd CLOSED = new TcpEnd(OptionalInt.of(7), true, true);
    private static final TcpEnd UNHEARD = new TcpEnd(OptionalInt.empty(), false, false);

    private static Stream<ProtocolState.Tcp> connections() {
        return Arrays.stream(TcpState.values()).flatMap(state -> Stream.of(OPEN, CLOSED, UNHEARD).flatMap(originator ->
            Stream.of(OPEN, CLOSED, UNHEARD).map(responder -> new ProtocolState.Tcp(state, originator, responder))));
    }

    @ParameterizedTest
    @MethodSource("connections")
    void whatEitherHasSeenHasHappened(final ProtocolState.Tcp asked) {
        connections().forEach(found -> {
            final var both = (ProtocolState.Tcp) FlowStateMerge.furthest(asked, found);
            assertTrue(FlowStateMerge.rank(both.state()) >= FlowStateMerge.rank(asked.state()), both::toString);
            assertTrue(FlowStateMerge.rank(both.state()) >= FlowStateMerge.rank(found.state()), both::toString);
            assertSeen(asked.originator(), found.originator(), both.originator());
            assertSeen(asked.responder(), found.responder(), both.responder());
            assertEquals(both, FlowStateMerge.furthest(asked, both), "once more changes nothing");
            assertEquals(asked, FlowStateMerge.furthest(asked, asked));
        });
    }

    @ParameterizedTest
    @CsvSource({ "FIN_WAIT, FIN_WAIT", "FIN_WAIT, CLOSE_WAIT", "CLOSE_WAIT, FIN_WAIT", "CLOSE_WAIT, CLOSE_WAIT" })
    void oneFinSeenByEachIsTheLastFin(final TcpState asked, final TcpState found) {
        assertEquals(new ProtocolState.Tcp(TcpState.LAST_ACK, CLOSED, CLOSED),
            FlowStateMerge.furthest(new ProtocolState.Tcp(asked, CLOSED, OPEN),
                new ProtocolState.Tcp(found, OPEN, CLOSED)));
    }

    @Test
    void sameFinSeenByBothIsOne() {
        assertEquals(new ProtocolState.Tcp(TcpState.CLOSE_WAIT, CLOSED, OPEN), FlowStateMerge.furthest(
            new ProtocolState.Tcp(TcpState.CLOSE_WAIT, CLOSED, OPEN),
            new ProtocolState.Tcp(TcpState.FIN_WAIT, CLOSED, OPEN)));
    }

    @Test
    void associationTakesTheTagsThatOnlyOneHasSeen() {
        assertEquals(new ProtocolState.Sctp(SctpState.ESTABLISHED, 1, 2), FlowStateMerge.furthest(
            new ProtocolState.Sctp(SctpState.ESTABLISHED, 1, 2), new ProtocolState.Sctp(SctpState.COOKIE_WAIT, 0, 2)));
        assertEquals(new ProtocolState.Sctp(SctpState.SHUTDOWN_SENT, 1, 2), FlowStateMerge.furthest(
            new ProtocolState.Sctp(SctpState.COOKIE_ECHOED, 1, 2),
            new ProtocolState.Sctp(SctpState.SHUTDOWN_SENT, 1, 0)));
        assertEquals(new ProtocolState.Sctp(SctpState.ESTABLISHED, 1, 2), FlowStateMerge.furthest(
            new ProtocolState.Sctp(SctpState.ESTABLISHED, 1, 2),
            new ProtocolState.Sctp(SctpState.HEARTBEAT_SENT, 1, 2)), "a heartbeat comes before what it begins");
    }

    private static void assertSeen(final TcpEnd asked, final TcpEnd found, final TcpEnd both) {
        assertEquals(asked.closeInitiated() || found.closeInitiated(), both.closeInitiated());
        assertEquals(asked.sackPermitted() || found.sackPermitted(), both.sackPermitted());
        assertEquals(asked.windowScale().isPresent() || found.windowScale().isPresent(),
            both.windowScale().isPresent());
    }
}
