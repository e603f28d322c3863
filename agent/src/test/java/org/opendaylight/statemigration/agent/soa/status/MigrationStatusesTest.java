// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.LEASE;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M1;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M2;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.VM;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.flows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.soa.AgentFixture;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.MigrationId;

class MigrationStatusesTest {
    private final List<String> events = new ArrayList<>();

    @Test
    void listenerSeesEveryStageOfAMigrationAndItsEnd() throws Exception {
        try (var fixture = new AgentFixture()) {
            fixture.agent.statuses().listen(new Recorder());
            fixture.importing(flows(3));
            fixture.agent.commit(M1, 1, 3);
            fixture.agent.commit(M1, 1, 3);
            fixture.agent.abort(M1, "test");
            fixture.pass(Duration.ofHours(1));
            assertEquals(List.of("m-1 READY 0", "m-1 IMPORTING 3", "m-1 COMMITTED 3", "m-1 ABORTED 0",
                "m-1 forgotten"), events);
        }
    }

    @Test
    void listenerIsToldFirstWhatIsThereAlready() throws Exception {
        try (var fixture = new AgentFixture()) {
            fixture.agent.upload(M2, VM, 10, Optional.empty());
            fixture.agent.getReady(M1, VM, LEASE, true);
            fixture.agent.statuses().listen(new Recorder());
            assertEquals(List.of("m-1 READY 0", "m-2 EXPORTING 0"), events);
        }
    }

    @Test
    void changeOfNothingIsNotReported() {
        final var statuses = new MemoryMigrationStatuses();
        statuses.listen(new Recorder());
        final var entry = new MigrationStatus(M1, Role.SOURCE, AgentStage.EXPORTING, 1, Optional.empty(),
            Optional.empty());
        statuses.record(entry);
        statuses.record(entry);
        statuses.forget(M2);
        assertEquals(List.of("m-1 EXPORTING 1"), events);
        assertEquals(List.of(entry), statuses.entries());
    }

    @Test
    void listenerThatFailsHarmsNobody() throws Exception {
        try (var fixture = new AgentFixture()) {
            fixture.agent.statuses().listen(new MigrationStatusListener() {
                @Override
                public void recorded(final MigrationStatus entry) {
                    throw new IllegalStateException("not today");
                }

                @Override
                public void forgotten(final MigrationId migration) {
                    throw new IllegalStateException("not today");
                }
            });
            fixture.agent.statuses().listen(new Recorder());
            fixture.importing(flows(3));
            assertEquals(2, events.size());
            assertEquals(3, fixture.agent.commit(M1, 1, 3).verified());
        }
    }

    private final class Recorder implements MigrationStatusListener {
        @Override
        public void recorded(final MigrationStatus entry) {
            events.add(entry.migration() + " " + entry.stage() + " " + entry.flows());
        }

        @Override
        public void forgotten(final MigrationId migration) {
            events.add(migration + " forgotten");
        }
    }
}
