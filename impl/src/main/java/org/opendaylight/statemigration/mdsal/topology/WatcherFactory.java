package org.opendaylight.statemigration.mdsal.topology;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;
import org.opendaylight.statemigration.som.Policy;
import org.opendaylight.statemigration.tde.MachineDirectory;
import org.opendaylight.statemigration.tde.Settling;
import org.opendaylight.statemigration.tde.SettlingTopologyWatcher;
import org.opendaylight.statemigration.tde.Timer;
import org.opendaylight.statemigration.tde.TopologyObserver;

/**
 * Makes the watchers of all topologies. They share one thread, on which they decide.
 */
public final class WatcherFactory implements Function<String, SettlingTopologyWatcher>, AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("topology-discovery").daemon().factory());
    private final StateMigrationReceiver receiver;
    private final TopologyObserver observer;
    private final MachineDirectory directory;
    private final Supplier<Policy> policy;

    public WatcherFactory(final StateMigrationReceiver receiver, final TopologyObserver observer,
            final MachineDirectory directory, final Supplier<Policy> policy) {
        this.receiver = requireNonNull(receiver);
        this.observer = requireNonNull(observer);
        this.directory = requireNonNull(directory);
        this.policy = requireNonNull(policy);
    }

    @Override
    public SettlingTopologyWatcher apply(final String topologyId) {
        return new SettlingTopologyWatcher(topologyId, receiver, observer, directory, Timer.on(thread),
            InstantSource.system(), this::settling);
    }

    private Settling settling() {
        final var timers = policy.get().timers();
        return new Settling(timers.settle(), timers.settleBound(), timers.dampening());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
