// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.LEASE;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M1;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.POOL_ADDRESS;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.VM;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.VM_ADDRESS;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.flows;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.keys;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.refused;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.testkit.FaultyStateTable.Operation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Commit;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;

/** The destination of a move with pre-copy. */
class ChangedFlowsTest {
    private final AgentFixture fixture = new AgentFixture();
    private final LocalAgent agent = fixture.agent;

    @BeforeEach
    void ready() throws Exception {
        agent.getReady(M1, VM, LEASE, false);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void changedFlowGetsItsNewStateAndIsStillOne() throws Exception {
        download(1, List.of(tcp(1, TcpState.SYN_SENT), tcp(2, TcpState.ESTABLISHED)));
        assertEquals(new Download(1, List.of()), download(2, List.of(tcp(1, TcpState.ESTABLISHED))));
        assertEquals(TcpState.ESTABLISHED, state(1));
        assertEquals(new Commit(2, 0), agent.commit(M1, 2, 2));
        assertEquals(List.of(Operation.CREATE, Operation.UPDATE, Operation.VERIFY, Operation.SERVICE),
            fixture.table.asked());
    }

    @Test
    void endedFlowIsDeletedAndMayBeginAnewLater() throws Exception {
        download(1, List.of(tcp(1, TcpState.TIME_WAIT), tcp(2, TcpState.ESTABLISHED)));
        download(2, List.of(), tcp(1, TcpState.TIME_WAIT).key());
        assertEquals(List.of(tcp(2, TcpState.ESTABLISHED).key()), keys(fixture.memory.flows()));
        assertEquals(1, fixture.entry(M1).flows());
        download(3, List.of(tcp(1, TcpState.SYN_SENT)));
        assertEquals(TcpState.SYN_SENT, state(1));
        assertEquals(new Commit(2, 0), agent.commit(M1, 3, 2));
    }

    @Test
    void inOneChunkFlowsEndBeforeOthersTakeTheirPlaces() throws Exception {
        download(1, List.of(tcp(1, TcpState.TIME_WAIT), translated(2, 4000)));
        // The same flow anew, and another with the public port of one that has ended
        final var answer = download(2, List.of(tcp(1, TcpState.SYN_SENT), translated(3, 4000)),
            tcp(1, TcpState.TIME_WAIT).key(), translated(2, 4000).key());
        assertEquals(new Download(2, List.of()), answer);
        assertEquals(TcpState.SYN_SENT, state(1));
        assertEquals(2, fixture.memory.flows().size());
    }

    @Test
    void changedTranslationReplacesTheEntry() throws Exception {
        download(1, List.of(translated(1, 4000)));
        assertEquals(new Download(1, List.of()), download(2, List.of(translated(1, 4001))));
        assertEquals(translated(1, 4001).reply(), fixture.memory.flows().getFirst().reply());
        assertEquals(1, fixture.memory.flows().size());
    }

    @Test
    void whatPacketsHaveTakenFurtherHereStays() throws Exception {
        download(1, List.of(tcp(1, TcpState.ESTABLISHED), tcp(2, TcpState.ESTABLISHED)));
        fixture.memory.change(List.of(tcp(1, TcpState.LAST_ACK), tcp(2, TcpState.ESTABLISHED)));
        assertEquals(2, download(2, List.of(tcp(1, TcpState.FIN_WAIT), tcp(2, TcpState.CLOSE_WAIT))).accepted());
        assertEquals(TcpState.LAST_ACK, state(1));
        assertEquals(TcpState.CLOSE_WAIT, state(2));
        assertEquals(new Commit(2, 0), agent.commit(M1, 2, 2));
    }

    @Test
    void changedFlowThatIsRefusedIsNoLongerThere() throws Exception {
        download(1, List.of(translated(1, 4000), translated(2, 4001)));
        fixture.memory.seed(List.of(translated(3, 4002)));
        final var outside = InetAddresses.forString("203.0.113.1");
        final var answer = download(2, List.of(translated(1, 4002), translated(2, 4001, outside)));
        assertEquals(0, answer.accepted());
        assertEquals(List.of(RefusalReason.COLLISION, RefusalReason.ADDRESS_NOT_IN_POOL),
            answer.refused().stream().map(refusal -> refusal.reason()).toList());
        assertEquals(List.of(translated(3, 4002).key()), keys(fixture.memory.flows()));
        assertEquals(new Commit(0, 0), agent.commit(M1, 2, 0));
    }

    @Test
    void flowThatVanishedIsCreatedAnewByItsChange() throws Exception {
        download(1, List.of(tcp(1, TcpState.ESTABLISHED)));
        fixture.memory.delete(fixture.memory.export(VM).entries());
        assertEquals(1, download(2, List.of(tcp(1, TcpState.FIN_WAIT))).accepted());
        assertEquals(TcpState.FIN_WAIT, state(1));
    }

    @Test
    void flowThatTookThePlaceOfACreatedOneIsNotEnded() throws Exception {
        download(1, List.of(tcp(1, TcpState.TIME_WAIT)));
        fixture.memory.delete(fixture.memory.export(VM).entries());
        fixture.memory.seed(List.of(tcp(1, TcpState.SYN_SENT)));
        download(2, List.of(), tcp(1, TcpState.TIME_WAIT).key());
        assertEquals(TcpState.SYN_SENT, state(1));
        assertEquals(0, agent.abort(M1, "test"));
        assertEquals(TcpState.SYN_SENT, state(1));
    }

    @Test
    void flowThatWasThereBeforeIsNeitherEndedNorUndone() throws Exception {
        fixture.memory.seed(List.of(tcp(1, TcpState.ESTABLISHED)));
        download(1, List.of(tcp(1, TcpState.ESTABLISHED)));
        download(2, List.of(tcp(1, TcpState.FIN_WAIT)));
        download(3, List.of(), tcp(1, TcpState.FIN_WAIT).key());
        assertEquals(1, fixture.memory.flows().size());
        agent.abort(M1, "test");
        assertEquals(1, fixture.memory.flows().size());
    }

    @Test
    void flowsThatNeverCameMayEnd() throws Exception {
        fixture.memory.seed(List.of(tcp(1, TcpState.ESTABLISHED)));
        assertEquals(new Download(0, List.of()), download(1, List.of(), tcp(1, TcpState.ESTABLISHED).key()));
        assertEquals(1, fixture.memory.flows().size());
    }

    @Test
    void abortAfterChangesLeavesNothing() throws Exception {
        download(1, List.of(tcp(1, TcpState.SYN_SENT), translated(2, 4000)));
        agent.getReady(M1, VM, LEASE, true);
        download(2, List.of(tcp(1, TcpState.ESTABLISHED), translated(2, 4001), tcp(3, TcpState.SYN_SENT)));
        assertEquals(3, agent.abort(M1, "test"));
        fixture.assertNothingLeft();
    }

    @Test
    void chunkThatFailedHalfWayMayComeAgain() throws Exception {
        download(1, List.of(tcp(1, TcpState.SYN_SENT), tcp(2, TcpState.ESTABLISHED)));
        for (var operation : List.of(Operation.DELETE, Operation.UPDATE, Operation.CREATE)) {
            fixture.table.fail(operation);
            refused(Kind.OPERATION_FAILED, "No " + operation + " today", this::everything);
            fixture.table.heal();
        }
        assertEquals(new Download(2, List.of()), everything());
        assertEquals(Set.of(tcp(1, TcpState.SYN_SENT).key(), tcp(3, TcpState.SYN_SENT).key()),
            Set.copyOf(keys(fixture.memory.flows())));
        assertEquals(new Commit(2, 0), agent.commit(M1, 2, 2));
    }

    @Test
    void changesTakeNoRoomAndEndedFlowsMakeSome() throws Exception {
        final var all = flows(41);
        for (int chunk = 1; chunk <= 4; chunk++) {
            download(chunk, all.subList(10 * (chunk - 1), 10 * chunk));
        }
        final var more = all.get(40);
        assertEquals(RefusalReason.NO_ROOM, download(5, List.of(all.get(3), more)).refused().getFirst().reason());
        assertEquals(new Download(2, List.of()), download(6, List.of(all.get(3), more), all.get(0).key()));
        assertEquals(40, fixture.entry(M1).flows());
        refused(Kind.RESOURCE_DENIED, "11 flows, more than the 10",
            () -> download(7, List.of(), all.subList(0, 11).stream().map(Flow::key).toArray(FlowKey[]::new)));
    }

    @Test
    void repeatedChunkIsAnsweredAsBefore() throws Exception {
        download(1, List.of(tcp(1, TcpState.SYN_SENT)));
        final var first = everything();
        assertEquals(first, everything());
        assertTrue(fixture.table.asked().stream().filter(Operation.UPDATE::equals).count() == 1);
    }

    private Download everything() throws Exception {
        return download(2, List.of(tcp(1, TcpState.ESTABLISHED), tcp(3, TcpState.SYN_SENT)),
            tcp(2, TcpState.ESTABLISHED).key());
    }

    private Download download(final int sequence, final List<Flow> flows, final FlowKey... ended) throws Exception {
        return agent.download(M1, Chunk.of(M1, sequence, flows, List.of(ended)));
    }

    private TcpState state(final int port) {
        return fixture.memory.flows().stream().filter(flow -> flow.key().equals(tcp(port, TcpState.CLOSE).key()))
            .map(flow -> ((ProtocolState.Tcp) flow.protocolState()).state()).findFirst().orElseThrow();
    }

    private static Flow tcp(final int port, final TcpState state) {
        return flow(port, state, Nat.NONE, Optional.empty());
    }

    private static Flow translated(final int port, final int to) {
        return translated(port, to, POOL_ADDRESS);
    }

    private static Flow translated(final int port, final int to, final InetAddress address) {
        return flow(port, TcpState.ESTABLISHED,
            new Nat(Optional.of(new Nat.Endpoint(address, OptionalInt.of(to))), Optional.empty()),
            Optional.of(new Tuple(InetAddresses.forString("203.0.113.80"), address, new Identifiers.Ports(80, to))));
    }

    private static Flow flow(final int port, final TcpState state, final Nat nat, final Optional<Tuple> reply) {
        final var original = new Tuple(VM_ADDRESS, InetAddresses.forString("203.0.113.80"),
            new Identifiers.Ports(port, 80));
        final var end = new TcpEnd(OptionalInt.of(7), true, false);
        return Flow.builder(new FlowKey(Optional.empty(), Protocols.TCP, original), reply.orElse(original.inverse()))
            .nat(nat)
            .protocolState(new ProtocolState.Tcp(state, end, end))
            .seenReply(true)
            .assured(true)
            .timeout(600)
            .build();
    }
}
