// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationBatch;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.engine.MasterContext;
import org.opendaylight.statemigration.som.engine.RetryTimings;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.SafeListener;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.policy.Protection;
import org.opendaylight.statemigration.som.protection.CheckpointManager;
import org.opendaylight.statemigration.som.registry.HostSession;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.statemigration.som.request.VmReference;
import org.opendaylight.statemigration.som.worker.HeldLocks;
import org.opendaylight.statemigration.som.worker.Workers;

/**
 * However many State Hosts and pre-copies there are: the number of threads is bounded, and no lock is held while a
 * State Host is asked or a listener is told.
 */
@SuppressWarnings("checkstyle:regexpSinglelineJava")
class ThreadBoundsTest {
    /** However busy the machine is, no step takes as long. */
    private static final Duration LONG_TIMEOUT = Duration.ofMinutes(5);
    private static final Policy.Timers TIMERS = new Policy.Timers(Duration.ZERO, Duration.ZERO, LONG_TIMEOUT,
        LONG_TIMEOUT, LONG_TIMEOUT, LONG_TIMEOUT, LONG_TIMEOUT, LONG_TIMEOUT);
    private static final int MAX_THREADS = 200;
    /** Of so many requests one is looked at: the JVM stops all threads for it. */
    private static final int SAMPLE = 500;

    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    @Timeout(120)
    void threadsDoNotGrowWithPreCopiesAndProtectedVms() throws Exception {
        run(20, 200, 100, Duration.ofMillis(500), 10);
    }

    @Test
    @Tag("soak")
    @Timeout(1200)
    void thousandStateHostsTenThousandPreCopiesAndFiveThousandProtectedVms() throws Exception {
        run(1_000, 10_000, 5_000, Duration.ofSeconds(5), 50);
    }

    private void run(final int hosts, final int preCopies, final int protectedVms, final Duration interval,
            final int switchovers) throws Exception {
        // Threads of tests before this one may still be ending, so those are counted that are started
        final long before = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
        final var authorized = new HashMap<StateHostId, Policy.Authorization>();
        for (int number = 0; number < hosts; number++) {
            authorized.put(host(number), Policy.Authorization.ALL);
        }
        final var policy = new Policy(authorized, new Policy.Limits(1_000_000, 500, 8, preCopies, 100),
            TIMERS, new Policy.Planned(preCopies, interval, Duration.ofMinutes(60)),
            Policy.Leniency.NONE).protecting(new Policy.Protections(protections(hosts, protectedVms, interval),
                1_000_000));
        final var phases = new Phases();
        try (var workers = new Workers();
                var registry = new StateHostRegistry(() -> policy, phases, InstantSource.system(), LONG_TIMEOUT);
                var checkpoints = new CheckpointManager(registry, () -> policy, SafeListener.of(phases), List::of);
                var master = new StateOrchestrationMaster(new MasterContext(registry, () -> policy,
                    SafeListener.of(phases), InstantSource.system(), Ticker.systemTicker(), workers,
                    RetryTimings.DEFAULT, checkpoints))) {
            for (int number = 0; number < hosts; number++) {
                final var id = host(number);
                registry.connected(id, new HostSession(new IdleAgent(id, this::asked), Optional.empty(), true));
            }
            await("all State Hosts are connected", () -> phases.connected.size() == hosts);
            checkpoints.init();
            final var ids = announce(master, hosts, preCopies);
            await("all that are protected have a checkpoint", () -> phases.current.size() == protectedVms);
            await("all stand by", () -> phases.count(Phase.STANDING_BY) == preCopies);
            final var begun = System.nanoTime();
            for (int number = 0; number < switchovers; number++) {
                assertEquals(ids.get(number), master.notify(move(number, hosts)));
            }
            await("those that move complete", () -> phases.count(Phase.COMPLETED) == switchovers);
            final var took = Duration.ofNanos(System.nanoTime() - begun);
            // Rounds and leases of the others go on meanwhile
            final int asked = requests.get();
            await("the others are kept current", () -> requests.get() > asked + preCopies);
            assertEquals(preCopies - switchovers, phases.count(Phase.STANDING_BY));
            final long started = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount() - before;
            System.out.println(hosts + " State Hosts, " + preCopies + " pre-copies, " + protectedVms
                + " protected VMs: " + started + " threads started; " + requests.get() + " requests, " + calls.get()
                + " calls of listeners; " + switchovers + " switchovers took " + took.toMillis() + " ms together");
            assertTrue(started < MAX_THREADS, () -> started + " threads started");
            assertEquals(Set.of(), held, "Locks held over a request or a call of a listener");
        }
    }

