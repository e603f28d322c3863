package org.opendaylight.statemigration.som.registry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.HostSession;
import org.opendaylight.statemigration.som.MasterObserver;
import org.opendaylight.statemigration.som.Policy;

/**
 * The State Hosts that are connected or authorized (IF(M,A) F1 and F2).
 */
public final class StateHostRegistry implements AutoCloseable {
    public StateHostRegistry(final Supplier<Policy> policy, final MasterObserver observer) {
        this(policy, observer, InstantSource.system(), Duration.ofSeconds(10));
    }

    public StateHostRegistry(final Supplier<Policy> policy, final MasterObserver observer, final InstantSource clock,
            final Duration profileTimeout) {
        throw new UnsupportedOperationException();
    }

    public void connected(final StateHostId id, final HostSession session) {
        throw new UnsupportedOperationException();
    }

    public void disconnected(final StateHostId id, final HostSession session) {
        throw new UnsupportedOperationException();
    }

    public void policyChanged() {
        throw new UnsupportedOperationException();
    }

    public Optional<RegisteredHost> find(final StateHostId id) {
        throw new UnsupportedOperationException();
    }

    public void onReturn(final Consumer<StateHostId> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
