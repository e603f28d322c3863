// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.som.SimulatedStateHost;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.TestFlows;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.CheckpointRecord.State;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.policy.Protection;
import org.opendaylight.statemigration.som.registry.HostSession;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;

/** As many protected VMs and State Hosts as a large data center has, and no more threads than a small one needs. */
@SuppressWarnings("checkstyle:regexpSinglelineJava")
class CheckpointLoadTest {
    private static final int VMS_PER_HOST = 5;
    private static final int FLOWS_PER_VM = 10;
    private static final int MAX_THREADS = 60;
    private static final Duration INTERVAL = Duration.ofMillis(500);

    @Test
    @Timeout(120)
    void hundredHostsOfFiveVmsHaveCurrentCheckpointsOfAll() throws Exception {
        run(100, 5);
    }

    @Test
    @Timeout(600)
    @Tag("soak")
    void thousandHostsOfFiveVmsHaveCurrentCheckpointsOfAll() throws Exception {
        run(1_000, 20);
    }

    private static void run(final int hosts, final int silent) throws Exception {
        // Of tests before this one, which may still be ending
        final var earlier = Thread.getAllStackTraces().keySet();
        try (var load = new Load(hosts)) {
            load.connect();
            load.awaitAllCurrent();
            final long started = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
            // Some State Hosts do not answer from now on; the others must not suffer
            load.silence(silent);
            final long cpu = cpuMillis();
            final long begun = System.nanoTime();
            final long asked = load.asked();
            final long shown = load.listener.changes.get();
            load.awaitOrphans(silent * VMS_PER_HOST);
            load.awaitFresh((hosts - silent) * VMS_PER_HOST);
            final double seconds = (System.nanoTime() - begun) / 1e9;
            final long threads = threads(earlier);
            System.out.printf("%d checkpoints at %d State Hosts, %d of them silent: %d threads, %d started within"
                + " %.1f s, %.0f requests and %.0f records a second, %.0f %% of a processor%n",
                hosts * VMS_PER_HOST, hosts, silent, threads,
                ManagementFactory.getThreadMXBean().getTotalStartedThreadCount() - started, seconds,
                (load.asked() - asked) / seconds, (load.listener.changes.get() - shown) / seconds,
                (cpuMillis() - cpu) / seconds / 10);
            assertTrue(threads <= MAX_THREADS, threads + " threads");
            assertEquals(Set.of(), load.listener.unexpected);
        }
    }

