// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M1;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M2;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.VM;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.flows;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.keys;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.refused;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.selection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.agent.backend.memory.MemoryStateTable;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.agent.testkit.FaultyStateTable.Operation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Release;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;

class SourceTest {
    private final AgentFixture fixture = new AgentFixture();
    private final LocalAgent agent = fixture.agent;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void handsOverAllFlowsInChunksAndDeletesThemAtTheEnd() throws Exception {
        final var flows = flows(25);
        fixture.memory.seed(flows);
        final var uploaded = new ArrayList<Flow>();
        var answer = agent.upload(M1, VM, 10, Optional.empty());
        uploaded.addAll(answer.chunk().orElseThrow().flows());
        for (int sequence = 2; answer.nextCursor().isPresent(); sequence++) {
            answer = agent.upload(M1, VM, 10, answer.nextCursor());
            assertEquals(25, answer.totalFlows());
            assertEquals(sequence, answer.chunk().orElseThrow().sequence());
            assertTrue(answer.chunk().orElseThrow().isIntact(M1));
            uploaded.addAll(answer.chunk().orElseThrow().flows());
        }
        assertEquals(flows, uploaded);
        assertEquals(keys(flows), keys(fixture.memory.flows()));
        assertEquals(new MigrationStatus(M1, Role.SOURCE, AgentStage.EXPORTING, 25, Optional.empty(), Optional.empty()),
            fixture.entry(M1));

        assertEquals(new Release(25, 0), agent.release(M1, List.of()));
        assertEquals(List.of(), fixture.memory.flows());
        assertEquals(new MigrationStatus(M1, Role.SOURCE, AgentStage.RELEASED, 25, Optional.empty(), Optional.empty()),
            fixture.entry(M1));
    }

    @Test
    void everyMethodMayBeRepeated() throws Exception {
        fixture.memory.seed(flows(15));
        final var first = agent.upload(M1, VM, 10, Optional.empty());
        assertEquals(first, agent.upload(M1, VM, 10, Optional.empty()));
        final var second = agent.upload(M1, VM, 10, first.nextCursor());
        assertEquals(second, agent.upload(M1, VM, 10, first.nextCursor()));
        assertEquals(first, agent.upload(M1, VM, 10, Optional.empty()));
        assertEquals(agent.release(M1, List.of()), agent.release(M1, List.of()));
    }

    @Test
    void repeatedUploadAnswersTheSameThoughTheTableChanged() throws Exception {
        fixture.memory.seed(flows(5));
        final var first = agent.upload(M1, VM, 10, Optional.empty());
        fixture.clock.pass(Duration.ofSeconds(30));
        fixture.memory.delete(fixture.memory.export(VM).entries());
        assertEquals(first, agent.upload(M1, VM, 10, Optional.empty()));
    }

    @Test
    void largestChunkIsThatOfTheFirstCallAndOfTheHost() throws Exception {
        fixture.memory.seed(flows(25));
        final var first = agent.upload(M1, VM, 4, Optional.empty());
        assertEquals(4, first.chunk().orElseThrow().flows().size());
        assertEquals(4, agent.upload(M1, VM, 9, first.nextCursor()).chunk().orElseThrow().flows().size());
        assertEquals(10, agent.upload(M2, VM, 500, Optional.empty()).chunk().orElseThrow().flows().size());
    }

    @Test
    void vmWithoutFlowsHasNoChunkAndCanBeReleased() throws Exception {
        assertEquals(new Upload(0, Optional.empty(), Optional.empty(), List.of()),
            agent.upload(M1, VM, 10, Optional.empty()));
        assertEquals(new Release(0, 0), agent.release(M1, List.of()));
    }

