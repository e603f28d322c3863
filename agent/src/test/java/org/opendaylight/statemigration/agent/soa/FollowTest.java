// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M1;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M2;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.VM;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.flows;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.keys;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.lasting;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.refused;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.selection;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.agent.testkit.FaultyStateTable.Operation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.RandomFlows;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Changes;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Release;

/** The source of a move with pre-copy. */
class FollowTest {
    private static final Changes NOTHING = new Changes(0, Optional.empty(), false, List.of());

    private final AgentFixture fixture = new AgentFixture();
    private final LocalAgent agent = fixture.agent;
    // Chunks hold ten
    private final List<Flow> flows = flows(40).stream().map(flow -> lasting(flow, 600)).toList();

    private long next = 1;

    @BeforeEach
    void seed() {
        fixture.memory.seed(flows.subList(0, 5));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void newChangedAndEndedFlowsAreHandedOver() throws Exception {
        follow();
        fixture.memory.seed(flows.subList(5, 7));
        fixture.memory.change(List.of(marked(flows.get(0))));
        delete(flows.get(1));
        final var changes = changes();
        final var chunk = changes.chunk().orElseThrow();
        assertTrue(chunk.isIntact(M1));
        assertEquals(2, chunk.sequence());
        assertEquals(List.of(flows.get(1).key()), chunk.ended());
        assertEquals(Set.of(flows.get(0).key(), flows.get(5).key(), flows.get(6).key()),
            Set.copyOf(keys(chunk.flows())));
        assertEquals(6, changes.totalFlows());
        assertFalse(changes.more());
        assertEquals(new MigrationStatus(M1, Role.SOURCE, AgentStage.FOLLOWING, 6, Optional.empty(), Optional.empty()),
            fixture.entry(M1));
        assertEquals(total(NOTHING, 6), agent.uploadChanges(M1, 3));
        assertEquals(total(NOTHING, 6), agent.uploadChanges(M1, 3));
    }

    @Test
    void whatChangesBetweenFollowAndUploadIsInTheList() throws Exception {
        agent.follow(M1, VM);
        fixture.memory.seed(flows.subList(5, 6));
        assertEquals(6, agent.upload(M1, VM, 10, Optional.empty()).totalFlows());
        assertEquals(total(NOTHING, 6), agent.uploadChanges(M1, 2));
    }

    @Test
    void repetitionAnswersWithTheSameChunkThoughMoreHasChanged() throws Exception {
        follow();
        fixture.memory.seed(flows.subList(5, 6));
        final var first = agent.uploadChanges(M1, 2);
        fixture.memory.seed(flows.subList(6, 7));
        assertEquals(first, agent.uploadChanges(M1, 2));
        assertEquals(List.of(flows.get(6).key()), keys(agent.uploadChanges(M1, 3).chunk().orElseThrow().flows()));
        refused(Kind.INVALID_VALUE, "ask for 4", () -> agent.uploadChanges(M1, 2));
        refused(Kind.INVALID_VALUE, "ask for 4", () -> agent.uploadChanges(M1, 5));
    }

    @Test
    void emptyAnswerLeavesTheSequenceNumberFree() throws Exception {
        follow();
        assertEquals(total(NOTHING, 5), agent.uploadChanges(M1, 2));
        fixture.memory.seed(flows.subList(5, 6));
        assertEquals(2, agent.uploadChanges(M1, 2).chunk().orElseThrow().sequence());
    }

    @Test
    void vmWithoutFlowsBeginsWithChunkOne() throws Exception {
        delete(flows.subList(0, 5).toArray(new Flow[0]));
        agent.follow(M1, VM);
        assertEquals(Optional.empty(), agent.upload(M1, VM, 10, Optional.empty()).chunk());
        assertEquals(NOTHING, agent.uploadChanges(M1, 1));
        fixture.memory.seed(flows.subList(0, 1));
        assertEquals(1, agent.uploadChanges(M1, 1).chunk().orElseThrow().sequence());
    }

    @Test
    void changesBeyondAChunkWaitAndEndedFlowsGoFirst() throws Exception {
        fixture.memory.seed(flows.subList(5, 12));
        agent.follow(M1, VM);
        agent.upload(M1, VM, 4, Optional.empty());
        agent.upload(M1, VM, 4, Optional.of("chunk-2"));
        refused(Kind.INVALID_VALUE, "only 2 of 3 chunks", () -> agent.uploadChanges(M1, 4));
        agent.upload(M1, VM, 4, Optional.of("chunk-3"));
        fixture.memory.seed(flows.subList(12, 15));
        delete(flows.subList(0, 3).toArray(new Flow[0]));
        final var first = agent.uploadChanges(M1, 4);
        assertEquals(List.of(3, 1), sizes(first));
        assertTrue(first.more());
        assertEquals(10, first.totalFlows());
        final var second = agent.uploadChanges(M1, 5);
        assertEquals(List.of(0, 2), sizes(second));
        assertFalse(second.more());
        assertEquals(12, second.totalFlows());
    }

    @Test
    void flowThatIsOpenedAgainHasEndedFirst() throws Exception {
        follow();
        delete(flows.get(0));
        fixture.memory.seed(flows.subList(0, 1));
        final var changes = changes();
        assertEquals(List.of(flows.get(0).key()), changes.chunk().orElseThrow().ended());
        assertEquals(List.of(flows.get(0).key()), keys(changes.chunk().orElseThrow().flows()));
        assertEquals(5, changes.totalFlows());
        assertEquals(new Release(5, 0), agent.release(M1, List.of()));
        assertEquals(List.of(), fixture.memory.flows());
    }

    @Test
    void flowThatIsOpenedAgainEndsInOneChunkAndBeginsInTheNextIfThatIsFull() throws Exception {
        agent.follow(M1, VM);
        for (int chunk = 1; chunk <= 5; chunk++) {
            agent.upload(M1, VM, 1, chunk == 1 ? Optional.empty() : Optional.of("chunk-" + chunk));
        }
        delete(flows.get(0));
        fixture.memory.seed(flows.subList(0, 1));
        assertEquals(List.of(1, 0), sizes(agent.uploadChanges(M1, 6)));
        assertEquals(List.of(0, 1), sizes(agent.uploadChanges(M1, 7)));
    }

    @Test
    void flowThatBeginsAndEndsBetweenRoundsIsNotReported() throws Exception {
        follow();
        fixture.memory.seed(flows.subList(5, 6));
        delete(flows.get(5));
        assertEquals(total(NOTHING, 5), agent.uploadChanges(M1, 2));
    }

    @Test
    void changeThatIsTakenBackIsNotReported() throws Exception {
        follow();
        fixture.memory.change(List.of(marked(flows.get(0))));
        fixture.memory.change(List.of(flows.get(0)));
        assertEquals(total(NOTHING, 5), agent.uploadChanges(M1, 2));
    }

    @Test
    void renewedTimeoutIsHandedOverAgainAtHalfTimeAndARunningOneIsNot() throws Exception {
        follow();
        fixture.pass(Duration.ofSeconds(301));
        assertEquals(total(NOTHING, 5), agent.uploadChanges(M1, 2));
        // Renewed, but looked at a moment ago: it has time
        fixture.memory.change(List.of(flows.get(0)));
        assertEquals(total(NOTHING, 5), agent.uploadChanges(M1, 2));
        fixture.pass(Duration.ofSeconds(151));
        final var renewed = agent.uploadChanges(M1, 2).chunk().orElseThrow();
        assertEquals(List.of(flows.get(0).key()), keys(renewed.flows()));
        assertEquals(600 - 151, renewed.flows().getFirst().timeout());
        assertEquals(total(NOTHING, 5), agent.uploadChanges(M1, 3));
    }

    @Test
    void flowsOfOthersAreNotReported() throws Exception {
        follow();
        fixture.memory.seed(new RandomFlows(9).of(Optional.empty(), InetAddresses.forString("10.9.9.9"),
            AgentFixture.POOL_ADDRESS, 3));
        assertEquals(total(NOTHING, 5), agent.uploadChanges(M1, 2));
    }

    @Test
    void limitOfAMigrationHoldsForChangesToo() throws Exception {
        follow();
        fixture.memory.seed(flows.subList(5, 40));
        fixture.memory.seed(List.of(lasting(flows(41).get(40), 600)));
        refused(Kind.RESOURCE_DENIED, "41 flows, more than the 40", () -> agent.uploadChanges(M1, 2));
        delete(flows.get(0));
        int total = 0;
        for (next = 2; total < 40 && next < 10; next++) {
            total = agent.uploadChanges(M1, next).totalFlows();
        }
        assertEquals(40, total);
    }

    @Test
    void vmWithTooManyFlowsMayBeUploadedWhenItHasLess() throws Exception {
        fixture.memory.seed(flows.subList(5, 40));
        fixture.memory.seed(List.of(lasting(flows(41).get(40), 600)));
        agent.follow(M1, VM);
        refused(Kind.RESOURCE_DENIED, "41 flows", () -> agent.upload(M1, VM, 10, Optional.empty()));
        delete(flows.get(0));
        assertEquals(40, agent.upload(M1, VM, 10, Optional.empty()).totalFlows());
    }

    @Test
    void changesThatCannotBeToldNowAreToldLater() throws Exception {
        follow();
        fixture.memory.seed(flows.subList(5, 6));
        fixture.table.fail(Operation.CHANGES);
        refused(Kind.OPERATION_FAILED, "could not tell what has changed", () -> agent.uploadChanges(M1, 2));
        fixture.table.heal();
        assertEquals(List.of(flows.get(5).key()), keys(agent.uploadChanges(M1, 2).chunk().orElseThrow().flows()));
    }

    @Test
    void followThatFailsLeavesNothing() throws Exception {
        fixture.table.fail(Operation.FOLLOW);
        refused(Kind.OPERATION_FAILED, "could not note what changes", () -> agent.follow(M1, VM));
        assertEquals(List.of(), agent.statuses().entries());
        fixture.table.heal();
        follow();
    }

    @Test
    void followMayBeRepeatedAndGoesBeforeUpload() throws Exception {
        agent.follow(M1, VM);
        agent.follow(M1, VM);
        refused(Kind.INVALID_VALUE, "other addresses or peers", () -> agent.follow(M1, selection("10.1.1.2")));
        refused(Kind.INVALID_VALUE, "No flows of migration m-1 were uploaded", () -> agent.uploadChanges(M1, 1));
        refused(Kind.INVALID_VALUE, "No flows of migration m-1 were uploaded", () -> agent.release(M1, List.of()));
        agent.upload(M2, VM, 10, Optional.empty());
        refused(Kind.INVALID_VALUE, "follow goes before", () -> agent.follow(M2, VM));
        refused(Kind.INVALID_VALUE, "is not followed", () -> agent.uploadChanges(M2, 2));
        refused(Kind.DATA_MISSING, "not known", () -> agent.uploadChanges(AgentFixture.M3, 1));
        assertEquals(1, fixture.memory.feeds());
    }

    @Test
    void firstChunksAreGoneOnceChangesWereRead() throws Exception {
        follow();
        assertEquals(5, agent.upload(M1, VM, 10, Optional.empty()).totalFlows());
        fixture.memory.seed(flows.subList(5, 6));
        agent.uploadChanges(M1, 2);
        refused(Kind.INVALID_VALUE, "no longer here", () -> agent.upload(M1, VM, 10, Optional.empty()));
    }

    @Test
    void releaseDeletesWhatWasHandedOverAndNothingElse() throws Exception {
        follow();
        fixture.memory.seed(flows.subList(5, 6));
        fixture.memory.change(List.of(marked(flows.get(0))));
        changes();
        // After the last round: one ends, one is opened again with the same key, one is new
        delete(flows.get(1), flows.get(2));
        fixture.memory.seed(List.of(flows.get(2), flows.get(7)));
        assertEquals(new Release(3, 2), agent.release(M1, List.of(flows.get(3).key())));
        assertEquals(Set.of(flows.get(2).key(), flows.get(7).key(), flows.get(3).key()),
            Set.copyOf(keys(fixture.memory.flows())));
        assertEquals(0, fixture.memory.feeds());
        assertEquals(new Release(3, 2), agent.release(M1, List.of()));
        assertEquals(AgentStage.RELEASED, fixture.stage(M1));
    }

    @Test
    void abortAndCloseEndTheFollowing() throws Exception {
        follow();
        agent.abort(M1, "test");
        assertEquals(0, fixture.memory.feeds());
        assertEquals(5, fixture.memory.flows().size());
        agent.follow(M2, VM);
        assertEquals(1, fixture.memory.feeds());
        agent.close();
        assertEquals(0, fixture.memory.feeds());
    }

    @Test
    void followingThatNobodyAsksForEndsAfterTenMinutes() throws Exception {
        follow();
        fixture.pass(Duration.ofSeconds(590));
        agent.uploadChanges(M1, 2);
        fixture.pass(Duration.ofSeconds(590));
        assertEquals(AgentStage.FOLLOWING, fixture.stage(M1));
        fixture.pass(Duration.ofSeconds(20));
        assertEquals(AgentStage.ABORTED, fixture.stage(M1));
        assertEquals(0, fixture.memory.feeds());
    }

    @Test
    void profileSaysThatChangesAreTold() {
        assertTrue(agent.profile().follows());
        try (var destination = new AgentFixture(Set.of(Role.DESTINATION))) {
            assertFalse(destination.agent.profile().follows());
            refused(Kind.ACCESS_DENIED, "not configured to be the source", () -> destination.agent.follow(M1, VM));
        }
    }

    private void follow() throws Exception {
        agent.follow(M1, VM);
        assertEquals(5, agent.upload(M1, VM, 10, Optional.empty()).totalFlows());
        next = 2;
    }

    private Changes changes() throws Exception {
        return agent.uploadChanges(M1, next++);
    }

    private void delete(final Flow... gone) throws Exception {
        final var keys = Set.of(gone).stream().map(Flow::key).toList();
        fixture.memory.delete(fixture.memory.export(VM).entries().stream()
            .filter(entry -> keys.contains(key(entry))).toList());
    }

    private static FlowKey key(final Entry entry) {
        return entry.flow().key();
    }

    private static List<Integer> sizes(final Changes changes) {
        final Chunk chunk = changes.chunk().orElseThrow();
        return List.of(chunk.ended().size(), chunk.flows().size());
    }

    private static Changes total(final Changes changes, final int total) {
        return new Changes(total, changes.chunk(), changes.more(), changes.omitted());
    }

    static Flow marked(final Flow flow) {
        return flow.toBuilder().mark(flow.mark() ^ 1).build();
    }

    /** All with ten minutes left. */
}
