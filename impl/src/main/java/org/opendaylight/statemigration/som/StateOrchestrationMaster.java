package org.opendaylight.statemigration.som;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;

/**
 * The State Orchestration Master (section 4 of the draft).
 */
public final class StateOrchestrationMaster implements StateMigrationReceiver, AutoCloseable {
    /** With the clock of the system and a scheduler of its own. */
    public StateOrchestrationMaster(final StateHostRegistry registry, final Supplier<Policy> policy,
            final MasterObserver observer) {
        throw new UnsupportedOperationException();
    }

    public StateOrchestrationMaster(final StateHostRegistry registry, final Supplier<Policy> policy,
            final MasterObserver observer, final InstantSource clock, final ScheduledExecutorService scheduler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MigrationId notify(final StateMigrationNotification notification) throws MigrationRejectedException {
        throw new UnsupportedOperationException();
    }

    public MigrationPlan plan(final StateMigrationNotification notification)
            throws MigrationRejectedException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public void cancel(final MigrationId id) throws MigrationRejectedException {
        throw new UnsupportedOperationException();
    }

    public MigrationId retry(final MigrationId id) throws MigrationRejectedException {
        throw new UnsupportedOperationException();
    }

    public List<MigrationRecord> migrations() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