    private static List<Protection> protections(final int hosts, final int protectedVms, final Duration interval) {
        final var protections = new ArrayList<Protection>();
        for (int number = 0; number < protectedVms; number++) {
            final var vm = TestFlows.vm("11.%d.%d.%d".formatted(number >> 14 & 0x7f, number >> 7 & 0x7f,
                (number & 0x7f) + 1));
            protections.add(new Protection("vm" + number, Optional.of(VmReference.of(vm)), Set.of(host(number % hosts)),
                interval));
        }
        return protections;
    }

    private static List<MigrationId> announce(final StateOrchestrationMaster master, final int hosts,
            final int preCopies) {
        final var moves = new ArrayList<StateMigrationNotification>();
        for (int number = 0; number < preCopies; number++) {
            moves.add(move(number, hosts));
        }
        final var answers = master.submit(new MigrationBatch("Everything moves", true, OptionalInt.empty(), moves));
        final var ids = new ArrayList<MigrationId>();
        for (var answer : answers) {
            if (answer instanceof MigrationBatch.Accepted accepted) {
                ids.add(accepted.migration());
            }
        }
        assertEquals(preCopies, ids.size());
        return ids;
    }

    private static StateHostId host(final int number) {
        return new StateHostId("fw" + number);
    }

    private static StateMigrationNotification move(final int number, final int hosts) {
        final var vm = TestFlows.vm("10.%d.%d.%d".formatted(number >> 14 & 0x7f, number >> 7 & 0x7f,
            (number & 0x7f) + 1));
        return MasterFixture.notification(vm, "fw" + number % hosts, "fw" + (number + 1) % hosts);
    }

    private static void await(final String what, final BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(10);
        }
    }

    private void asked() {
        if (requests.incrementAndGet() % SAMPLE == 0) {
            held.addAll(HeldLocks.ofCurrentThread());
        }
    }

    /** How many migrations are in which phase. */
    private final class Phases implements MasterListener {
        private final Map<MigrationId, Phase> phases = new ConcurrentHashMap<>();
        private final Set<CheckpointKey> current = ConcurrentHashMap.newKeySet();
        private final Set<StateHostId> connected = ConcurrentHashMap.newKeySet();

        int count(final Phase phase) {
            return (int) phases.values().stream().filter(phase::equals).count();
        }

        private void called() {
            if (calls.incrementAndGet() % SAMPLE == 0) {
                held.addAll(HeldLocks.ofCurrentThread());
            }
        }

        @Override
        public void hostChanged(final StateHostRecord host) {
            called();
            if (host.status() == StateHostRecord.Status.CONNECTED) {
                connected.add(host.hostId());
            }
        }

        @Override
        public void hostForgotten(final StateHostId hostId) {
            called();
        }

        @Override
        public void migrationNotified(final MigrationRecord migration) {
            called();
        }

        @Override
        public void migrationChanged(final MigrationRecord migration) {
            called();
            phases.put(migration.id(), migration.phase());
        }

        @Override
        public void migrationForgotten(final MigrationId id) {
            called();
        }

        @Override
        public void phaseEntered(final MigrationId id, final OptionalInt leg, final Phase phase,
                final Instant at, final Optional<Failure> failure) {
            called();
        }

        @Override
        public void batchChanged(final BatchRecord batch) {
            called();
        }

        @Override
        public void checkpointChanged(final CheckpointRecord checkpoint) {
            called();
            if (checkpoint.state() == CheckpointRecord.State.CURRENT) {
                current.add(checkpoint.key());
            }
        }
    }
}
