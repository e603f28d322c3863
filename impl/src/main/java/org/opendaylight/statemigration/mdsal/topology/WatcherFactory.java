// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.topology;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.tde.topology.TopologyVmInventory;
import org.opendaylight.statemigration.tde.watch.SettleTimes;
import org.opendaylight.statemigration.tde.watch.Timer;
import org.opendaylight.statemigration.tde.watch.TopologyStatusListener;
import org.opendaylight.statemigration.tde.watch.TopologyWatcher;

/**
 * Makes the watchers of all topologies. They share one thread, on which they decide.
 */
public final class WatcherFactory implements Function<String, TopologyWatcher>, AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("topology-discovery").daemon().factory());
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
        return new TopologyWatcher(topologyId, receiver, listener, inventory, Timer.on(thread),
            InstantSource.system(), this::settling);
    }

    private SettleTimes settling() {
        final var timers = policy.get().timers();
        return new SettleTimes(timers.settle(), timers.settleBound(), timers.dampening());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