    /** {@return threads of the registry and of the protection; simulated State Hosts have threads too} */
    private static long threads(final Set<Thread> earlier) {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> !earlier.contains(thread))
            .map(Thread::getName).filter(name -> name.startsWith("state-")).count();
    }

    private static long cpuMillis() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime() / 1_000_000;
    }

    /** State Hosts with VMs, all of them protected. */
    private static final class Load implements AutoCloseable {
        private final List<SimulatedStateHost> agents = new ArrayList<>();
        private final List<InventoryVm> vms = new ArrayList<>();
        private final Counter listener;
        private final StateHostRegistry registry;
        private final CheckpointManager manager;

        Load(final int hosts) {
            final var authorized = new HashMap<StateHostId, Policy.Authorization>();
            final var protections = new ArrayList<Protection>();
            for (int number = 0; number < hosts; number++) {
                final var agent = new SimulatedStateHost("fw" + number);
                agents.add(agent);
                authorized.put(agent.id(), Policy.Authorization.ALL);
                protections.add(new Protection(agent.id().value(), Optional.empty(), Set.of(agent.id()), INTERVAL));
                for (int vm = 0; vm < VMS_PER_HOST; vm++) {
                    final var address = "10.%d.%d.%d".formatted(number / 250, number % 250, vm + 1);
                    final var identity = new VmIdentity(Set.of(InetAddresses.forString(address)), Optional.empty());
                    agent.put(flows(identity));
                    vms.add(new InventoryVm("dc1", "vm-" + address, identity.addresses(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Set.of(agent.id())));
                }
            }
            final var policy = new Policy(authorized, Policy.Limits.DEFAULT, Policy.Timers.DEFAULT)
                .protecting(new Policy.Protections(protections, 10_000_000));
            listener = new Counter(vms.size());
            registry = new StateHostRegistry(() -> policy, listener, InstantSource.system(), Duration.ofMinutes(2));
            manager = new CheckpointManager(registry, () -> policy, listener, () -> vms);
        }

        private static List<Flow> flows(final VmIdentity vm) {
            return TestFlows.of(vm, FLOWS_PER_VM);
        }

        void connect() throws InterruptedException {
            for (var agent : agents) {
                registry.connected(agent.id(), new HostSession(agent, Optional.empty(), true));
            }
            // A State Host whose profile has not been read yet is not connected, and its VMs cannot be copied
            listener.await(() -> listener.connected.size() == agents.size());
            manager.init();
        }

        void silence(final int count) {
            agents.subList(0, count).forEach(agent -> agent.fault(Request.UPLOAD_CHANGES, real -> {
                // Of a real thread: there is no simulation here
                new CountDownLatch(1).await();
                return null;
            }));
        }

        long asked() {
            return agents.stream().mapToLong(agent -> agent.asked(Request.UPLOAD_CHANGES)).sum();
        }

        void awaitAllCurrent() throws InterruptedException {
            assertTrue(listener.allCurrent.await(300, TimeUnit.SECONDS), () -> listener.toString());
        }

        void awaitOrphans(final int count) throws InterruptedException {
            listener.await(() -> listener.count(State.ORPHANED) == count);
        }

        /** Until checkpoints of State Hosts that answer are younger than a few intervals. */
        void awaitFresh(final int count) throws InterruptedException {
            listener.await(() -> listener.fresh() == count);
        }

        @Override
        public void close() {
            manager.close();
            registry.close();
            agents.forEach(SimulatedStateHost::close);
        }
    }

    /** Sees the checkpoints. */
    private static final class Counter implements MasterListener {
        private final Map<CheckpointKey, CheckpointRecord> checkpoints = new ConcurrentHashMap<>();
        private final Set<String> unexpected = ConcurrentHashMap.newKeySet();
        private final Set<StateHostId> connected = ConcurrentHashMap.newKeySet();
        private final AtomicLong changes = new AtomicLong();
        private final CountDownLatch allCurrent;
        private final Set<CheckpointKey> current = new HashSet<>();

        Counter(final int all) {
            allCurrent = new CountDownLatch(all);
        }

        @Override
        public synchronized void checkpointChanged(final CheckpointRecord checkpoint) {
            changes.incrementAndGet();
            checkpoints.put(checkpoint.key(), checkpoint);
            if (checkpoint.state() == State.CURRENT && checkpoint.flows() == FLOWS_PER_VM
                    && current.add(checkpoint.key())) {
                allCurrent.countDown();
            }
            if (checkpoint.state() == State.IMPOSSIBLE) {
                unexpected.add(checkpoint.toString());
            }
            notifyAll();
        }

        @Override
        public void checkpointForgotten(final CheckpointKey key) {
            unexpected.add(key + " is forgotten");
        }

        @Override
        public synchronized void hostChanged(final StateHostRecord host) {
            if (host.status() == StateHostRecord.Status.CONNECTED) {
                connected.add(host.hostId());
                notifyAll();
            }
        }

        @Override
        public void hostForgotten(final StateHostId hostId) {
            // Not of interest
        }

        @Override
        public void migrationNotified(final MigrationRecord migration) {
            // There is none
        }

        @Override
        public void migrationChanged(final MigrationRecord migration) {
            // There is none
        }

        @Override
        public void migrationForgotten(final MigrationId id) {
            // There is none
        }

        @Override
        public void phaseEntered(final MigrationId id,
                final OptionalInt leg, final Phase phase, final Instant at,
                final Optional<Failure> failure) {
            // There is none
        }

        private synchronized void await(final BooleanSupplier condition)
                throws InterruptedException {
            final long deadline = System.nanoTime() + Duration.ofSeconds(200).toNanos();
            while (!condition.getAsBoolean()) {
                assertTrue(System.nanoTime() < deadline, this::toString);
                wait(1_000);
            }
        }

        private int count(final State state) {
            return (int) checkpoints.values().stream().filter(one -> one.state() == state).count();
        }

        private int fresh() {
            return (int) checkpoints.values().stream().filter(one -> one.state() == State.CURRENT
                && one.age().orElseThrow().compareTo(INTERVAL.multipliedBy(6)) < 0).count();
        }

        @Override
        public String toString() {
            return count(State.CURRENT) + " current, " + fresh() + " fresh, " + count(State.ORPHANED) + " orphaned of "
                + checkpoints.size() + ", " + connected.size() + " State Hosts connected";
        }
    }
}
