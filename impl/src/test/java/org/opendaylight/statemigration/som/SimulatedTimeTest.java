// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.engine.MasterContext;
import org.opendaylight.statemigration.som.engine.RetryTimings;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.SafeListener;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.FailoverSources;
import org.opendaylight.statemigration.som.registry.HostSession;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.statemigration.som.worker.Simulation;

/** What takes minutes, in no time: intervals, leases and retries as they are in operation. */
class SimulatedTimeTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration FULFILMENT = Duration.ofMinutes(10);

    private final Simulation simulation = new Simulation();
    private final Map<String, SimulatedStateHost> agents = new HashMap<>();
    private final RecordingListener listener = new RecordingListener();
    private final List<Flow> flows = TestFlows.of(TestFlows.VM, 50);
    private StateHostRegistry registry;
    private StateOrchestrationMaster master;

    @BeforeEach
    void connect() {
        final var authorized = Map.of(new StateHostId("fw1"), Policy.Authorization.ALL, new StateHostId("fw2"),
            Policy.Authorization.ALL);
        final var policy = new Policy(authorized, Policy.Limits.DEFAULT, Policy.Timers.DEFAULT,
            new Policy.Planned(64, INTERVAL, FULFILMENT), Policy.Leniency.NONE);
        registry = new StateHostRegistry(() -> policy, listener, simulation.clock(), Duration.ofSeconds(10),
            simulation.pool(1), simulation);
        master = new StateOrchestrationMaster(new MasterContext(registry, () -> policy, SafeListener.of(listener),
            simulation.clock(), simulation.ticker(), simulation.workers(), RetryTimings.DEFAULT,
            FailoverSources.NONE));
        for (var host : List.of("fw1", "fw2")) {
            final var agent = new SimulatedStateHost(host);
            agents.put(host, agent);
            registry.connected(new StateHostId(host), new HostSession(agent, Optional.empty(), true));
        }
        agents.get("fw1").put(flows);
        simulation.run();
    }

    @AfterEach
    void close() {
        registry.close();
        simulation.close();
    }

    private MigrationRecord record(final MigrationId id) {
        return master.migrations().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    private MigrationId announce() throws Exception {
        final var id = master.announce(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        simulation.run();
        assertEquals(Phase.STANDING_BY, record(id).phase());
        return id;
    }

    @Test
    void migrationNeedsNoTimeOfItsOwn() throws Exception {
        final var id = master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        simulation.run();
        assertEquals(Phase.COMPLETED, record(id).phase());
        assertEquals(Set.copyOf(flows), agents.get("fw2").flows());
    }

    @Test
    void preCopyIsKeptCurrentAndItsLeaseRenewedUntilTheSwitchover() throws Exception {
        final var id = announce();
        final long rounds = agents.get("fw1").asked(Request.UPLOAD_CHANGES);
        final long renewals = agents.get("fw2").asked(Request.GET_READY);
        simulation.advance(Duration.ofMinutes(9));
        assertEquals(9 * 60 * 10, agents.get("fw1").asked(Request.UPLOAD_CHANGES) - rounds);
        assertEquals(9 * 60, agents.get("fw2").asked(Request.GET_READY) - renewals);
        assertEquals(id, master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2")));
        simulation.run();
        assertEquals(Phase.COMPLETED, record(id).phase());
    }

    @Test
    void announcedMoveThatDoesNotHappenIsUndoneAtTheEndOfItsTime() throws Exception {
        final var id = announce();
        simulation.advance(FULFILMENT.minusMillis(1));
        assertEquals(Phase.STANDING_BY, record(id).phase());
        simulation.advance(Duration.ofMillis(1));
        assertEquals(Phase.CANCELLED, record(id).phase());
        assertEquals(FailureReason.DEADLINE_PASSED, record(id).failure().orElseThrow().reason());
        assertEquals(Set.of(), agents.get("fw2").flows());
    }

    @Test
    void releaseIsTriedAgainWithGrowingWaitsAndThenNowAndAgain() throws Exception {
        agents.get("fw1").fault(Request.RELEASE, Fault.requestLost());
        final var id = master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        simulation.advance(Duration.ofMillis(249));
        assertEquals(1, agents.get("fw1").asked(Request.RELEASE));
        simulation.advance(Duration.ofMillis(1));
        assertEquals(2, agents.get("fw1").asked(Request.RELEASE));
        simulation.advance(Duration.ofMillis(500));
        assertEquals(3, agents.get("fw1").asked(Request.RELEASE));
        assertEquals(Phase.UNKNOWN, record(id).phase());
        agents.get("fw1").heal();
        simulation.advance(Duration.ofSeconds(10));
        assertEquals(Phase.COMPLETED, record(id).phase());
        assertTrue(agents.get("fw1").flows().isEmpty());
    }
}
