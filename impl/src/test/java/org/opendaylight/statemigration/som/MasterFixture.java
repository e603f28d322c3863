// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Origin;
import org.opendaylight.statemigration.som.engine.IdGenerator;
import org.opendaylight.statemigration.som.engine.MasterContext;
import org.opendaylight.statemigration.som.engine.RetryTimings;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.SafeListener;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.CheckpointManager;
import org.opendaylight.statemigration.som.registry.HostSession;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.statemigration.som.worker.Latch;
import org.opendaylight.statemigration.som.worker.Simulation;

/** A master with simulated State Hosts in simulated time, and what is always expected of them. */
public final class MasterFixture implements AutoCloseable {
    static final RetryTimings TIMINGS = new RetryTimings(Duration.ofMillis(5), Duration.ofMillis(100), Duration.ZERO,
        Duration.ofSeconds(2));

    static final Policy.Planned PLANNED = new Policy.Planned(4, Duration.ofMillis(5), Duration.ofMinutes(10));

    private static final int REQUESTS_PER_HOST = 2;

    final Simulation simulation;
    final RecordingListener observer = new RecordingListener();
    final Map<String, SimulatedStateHost> agents = new HashMap<>();
    final StateHostRegistry registry;
    final CheckpointManager checkpointManager;
    final StateOrchestrationMaster master;
    private final Map<String, HostSession> sessions = new HashMap<>();
    private volatile Policy policy;
    private volatile List<InventoryVm> vms = List.of();

    MasterFixture(final String... hosts) {
        this(Timers.SLOW, Policy.Limits.DEFAULT, TIMINGS, hosts);
    }

    MasterFixture(final Policy.Timers timers, final Policy.Limits limits, final RetryTimings retryTimings,
            final String... hosts) {
        this(new Simulation(), timers, limits, retryTimings, hosts);
    }

    MasterFixture(final Simulation simulation, final Policy.Timers timers, final Policy.Limits limits,
            final RetryTimings retryTimings, final String... hosts) {
        this.simulation = simulation;
        final var authorized = new HashMap<StateHostId, Policy.Authorization>();
        for (var host : hosts) {
            authorized.put(new StateHostId(host), Policy.Authorization.ALL);
        }
        policy = new Policy(authorized, limits, timers, PLANNED, Policy.Leniency.NONE);
        final var clock = simulation.clock();
        registry = new StateHostRegistry(() -> policy, observer, clock, Duration.ofSeconds(5), simulation.pool(1),
            simulation);
        checkpointManager = new CheckpointManager(registry, () -> policy, SafeListener.of(observer), () -> vms, clock,
            simulation.pool(REQUESTS_PER_HOST), simulation.pool(1), simulation, () -> { });
        master = new StateOrchestrationMaster(new MasterContext(registry, () -> policy, SafeListener.of(observer),
            clock, simulation.ticker(), simulation.workers(), retryTimings, checkpointManager),
            new IdGenerator(clock, new Random(1)));
        for (var host : hosts) {
            agents.put(host, new SimulatedStateHost(host));
            connect(host);
        }
    }

    /** Times for tests. */
    static final class Timers {
        /** No deadline passes. */
        static final Policy.Timers SLOW = of(60_000);
        /** Deadlines pass soon, but not where a busy VM just takes a while. */
        static final Policy.Timers QUICK = of(1_500);

        private Timers() {
            // Hidden on purpose
        }

        private static Policy.Timers of(final long millis) {
            final var limit = Duration.ofMillis(millis);
            return new Policy.Timers(limit, limit, limit, limit, limit, limit, limit, Duration.ofSeconds(30));
        }
    }

    SimulatedStateHost agent(final String host) {
        return agents.get(host);
    }

    Policy policy() {
        return policy;
    }

    void policy(final Policy newPolicy) {
        policy = newPolicy;
        registry.policyChanged();
    }

    /** What the topology shows from now on. */
    void vms(final InventoryVm... known) {
        vms = List.of(known);
    }

    void connect(final String host) {
        final var session = new HostSession(agents.get(host), Optional.empty(), true);
        sessions.put(host, session);
        registry.connected(new StateHostId(host), session);
        awaitTrue(host + " is connected", () -> registry.find(new StateHostId(host))
            .filter(known -> known.state().status() == StateHostRecord.Status.CONNECTED).isPresent());
    }

    void disconnect(final String host) {
        registry.disconnected(new StateHostId(host), sessions.get(host));
    }

    public static StateMigrationNotification notification(final VmIdentity vm, final String... hosts) {
        final var legs = new ArrayList<Leg>();
        for (int index = 0; index < hosts.length; index += 2) {
            legs.add(new Leg(new StateHostId(hosts[index]), new StateHostId(hosts[index + 1]), List.of()));
        }
        return new StateMigrationNotification(Origin.NOTIFICATION, Optional.empty(), vm, legs);
    }

    MigrationRecord record(final MigrationId id) {
        return master.migrations().stream().filter(record -> record.id().equals(id)).findFirst().orElseThrow();
    }

    MigrationRecord await(final MigrationId id, final Phase phase) {
        awaitTrue(id + " is " + phase, () -> record(id).phase() == phase);
        return record(id);
    }

    void awaitTrue(final String what, final BooleanSupplier condition) {
        try {
            simulation.awaitTrue(what, condition);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return what a fault and the test may wait for} */
    Latch latch(final int number) {
        return simulation.latch(number);
    }

    /** Let time pass. */
    void pass(final Duration time) {
        simulation.advance(time);
    }

    /** Whatever happened: each flow is whole somewhere. */
    void assertNothingLost(final Collection<Flow> flows) {
        final var present = new HashSet<Flow>();
        agents.values().forEach(agent -> present.addAll(agent.flows()));
        assertTrue(present.containsAll(flows), "Some flow is neither at the source nor at the destination");
    }

    void assertMoved(final Collection<Flow> flows, final String source, final String destination) {
        assertEquals(Set.copyOf(flows), agent(destination).flows());
        assertEquals(Set.of(), agent(source).flows());
        assertNoHold();
    }

    void assertUndone(final Collection<Flow> flows, final String source, final String destination) {
        assertEquals(Set.copyOf(flows), agent(source).flows());
        assertEquals(Set.of(), agent(destination).flows());
        assertNoHold();
    }

    void assertNoHold() {
        agents.values().forEach(agent -> assertFalse(agent.holds(), "Hold left at " + agent.id()));
    }

    Stream<Phase> phases(final MigrationId id) {
        return observer.phases(id);
    }

    @Override
    public void close() {
        checkpointManager.close();
        master.close();
        registry.close();
        simulation.close();
    }
}
