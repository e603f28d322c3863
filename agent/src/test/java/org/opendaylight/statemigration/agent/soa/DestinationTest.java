// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.LEASE;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M1;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M2;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.VM;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.chunk;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.flows;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.keys;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.refused;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.selection;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.agent.testkit.FaultyStateTable.Operation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.RandomFlows;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Commit;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Readiness;

class DestinationTest {
    private final AgentFixture fixture = new AgentFixture();
    private final LocalAgent agent = fixture.agent;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void takesOverInChunksVerifiesAndEndsTheHold() throws Exception {
        final var flows = flows(25);
        assertEquals(new Readiness(HoldKind.DROP, 10, 1), agent.getReady(M1, VM, LEASE, true));
        assertEquals(List.of(VM), fixture.memory.holds());
        assertEquals(new MigrationStatus(M1, Role.DESTINATION, AgentStage.READY, 0, Optional.of(HoldKind.DROP),
            Optional.of(fixture.clock.instant().plus(LEASE))), fixture.entry(M1));

        assertEquals(new Download(10, List.of()), agent.download(M1, chunk(1, flows.subList(0, 10))));
        assertEquals(new Download(10, List.of()), agent.download(M1, chunk(2, flows.subList(10, 20))));
        assertEquals(new Download(5, List.of()), agent.download(M1, chunk(3, flows.subList(20, 25))));
        assertEquals(AgentStage.IMPORTING, fixture.stage(M1));
        assertEquals(25, fixture.entry(M1).flows());
        assertEquals(List.of(VM), fixture.memory.holds());

        assertEquals(new Commit(25, 0), agent.commit(M1, 3, 25));
        assertEquals(keys(flows), keys(fixture.memory.flows()));
        assertEquals(List.of(), fixture.memory.holds());
        assertEquals(new MigrationStatus(M1, Role.DESTINATION, AgentStage.COMMITTED, 25, Optional.of(HoldKind.NONE),
            Optional.empty()), fixture.entry(M1));
        assertEquals(List.of(Operation.HOLD, Operation.CREATE, Operation.CREATE, Operation.CREATE, Operation.VERIFY,
            Operation.RELEASE, Operation.SERVICE), fixture.table.asked());
    }

