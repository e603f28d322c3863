// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.backend.memory.MemoryStateTable;
import org.opendaylight.statemigration.agent.testkit.ManualClock;
import org.opendaylight.statemigration.agent.testkit.ManualScheduler;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.HoldKind;

/** An agent over a back end that declares no features. */
class MissingFeaturesTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final ManualClock clock = new ManualClock();
    private final LocalAgent agent = new LocalAgent(new AgentSettings(new StateHostId("fw-1"),
        Set.of(FunctionType.FIREWALL), EnumSet.allOf(Role.class), List.of(), Set.of(), AgentFixture.LIMITS),
        new MemoryStateTable(100, MemoryStateTable.DEFAULT_PROTOCOLS, Set.of(), clock), clock, scheduler);

    @AfterEach
    void close() {
        agent.close();
        scheduler.shutdownNow();
    }

    @Test
    void profileSaysThatChangesAreNotReported() {
        assertFalse(agent.profile().follows());
    }

    @Test
    void followIsRefusedBeforeAnythingIsBegun() {
        AgentFixture.refused(Kind.OPERATION_FAILED, "cannot report changes of flows",
            () -> agent.follow(AgentFixture.M1, AgentFixture.VM));
        assertEquals(List.of(), agent.statuses().entries());
    }

    @Test
    void destinationIsReadyWithoutAHold() throws Exception {
        assertEquals(HoldKind.NONE,
            agent.getReady(AgentFixture.M1, AgentFixture.VM, AgentFixture.LEASE, true).hold());
    }
}
