// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.LEASE;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M1;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M2;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.VM;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.chunk;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.flows;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.refused;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.testkit.FaultyStateTable.Operation;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Commit;

/** A State Host that fails in one operation, by an error it knows or by a fault, and then recovers. */
class FailingTableTest {
    private final AgentFixture fixture = new AgentFixture();
    private final LocalAgent agent = fixture.agent;

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void holdThatFailsLeavesNothing(final boolean fault) throws Exception {
        fail(Operation.HOLD, fault);
        refused(Kind.OPERATION_FAILED, "could not hold packets", () -> agent.getReady(M1, VM, LEASE, true));
        fixture.assertNothingLeft();
        assertEquals(List.of(), agent.statuses().entries());
        fixture.table.heal();
        agent.getReady(M2, VM, LEASE, true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void createThatFailsMayBeRepeated(final boolean fault) throws Exception {
        final var flows = flows(4);
        agent.getReady(M1, VM, LEASE, true);
        fail(Operation.CREATE, fault);
        refused(Kind.OPERATION_FAILED, "could not create the flows", () -> agent.download(M1, chunk(1, flows)));
        assertEquals(AgentStage.READY, fixture.stage(M1));
        fixture.table.heal();
        assertEquals(4, agent.download(M1, chunk(1, flows)).accepted());
        assertEquals(new Commit(4, 0), agent.commit(M1, 1, 4));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void createThatFailsMayBeAborted(final boolean fault) throws Exception {
        final var flows = flows(4);
        fixture.importing(flows.subList(0, 2));
        fail(Operation.CREATE, fault);
        refused(Kind.OPERATION_FAILED, "could not create the flows",
            () -> agent.download(M1, chunk(2, flows.subList(2, 4))));
        assertEquals(2, agent.abort(M1, "test"));
        fixture.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void verifyThatFailsKeepsTheHold(final boolean fault) throws Exception {
        fixture.importing(flows(4));
        fail(Operation.VERIFY, fault);
        refused(Kind.OPERATION_FAILED, "could not read the created flows back", () -> agent.commit(M1, 1, 4));
        assertEquals(List.of(VM), fixture.memory.holds());
        fixture.table.heal();
        assertEquals(new Commit(4, 0), agent.commit(M1, 1, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RELEASE"})
    void holdThatCannotBeReleasedLeavesTheMigrationOpen(final Operation operation) throws Exception {
        fixture.importing(flows(4));
        fail(operation, true);
        refused(Kind.OPERATION_FAILED, "could not release the hold", () -> agent.commit(M1, 1, 4));
        assertEquals(AgentStage.IMPORTING, fixture.stage(M1));
        fixture.table.heal();
        fixture.pass(LEASE);
        fixture.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVICE"})
    void flowsAreCommittedThoughTheirServiceFails(final Operation operation) throws Exception {
        fixture.importing(flows(4));
        fail(operation, true);
        assertEquals(new Commit(4, 0), agent.commit(M1, 1, 4));
        assertEquals(AgentStage.COMMITTED, fixture.stage(M1));
        assertEquals(List.of(), fixture.memory.holds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "DROP"})
    void undoThatFailsIsTriedAgain(final Operation operation) throws Exception {
        fixture.importing(flows(4));
        fail(operation, true);
        refused(Kind.OPERATION_FAILED, "This State Host could not", () -> agent.abort(M1, "test"));
        refused(Kind.OPERATION_FAILED, "This State Host could not", () -> agent.commit(M1, 1, 4));
        refused(Kind.OPERATION_FAILED, "This State Host could not", () -> agent.abort(M1, "test"));
        fixture.table.heal();
        fixture.scheduler.run();
        assertEquals(AgentStage.ABORTED, fixture.stage(M1));
        fixture.assertNothingLeft();
        assertEquals(4, agent.abort(M1, "test"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void undoOfACommittedMigrationThatFailsIsTriedAgain(final boolean fault) throws Exception {
        fixture.importing(flows(4));
        agent.commit(M1, 1, 4);
        fail(Operation.DELETE, fault);
        refused(Kind.OPERATION_FAILED, "could not delete the flows", () -> agent.abort(M1, "test"));
        assertEquals(AgentStage.COMMITTED, fixture.stage(M1));
        fixture.table.heal();
        fixture.scheduler.run();
        assertEquals(AgentStage.ABORTED, fixture.stage(M1));
        fixture.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exportThatFailsLeavesNothing(final boolean fault) throws Exception {
        fixture.memory.seed(flows(3));
        fail(Operation.EXPORT, fault);
        refused(Kind.OPERATION_FAILED, "could not read its table", () -> agent.upload(M1, VM, 10, Optional.empty()));
        assertEquals(List.of(), agent.statuses().entries());
        fixture.table.heal();
        assertEquals(3, agent.upload(M1, VM, 10, Optional.empty()).totalFlows());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void assessThatFailsSaysSo(final boolean fault) {
        fail(Operation.ASSESS, fault);
        refused(Kind.OPERATION_FAILED, "could not assess the flows",
            () -> agent.assess(M1, VM, chunk(1, flows(1))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closeEndsHoldsThoughDeletingFails(final boolean fault) throws Exception {
        fixture.importing(flows(4));
        agent.getReady(M2, AgentFixture.selection("10.1.1.2"), LEASE, true);
        fail(Operation.DELETE, fault);
        agent.close();
        assertEquals(List.of(), fixture.memory.holds());
    }

    private void fail(final Operation operation, final boolean fault) {
        if (fault) {
            fixture.table.failWithFault(operation);
        } else {
            fixture.table.fail(operation);
        }
    }
}
