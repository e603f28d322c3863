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

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.testkit.FaultyStateTable.Operation;
import org.opendaylight.statemigration.flow.RandomFlows;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.MigrationId;

class AbortTest {
    private final AgentFixture fixture = new AgentFixture();
    private final LocalAgent agent = fixture.agent;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void readyDestinationDropsItsHold() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        assertEquals(0, agent.abort(M1, "test"));
        assertEquals(AgentStage.ABORTED, fixture.stage(M1));
        fixture.assertNothingLeft();
    }

    @Test
    void importingDestinationDeletesWhatItCreatedAndNothingElse() throws Exception {
        final var own = new RandomFlows(9).of(Optional.empty(), InetAddresses.forString("10.9.9.9"),
            AgentFixture.POOL_ADDRESS, 3);
        fixture.memory.seed(own);
        fixture.importing(flows(7));
        assertEquals(7, agent.abort(M1, "test"));
        assertEquals(keys(own), keys(fixture.memory.flows()));
        assertEquals(List.of(), fixture.memory.holds());
        assertEquals(0, fixture.entry(M1).flows());
        assertEquals(Optional.empty(), fixture.entry(M1).leaseExpires());
        assertEquals(List.of(Operation.HOLD, Operation.CREATE, Operation.DELETE, Operation.DROP),
            fixture.table.asked());
    }

    @Test
    void committedDestinationDeletesToo() throws Exception {
        fixture.importing(flows(7));
        agent.commit(M1, 1, 7);
        assertEquals(7, agent.abort(M1, "the source did not release"));
        assertEquals(AgentStage.ABORTED, fixture.stage(M1));
        fixture.assertNothingLeft();
    }

    @Test
    void newestCommitsCanBeUndoneAsFarAsMemoryGoes() throws Exception {
        final int size = 10;
        final int remembered = AgentFixture.LIMITS.flowsPerMigration() / size;
        final var flows = flows(size * (remembered + 1));
        for (int number = 0; number <= remembered; number++) {
            final var id = new MigrationId("c" + number);
            agent.getReady(id, VM, LEASE, true);
            agent.download(id, Chunk.of(id, 1, flows.subList(number * size, (number + 1) * size)));
            assertEquals(size, agent.commit(id, 1, size).verified());
            fixture.clock.pass(Duration.ofMillis(1));
        }
        fixture.scheduler.run();
        refused(Kind.OPERATION_FAILED, "they stay here", () -> agent.abort(new MigrationId("c0"), "too late"));
        assertEquals(size, agent.commit(new MigrationId("c0"), 1, size).verified(), "a repetition");
        assertEquals(size, fixture.entry(new MigrationId("c0")).flows());
        for (int number = 1; number <= remembered; number++) {
            assertEquals(size, agent.abort(new MigrationId("c" + number), "test"));
        }
        assertEquals(keys(flows.subList(0, size)), keys(fixture.memory.flows()));
    }

    @Test
    void flowThatTookThePlaceOfACreatedOneStays() throws Exception {
        final var flows = flows(2);
        fixture.importing(flows);
        fixture.memory.delete(fixture.memory.export(VM).entries().subList(0, 1));
        fixture.memory.seed(flows.subList(0, 1));
        assertEquals(1, agent.abort(M1, "test"));
        assertEquals(keys(flows.subList(0, 1)), keys(fixture.memory.flows()));
    }

    @Test
    void exportingSourceChangesNothing() throws Exception {
        fixture.exported(flows(12));
        assertEquals(0, agent.abort(M1, "test"));
        assertEquals(AgentStage.ABORTED, fixture.stage(M1));
        assertEquals(12, fixture.memory.flows().size());
        refused(Kind.OPERATION_FAILED, "was aborted", () -> agent.release(M1, List.of()));
        assertEquals(12, fixture.memory.flows().size());
    }

    @Test
    void unknownMigrationCountsAsUndoneAndIsNotAcceptedLater() throws Exception {
        assertEquals(0, agent.abort(M1, "came before the get-ready"));
        assertEquals(0, agent.abort(M1, "again"));
        assertRefusesAll();
        assertEquals(List.of(), agent.statuses().entries());
    }

    @Test
    void lateCallsAfterAbortAreRefused() throws Exception {
        fixture.importing(flows(2));
        agent.abort(M1, "line\nbreak");
        assertRefusesAll();
    }

    @Test
    void abortedVmMayComeAgainUnderAnotherId() throws Exception {
        fixture.importing(flows(2));
        agent.abort(M1, "test");
        agent.getReady(M2, VM, LEASE, true);
        assertEquals(List.of(VM), fixture.memory.holds());
    }

    @Test
    void endedMigrationIsForgottenAfterAnHour() throws Exception {
        agent.abort(M2, "unknown");
        agent.getReady(M1, VM, LEASE, true);
        agent.commit(M1, 0, 0);
        fixture.pass(Duration.ofMinutes(59));
        assertEquals(AgentStage.COMMITTED, fixture.stage(M1));
        fixture.pass(Duration.ofMinutes(1));
        assertEquals(List.of(), agent.statuses().entries());
        refused(Kind.DATA_MISSING, "not known", () -> agent.commit(M1, 0, 0));
        agent.getReady(M2, VM, LEASE, true);
    }

    @Test
    void tombstonesAreBoundedAndTheOldestGoFirst() throws Exception {
        final int surplus = 50;
        for (int number = 0; number < LocalMigrations.MAX_ENDED + surplus; number++) {
            agent.abort(new MigrationId("t" + number), "flood");
            fixture.clock.pass(Duration.ofMillis(1));
        }
        fixture.scheduler.run();
        refused(Kind.OPERATION_FAILED, "was aborted",
            () -> agent.getReady(new MigrationId("t" + surplus), VM, LEASE, true));
        agent.getReady(new MigrationId("t0"), VM, LEASE, true);
    }

    @Test
    void openMigrationIsNotForgottenInAFlood() throws Exception {
        fixture.importing(flows(2));
        for (int number = 0; number < LocalMigrations.MAX_ENDED + 10; number++) {
            agent.abort(new MigrationId("t" + number), "flood");
        }
        fixture.scheduler.run();
        assertEquals(2, agent.commit(M1, 1, 2).verified());
    }

    @Test
    void closeUndoesWhatIsNotCommitted() throws Exception {
        fixture.importing(flows(2));
        agent.getReady(M2, AgentFixture.selection("10.1.1.2"), LEASE, true);
        agent.close();
        fixture.assertNothingLeft();
        refused(Kind.OPERATION_FAILED, "about to stop",
            () -> agent.getReady(new MigrationId("m-3"), VM, LEASE, true));
        refused(Kind.OPERATION_FAILED, "about to stop", () -> agent.download(M1, chunk(2, flows(1))));
        agent.close();
    }

    @Test
    void closeKeepsWhatIsCommitted() throws Exception {
        fixture.importing(flows(2));
        agent.commit(M1, 1, 2);
        agent.close();
        assertEquals(2, fixture.memory.flows().size());
        assertTrue(fixture.memory.holds().isEmpty());
    }

    private void assertRefusesAll() {
        refused(Kind.OPERATION_FAILED, "was aborted", () -> agent.getReady(M1, VM, LEASE, true));
        refused(Kind.OPERATION_FAILED, "was aborted", () -> agent.download(M1, chunk(1, flows(1))));
        refused(Kind.OPERATION_FAILED, "was aborted", () -> agent.commit(M1, 0, 0));
        refused(Kind.OPERATION_FAILED, "was aborted", () -> agent.upload(M1, VM, 10, Optional.empty()));
        refused(Kind.OPERATION_FAILED, "was aborted", () -> agent.release(M1, List.of()));
        fixture.assertNothingLeft();
    }
}
