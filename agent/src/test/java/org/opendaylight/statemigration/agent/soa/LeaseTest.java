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

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.testkit.FaultyStateTable.Operation;
import org.opendaylight.statemigration.ifma.AgentException.Kind;

class LeaseTest {
    private static final Duration ALMOST = LEASE.minusMillis(1);

    private final AgentFixture fixture = new AgentFixture();
    private final LocalAgent agent = fixture.agent;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everythingIsUndoneWhenTheLeaseRunsOut() throws Exception {
        fixture.importing(flows(5));
        fixture.pass(ALMOST);
        assertEquals(AgentStage.IMPORTING, fixture.stage(M1));
        fixture.pass(Duration.ofMillis(1));
        assertEquals(AgentStage.EXPIRED, fixture.stage(M1));
        fixture.assertNothingLeft();
        refused(Kind.DATA_MISSING, "lease", () -> agent.commit(M1, 1, 5));
        refused(Kind.DATA_MISSING, "lease", () -> agent.download(M1, chunk(2, flows(1))));
        refused(Kind.DATA_MISSING, "lease", () -> agent.getReady(M1, VM, LEASE, true));
        fixture.assertNothingLeft();
    }

    @Test
    void readyDestinationExpiresToo() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        fixture.pass(LEASE);
        assertEquals(AgentStage.EXPIRED, fixture.stage(M1));
        fixture.assertNothingLeft();
        agent.getReady(M2, VM, LEASE, true);
    }

    @Test
    void callThatComesBeforeTheSchedulerFindsTheLeaseOver() throws Exception {
        fixture.importing(flows(5));
        fixture.clock.pass(LEASE);
        refused(Kind.DATA_MISSING, "lease", () -> agent.commit(M1, 1, 5));
        assertEquals(AgentStage.EXPIRED, fixture.stage(M1));
        fixture.assertNothingLeft();
    }

    @Test
    void leaseIsRenewedByDownloadAndGetReady() throws Exception {
        final var flows = flows(2);
        agent.getReady(M1, VM, LEASE, true);
        fixture.pass(ALMOST);
        agent.download(M1, chunk(1, flows.subList(0, 1)));
        fixture.pass(ALMOST);
        agent.download(M1, chunk(1, flows.subList(0, 1)));
        fixture.pass(ALMOST);
        agent.getReady(M1, VM, Duration.ofSeconds(60), true);
        fixture.pass(Duration.ofSeconds(59));
        assertEquals(Optional.of(fixture.clock.instant().plusSeconds(1)), fixture.entry(M1).leaseExpires());
        assertEquals(1, agent.commit(M1, 1, 1).verified());
    }

    @Test
    void refusedDownloadDoesNotRenewTheLease() throws Exception {
        fixture.importing(flows(1));
        fixture.pass(ALMOST);
        refused(Kind.INVALID_VALUE, "", () -> agent.download(M1, chunk(3, flows(1))));
        fixture.pass(Duration.ofMillis(1));
        assertEquals(AgentStage.EXPIRED, fixture.stage(M1));
    }

    @Test
    void committedMigrationHasNoLease() throws Exception {
        fixture.importing(flows(5));
        agent.commit(M1, 1, 5);
        fixture.pass(LEASE.multipliedBy(2));
        assertEquals(AgentStage.COMMITTED, fixture.stage(M1));
        assertEquals(5, fixture.memory.flows().size());
    }

    @Test
    void abortAfterExpiryTellsWhatWasRemoved() throws Exception {
        fixture.importing(flows(5));
        fixture.pass(LEASE);
        assertEquals(5, agent.abort(M1, "tidy up"));
        assertEquals(AgentStage.EXPIRED, fixture.stage(M1));
    }

    @Test
    void holdEndsWithTheLeaseThoughTheFlowsCannotBeDeletedYet() throws Exception {
        fixture.importing(flows(5));
        fixture.table.fail(Operation.DELETE);
        fixture.pass(LEASE);
        assertEquals(List.of(), fixture.memory.holds());
        assertEquals(5, fixture.memory.flows().size());
        assertEquals(AgentStage.IMPORTING, fixture.stage(M1));
        refused(Kind.OPERATION_FAILED, "No DELETE today", () -> agent.commit(M1, 1, 5));
        refused(Kind.OPERATION_FAILED, "No DELETE today", () -> agent.getReady(M1, VM, LEASE, true));
        refused(Kind.RESOURCE_DENIED, "m-1", () -> agent.getReady(M2, VM, LEASE, true));
        fixture.table.heal();
        fixture.scheduler.run();
        assertEquals(AgentStage.EXPIRED, fixture.stage(M1));
        fixture.assertNothingLeft();
        agent.getReady(M2, VM, LEASE, true);
    }

    @Test
    void faultInOneMigrationDoesNotStopTheOthersFromExpiring() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        fixture.table.failWithFault(Operation.DROP);
        fixture.pass(LEASE);
        fixture.table.heal();
        agent.getReady(M2, AgentFixture.selection("10.1.1.2"), LEASE, true);
        fixture.pass(LEASE);
        assertEquals(AgentStage.EXPIRED, fixture.stage(M1));
        assertEquals(AgentStage.EXPIRED, fixture.stage(M2));
        fixture.assertNothingLeft();
    }
}
