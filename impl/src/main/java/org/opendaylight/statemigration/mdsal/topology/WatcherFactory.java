// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.topology;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.worker.TimerThread;
import org.opendaylight.statemigration.som.worker.WorkerPool;
import org.opendaylight.statemigration.tde.watch.SettleTimes;
import org.opendaylight.statemigration.tde.watch.Timer;
import org.opendaylight.statemigration.tde.watch.TopologyStatusListener;
import org.opendaylight.statemigration.tde.watch.TopologyTimer;
import org.opendaylight.statemigration.tde.watch.TopologyVmInventory;
import org.opendaylight.statemigration.tde.watch.TopologyWatcher;

/**
 * Makes the watchers of all topologies. They share a few threads, of which a topology has no more than one at a time:
 * if a notification takes long, for instance because a migration does not answer, the others go on.
 */
public final class WatcherFactory implements Function<String, TopologyWatcher>, AutoCloseable {
    private static final int THREADS = 4;

    private final WorkerPool threads = new WorkerPool("topology-discovery", THREADS, 1);
    private final TimerThread timerThread = new TimerThread("topology-discovery-timer");
    private final StateMigrationReceiver receiver;
    private final TopologyStatusListener listener;
    private final TopologyVmInventory inventory;
    private final Supplier<Policy> policy;

    public WatcherFactory(final StateMigrationReceiver receiver, final TopologyStatusListener listener,
            final TopologyVmInventory inventory, final Supplier<Policy> policy) {
        this.receiver = requireNonNull(receiver);
        this.listener = requireNonNull(listener);
        this.inventory = requireNonNull(inventory);
        this.policy = requireNonNull(policy);
    }

    @Override
    public TopologyWatcher apply(final String topologyId) {
        final Timer clock = (delay, task) -> timerThread.after(delay, task)::cancel;
        return new TopologyWatcher(topologyId, receiver, listener, inventory,
            new TopologyTimer(clock, threads.of(topologyId)), InstantSource.system(), this::settling);
    }

    private SettleTimes settling() {
        final var timers = policy.get().timers();
        return new SettleTimes(timers.settle(), timers.settleBound(), timers.dampening());
    }

    @Override
    public void close() {
        timerThread.close();
        threads.close();
    }
}