    @Test
    void whatCannotBeHandedOverIsToldWithTheFirstChunkOnly() throws Exception {
        final var flows = flows(40);
        final var table = new MemoryStateTable(100, Set.of(Protocols.TCP), fixture.clock);
        table.seed(flows);
        final var udp = flows.stream().filter(flow -> flow.key().protocol() == Protocols.UDP).count();
        final var tcp = flows.stream().filter(flow -> flow.key().protocol() == Protocols.TCP).count();
        assertTrue(udp > 0 && tcp > 1);
        final var session = SourceSession.begin(new StateHostContext(new AgentSettings(agent.profile().hostId(),
            agent.profile().functions(), Set.of(), List.of(), Set.of(), AgentFixture.LIMITS),
                new StateTableAccess(table),
            agent.statuses(), fixture.clock), M1, VM, 1);
        final var first = session.upload(VM, Optional.empty());
        assertEquals(tcp, first.totalFlows());
        assertTrue(first.omitted().contains(
            new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, Protocols.UDP, (int) udp)), first.omitted().toString());
        assertEquals(List.of(), session.upload(VM, first.nextCursor()).omitted());
        assertEquals(first, session.upload(VM, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunk-1", "chunk-3", "chunk-0", "chunk-", "2", "CHUNK-2", "chunk-2 ", "chunk-99999999999"})
    void cursorThatWasNotGivenIsRefused(final String cursor) throws Exception {
        fixture.memory.seed(flows(25));
        agent.upload(M1, VM, 10, Optional.empty());
        refused(Kind.INVALID_VALUE, "Cursor '" + cursor + "'",
            () -> agent.upload(M1, VM, 10, Optional.of(cursor)));
    }

    @Test
    void cursorOfAnUnknownMigrationIsRefused() {
        refused(Kind.DATA_MISSING, "begin without cursor", () -> agent.upload(M1, VM, 10, Optional.of("chunk-2")));
        assertEquals(List.of(), agent.statuses().entries());
        assertEquals(List.of(), fixture.table.asked());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10_001})
    void chunkSizeMustBeWithinBounds(final int maxFlows) {
        refused(Kind.INVALID_VALUE, "not in the range 1..10000",
            () -> agent.upload(M1, VM, maxFlows, Optional.empty()));
    }

    @Test
    void vmWithTooManyFlowsIsRefused() {
        fixture.memory.seed(flows(41));
        refused(Kind.RESOURCE_DENIED, "41 flows, more than the 40", () -> agent.upload(M1, VM, 10, Optional.empty()));
        assertEquals(List.of(), agent.statuses().entries());
    }

    @Test
    void otherSelectionUnderTheSameIdIsRefused() throws Exception {
        agent.upload(M1, VM, 10, Optional.empty());
        refused(Kind.INVALID_VALUE, "other addresses or peers",
            () -> agent.upload(M1, selection("10.1.1.2"), 10, Optional.empty()));
    }

    @Test
    void releaseBeforeTheLastChunkIsRefused() throws Exception {
        fixture.memory.seed(flows(25));
        final var first = agent.upload(M1, VM, 10, Optional.empty());
        agent.upload(M1, VM, 10, first.nextCursor());
        refused(Kind.INVALID_VALUE, "only 2 of 3 chunks were uploaded", () -> agent.release(M1, List.of()));
        assertEquals(25, fixture.memory.flows().size());
        assertEquals(AgentStage.EXPORTING, fixture.stage(M1));
    }

    @Test
    void releaseOfAnUnknownMigrationIsRefused() {
        refused(Kind.DATA_MISSING, "not known", () -> agent.release(M1, List.of()));
    }

    @Test
    void releaseDeletesByIdentityAndLeavesWhatCameLater() throws Exception {
        final var flows = flows(3);
        fixture.exported(flows);
        fixture.memory.delete(fixture.memory.export(VM).entries().subList(0, 1));
        fixture.memory.seed(flows.subList(0, 1));
        assertEquals(new Release(2, 1), agent.release(M1, List.of()));
        assertEquals(keys(flows.subList(0, 1)), keys(fixture.memory.flows()));
    }

    @Test
    void flowsThatEndedByThemselvesAreGone() throws Exception {
        fixture.exported(flows(3));
        fixture.memory.delete(fixture.memory.export(VM).entries());
        assertEquals(new Release(0, 3), agent.release(M1, List.of()));
    }

    @Test
    void releasedMigrationCannotBeUndone() throws Exception {
        fixture.exported(flows(3));
        agent.release(M1, List.of());
        refused(Kind.OPERATION_FAILED, "cannot be brought back", () -> agent.abort(M1, "too late"));
        refused(Kind.INVALID_VALUE, "was released already", () -> agent.upload(M1, VM, 10, Optional.empty()));
        assertEquals(AgentStage.RELEASED, fixture.stage(M1));
    }

    @Test
    void releaseThatFailedIsRepeatedAndNotUndone() throws Exception {
        fixture.exported(flows(3));
        fixture.table.fail(Operation.DELETE);
        refused(Kind.OPERATION_FAILED, "could not delete the flows: No DELETE today",
            () -> agent.release(M1, List.of()));
        refused(Kind.OPERATION_FAILED, "repeat the release", () -> agent.abort(M1, "give up"));
        fixture.table.heal();
        assertEquals(new Release(3, 0), agent.release(M1, List.of()));
    }

    @Test
    void twoMigrationsMayReadTheSameVm() throws Exception {
        fixture.memory.seed(flows(3));
        assertEquals(agent.upload(M1, VM, 10, Optional.empty()).chunk().orElseThrow().flows(),
            agent.upload(M2, VM, 10, Optional.empty()).chunk().orElseThrow().flows());
    }

    @Test
    void oneIdIsEitherSourceOrDestination() throws Exception {
        agent.upload(M1, VM, 10, Optional.empty());
        refused(Kind.INVALID_VALUE, "hands over flows", () -> agent.getReady(M1, VM, AgentFixture.LEASE, true));
        agent.getReady(M2, VM, AgentFixture.LEASE, true);
        refused(Kind.INVALID_VALUE, "takes over flows", () -> agent.upload(M2, VM, 10, Optional.empty()));
        refused(Kind.INVALID_VALUE, "takes over flows", () -> agent.release(M2, List.of()));
        assertEquals(1, fixture.memory.holds().size());
    }

    @Test
    void hostThatIsNoSourceHandsNothingOver() {
        try (var destination = new AgentFixture(Set.of(Role.DESTINATION))) {
            refused(Kind.ACCESS_DENIED, "not configured to be the source",
                () -> destination.agent.upload(M1, VM, 10, Optional.empty()));
        }
    }

    @Test
    void listThatNobodyAsksForIsForgottenAfterAnHour() throws Exception {
        fixture.exported(flows(3));
        fixture.pass(Duration.ofMinutes(59));
        assertEquals(AgentStage.EXPORTING, fixture.stage(M1));
        fixture.pass(Duration.ofMinutes(2));
        assertEquals(AgentStage.ABORTED, fixture.stage(M1));
        refused(Kind.OPERATION_FAILED, "was aborted", () -> agent.release(M1, List.of()));
    }

    @Test
    void profileJoinsSettingsAndTable() {
        final var profile = agent.profile();
        assertEquals("fw-1", profile.hostId().value());
        assertEquals(AgentFixture.LIMITS, profile.limits());
        assertEquals(MemoryStateTable.DEFAULT_PROTOCOLS, profile.flowProtocols());
        assertEquals(List.of("1.0"), profile.protocolVersions());
        assertEquals(Set.of(Role.SOURCE, Role.DESTINATION), profile.roles());
    }
}