    @Test
    void vmWithoutFlowsIsCommittedWithoutChunks() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        assertEquals(new Commit(0, 0), agent.commit(M1, 0, 0));
        fixture.assertNothingLeft();
    }

    @Test
    void noHoldIsPlacedWhereNoneIsWanted() throws Exception {
        assertEquals(HoldKind.NONE, agent.getReady(M1, VM, LEASE, false).hold());
        assertEquals(List.of(), fixture.memory.holds());
        assertEquals(Optional.of(HoldKind.NONE), fixture.entry(M1).hold());
        agent.download(M1, chunk(1, flows(3)));
        assertEquals(new Commit(3, 0), agent.commit(M1, 1, 3));
    }

    @Test
    void holdMayBeAskedForLaterAndIsNotEndedByRepetition() throws Exception {
        agent.getReady(M1, VM, LEASE, false);
        assertEquals(HoldKind.DROP, agent.getReady(M1, VM, LEASE, true).hold());
        assertEquals(HoldKind.DROP, agent.getReady(M1, VM, LEASE, false).hold());
        assertEquals(List.of(VM), fixture.memory.holds());
    }

    @Test
    void everyMethodMayBeRepeated() throws Exception {
        final var flows = flows(10);
        assertEquals(agent.getReady(M1, VM, LEASE, true), agent.getReady(M1, VM, LEASE, true));
        assertEquals(1, fixture.memory.holds().size());
        final var chunk = chunk(1, flows);
        assertEquals(agent.download(M1, chunk), agent.download(M1, chunk));
        assertEquals(10, fixture.memory.flows().size());
        assertEquals(agent.commit(M1, 1, 10), agent.commit(M1, 1, 10));
        assertEquals(new Download(10, List.of()), agent.download(M1, chunk));
        assertEquals(10, fixture.memory.flows().size());
        assertEquals(agent.abort(M1, "once"), agent.abort(M1, "twice"));
        fixture.assertNothingLeft();
    }

    @Test
    void repeatedDownloadRefusesAgainWhatItRefused() throws Exception {
        final var flows = flows(3);
        fixture.memory.seed(List.of(marked(flows.get(1))));
        agent.getReady(M1, VM, LEASE, true);
        final var answer = agent.download(M1, chunk(1, flows));
        assertEquals(2, answer.accepted());
        assertEquals(RefusalReason.COLLISION, answer.refused().getFirst().reason());
        assertEquals(1, answer.refused().getFirst().index());
        fixture.memory.delete(fixture.memory.export(VM).entries().stream()
            .filter(entry -> entry.flow().key().equals(flows.get(1).key())).toList());
        assertEquals(answer, agent.download(M1, chunk(1, flows)));
    }

    @Test
    void unknownMigrationIsRefused() {
        refused(Kind.DATA_MISSING, "Migration m-1 is not known", () -> agent.download(M1, chunk(1, flows(1))));
        refused(Kind.DATA_MISSING, "Migration m-1 is not known", () -> agent.commit(M1, 0, 0));
        assertEquals(List.of(), agent.statuses().entries());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 100})
    void skippedChunkIsRefused(final int sequence) throws Exception {
        fixture.importing(flows(2));
        refused(Kind.INVALID_VALUE, "send chunk 2", () -> agent.download(M1, chunk(sequence, List.of())));
        assertEquals(2, fixture.memory.flows().size());
    }

    @Test
    void firstChunkMustBeTheFirst() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        refused(Kind.INVALID_VALUE, "send chunk 1", () -> agent.download(M1, chunk(2, flows(1))));
        assertEquals(AgentStage.READY, fixture.stage(M1));
    }

    @Test
    void chunkBeforeTheLastIsRefused() throws Exception {
        final var flows = flows(2);
        fixture.importing(flows.subList(0, 1));
        agent.download(M1, chunk(2, flows.subList(1, 2)));
        refused(Kind.INVALID_VALUE, "Chunk 1 of migration m-1 does not follow chunk 2",
            () -> agent.download(M1, chunk(1, flows.subList(0, 1))));
    }

    @Test
    void sameSequenceWithOtherFlowsIsRefused() throws Exception {
        fixture.importing(flows(2));
        refused(Kind.INVALID_VALUE, "came before with other flows", () -> agent.download(M1, chunk(1, flows(3))));
    }

    @Test
    void changedChunkIsRefused() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        final var flows = flows(2);
        final var digest = chunk(1, flows).digest();
        refused(Kind.INVALID_VALUE, "digest", () -> agent.download(M1, new Chunk(1, digest, flows.reversed())));
        refused(Kind.INVALID_VALUE, "digest", () -> agent.download(M1, new Chunk(1, digest, flows.subList(0, 1))));
        refused(Kind.INVALID_VALUE, "digest", () -> agent.download(M1, new Chunk(1, "", flows)));
        refused(Kind.INVALID_VALUE, "digest", () -> agent.download(M1, Chunk.of(M2, 1, flows)));
        assertEquals(List.of(), fixture.memory.flows());
    }

    @Test
    void repetitionWithChangedFlowsIsNoRepetition() throws Exception {
        final var flows = flows(2);
        fixture.importing(flows);
        refused(Kind.INVALID_VALUE, "digest",
            () -> agent.download(M1, new Chunk(1, chunk(1, flows).digest(), flows.reversed())));
    }

    @Test
    void chunkAfterCommitIsRefused() throws Exception {
        fixture.importing(flows(2));
        agent.commit(M1, 1, 2);
        refused(Kind.INVALID_VALUE, "comes too late", () -> agent.download(M1, chunk(2, flows(3))));
        refused(Kind.INVALID_VALUE, "committed already", () -> agent.getReady(M1, VM, LEASE, true));
        assertEquals(List.of(), fixture.memory.holds());
    }

    @Test
    void flowOfAnotherVmIsRefusedAndTheOthersAreTaken() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        final var flows = new ArrayList<>(flows(3));
        flows.add(1, new RandomFlows(1).of(Optional.empty(), InetAddresses.forString("10.9.9.9"),
            AgentFixture.POOL_ADDRESS, 1).getFirst());
        flows.add(new RandomFlows(1).of(Optional.of(new VirtualNetwork.Vnid(5)), AgentFixture.VM_ADDRESS,
            AgentFixture.POOL_ADDRESS, 1).getFirst());
        final var answer = agent.download(M1, chunk(1, flows));
        assertEquals(3, answer.accepted());
        assertEquals(List.of(1, 4), answer.refused().stream().map(Refusal::index).toList());
        answer.refused().forEach(refusal -> assertEquals(RefusalReason.NOT_OF_VM, refusal.reason()));
        assertEquals(new Commit(3, 0), agent.commit(M1, 1, 3));
    }

    @Test
    void flowThatComesTwiceInOneChunkIsTakenOnceAndInALaterOneChanged() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        final var flows = flows(2);
        final var first = agent.download(M1, chunk(1, List.of(flows.get(0), flows.get(0), flows.get(1))));
        assertEquals(2, first.accepted());
        assertEquals(1, first.refused().getFirst().index());
        final var second = agent.download(M1, chunk(2, List.of(flows.get(1))));
        assertEquals(new Download(1, List.of()), second);
        assertEquals(2, fixture.entry(M1).flows());
        assertEquals(2, agent.abort(M1, "test"));
        fixture.assertNothingLeft();
    }

    @Test
    void indicesOfBothValidatorAndTableAreThoseOfTheChunk() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        final var flows = new ArrayList<>(flows(4));
        fixture.memory.seed(List.of(marked(flows.get(3))));
        flows.add(1, new RandomFlows(1).of(Optional.empty(), InetAddresses.forString("10.9.9.9"),
            AgentFixture.POOL_ADDRESS, 1).getFirst());
        final var expected = List.of(1, 4);
        assertEquals(expected, agent.assess(M1, VM, chunk(1, flows)).stream().map(Refusal::index).toList());
        assertEquals(expected,
            agent.download(M1, chunk(1, flows)).refused().stream().map(Refusal::index).toList());
    }

    @Test
    void chunkThatIsTooLargeIsRefusedAsAWhole() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        refused(Kind.RESOURCE_DENIED, "11 flows, more than the 10", () -> agent.download(M1, chunk(1, flows(11))));
        refused(Kind.RESOURCE_DENIED, "11 flows", () -> agent.assess(M1, VM, chunk(1, flows(11))));
        assertEquals(List.of(), fixture.memory.flows());
    }

    @Test
    void flowsBeyondTheLimitOfOneMigrationAreRefused() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        final var flows = flows(42);
        for (int sequence = 1; sequence <= 4; sequence++) {
            agent.download(M1, chunk(sequence, flows.subList((sequence - 1) * 10, sequence * 10)));
        }
        final var answer = agent.download(M1, chunk(5, flows.subList(40, 42)));
        assertEquals(0, answer.accepted());
        assertEquals(RefusalReason.NO_ROOM, answer.refused().getLast().reason());
        assertEquals(new Commit(40, 0), agent.commit(M1, 5, 40));
    }

    @Test
    void assessChangesNothing() throws Exception {
        assertEquals(List.of(), agent.assess(M1, VM, new Chunk(7, "no digest", flows(5))));
        fixture.assertNothingLeft();
        assertEquals(List.of(), agent.statuses().entries());
    }

    @Test
    void commitWithOtherCountsIsRefusedAndMayBeRepeatedRightly() throws Exception {
        fixture.importing(flows(4));
        refused(Kind.INVALID_VALUE, "1 chunks came, not 2", () -> agent.commit(M1, 2, 4));
        refused(Kind.INVALID_VALUE, "1 chunks came, not 4294967295", () -> agent.commit(M1, -1, 4));
        refused(Kind.INVALID_VALUE, "4 flows were created, not 3", () -> agent.commit(M1, 1, 3));
        assertEquals(List.of(VM), fixture.memory.holds());
        assertEquals(new Commit(4, 0), agent.commit(M1, 1, 4));
        refused(Kind.INVALID_VALUE, "4 flows were created, not 5", () -> agent.commit(M1, 1, 5));
    }

    @Test
    void commitWithDifferencesKeepsTheHoldAndTheMigrationOpen() throws Exception {
        fixture.importing(flows(5));
        fixture.table.differ(List.of("one", "two", "three", "four"));
        final var e = refused(Kind.OPERATION_FAILED, "4 of 5 flows of migration m-1 are not as they came",
            () -> agent.commit(M1, 1, 5));
        assertTrue(e.getMessage().endsWith("one; two; three"), e.getMessage());
        assertEquals(List.of(VM), fixture.memory.holds());
        assertEquals(AgentStage.IMPORTING, fixture.stage(M1));
        fixture.table.heal();
        assertEquals(new Commit(5, 0), agent.commit(M1, 1, 5));
    }

    @Test
    void flowThatEndsByItselfBeforeCommitHasVanished() throws Exception {
        final var flows = flows(3);
        agent.getReady(M1, VM, Duration.ofSeconds(60), true);
        final var shortest = flows.stream().mapToLong(flow -> flow.timeout()).min().orElseThrow();
        final var brief = flows.stream().map(flow -> timeout(flow, flow.timeout() == shortest ? 5 : 1000)).toList();
        agent.download(M1, chunk(1, brief));
        fixture.pass(Duration.ofSeconds(6));
        assertEquals(new Commit(2, 1), agent.commit(M1, 1, 3));
    }

    @Test
    void otherSelectionUnderTheSameIdIsRefused() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        refused(Kind.INVALID_VALUE, "other addresses or peers",
            () -> agent.getReady(M1, selection("10.1.1.2"), LEASE, true));
        assertEquals(List.of(VM), fixture.memory.holds());
    }

    @Test
    void leaseMustBeWithinBounds() {
        refused(Kind.INVALID_VALUE, "no lease", () -> agent.getReady(M1, VM, Duration.ZERO, true));
        refused(Kind.INVALID_VALUE, "no lease", () -> agent.getReady(M1, VM, Duration.ofSeconds(-1), true));
        refused(Kind.RESOURCE_DENIED, "61 s is longer than the 60 s",
            () -> agent.getReady(M1, VM, Duration.ofSeconds(61), true));
        fixture.assertNothingLeft();
        assertEquals(List.of(), agent.statuses().entries());
    }

    @Test
    void secondMigrationOfTheSameVmWaitsForTheFirst() throws Exception {
        final var both = selection("10.1.1.1", "10.1.1.2");
        agent.getReady(M1, both, LEASE, true);
        refused(Kind.RESOURCE_DENIED, "Migration m-1 is taking over flows of VM 10.1.1.1,10.1.1.2",
            () -> agent.getReady(M2, VM, LEASE, true));
        assertEquals(1, fixture.memory.holds().size());
        agent.commit(M1, 0, 0);
        agent.getReady(M2, VM, LEASE, true);
        assertEquals(AgentStage.READY, fixture.stage(M2));
    }

    @Test
    void sameAddressInAnotherNetworkIsAnotherVm() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        agent.getReady(M2, FlowSelection.of(new VmIdentity(VM.vm().addresses(),
            Optional.of(new VirtualNetwork.Vnid(1)))), LEASE, true);
        assertEquals(2, fixture.memory.holds().size());
    }

    @Test
    void openMigrationsAreLimited() throws Exception {
        for (int vm = 1; vm <= 3; vm++) {
            agent.getReady(new MigrationId("a" + vm), selection("10.2.0." + vm), LEASE, true);
        }
        refused(Kind.RESOURCE_DENIED, "has 3 open migrations", () -> agent.getReady(M1, VM, LEASE, true));
        refused(Kind.RESOURCE_DENIED, "has 3 open migrations", () -> agent.upload(M2, VM, 10, Optional.empty()));
        agent.abort(new MigrationId("a1"), "make room");
        agent.getReady(M1, VM, LEASE, true);
    }

    @Test
    void hostThatIsNoDestinationTakesNothing() {
        try (var source = new AgentFixture(Set.of(Role.SOURCE))) {
            refused(Kind.ACCESS_DENIED, "not configured to be the destination",
                () -> source.agent.getReady(M1, VM, LEASE, true));
            refused(Kind.ACCESS_DENIED, "not configured to be the destination",
                () -> source.agent.assess(M1, VM, chunk(1, List.of())));
        }
    }

    /** The same directions, but the state of somebody else. */
    private static Flow marked(final Flow flow) {
        return flow.toBuilder().mark(flow.mark() ^ 1).build();
    }

    private static Flow timeout(final Flow flow, final long timeout) {
        return flow.toBuilder().timeout(timeout).build();
    }
}
