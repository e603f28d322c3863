// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.batch.BatchManager;
import org.opendaylight.statemigration.som.batch.BatchTracker;
import org.opendaylight.statemigration.som.lifecycle.MigrationEvent;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.scheduling.ConcurrencyGroup;
import org.opendaylight.statemigration.som.scheduling.MigrationScheduler;

/** Lets migrations in: those that policy and State Hosts permit, and for which there is room. */
final class MigrationAdmission {
    private final MasterContext context;
    private final IdGenerator ids;
    private final MigrationTable table;
    private final MigrationScheduler scheduler;
    private final BatchTracker batches;
    private final MigrationRun.Listener listener;

    MigrationAdmission(final MasterContext context, final IdGenerator ids, final MigrationTable table,
            final MigrationScheduler scheduler, final BatchTracker batches, final MigrationRun.Listener listener) {
        this.context = requireNonNull(context);
        this.ids = requireNonNull(ids);
        this.table = requireNonNull(table);
        this.scheduler = requireNonNull(scheduler);
        this.batches = requireNonNull(batches);
        this.listener = requireNonNull(listener);
    }

    /**
     * A migration.
     *
     * @param notification what it follows
     * @param retryOf the migration that it tries again, if any
     * @param announced whether the VM has yet to move
     * @param group the batch it belongs to, if any
     * @return the migration
     * @throws MigrationRejectedException if it is not let in
     */
    MigrationId open(final StateMigrationNotification notification, final Optional<MigrationId> retryOf,
            final boolean announced, final Optional<ConcurrencyGroup> group) throws MigrationRejectedException {
        final var run = permitted(notification, retryOf, announced);
        admit(run, group, Optional.empty());
        return run.id();
    }

    /**
     * A migration that takes the place of a failed one.
     *
     * @param failed the failed one
     * @return the migration; empty if the VM of the failed one has moved since
     * @throws MigrationRejectedException if it is not let in
     */
    Optional<MigrationId> openInPlaceOf(final MigrationRun failed) throws MigrationRejectedException {
        final var run = permitted(failed.notification(), Optional.of(failed.id()), false);
        return admit(run, Optional.empty(), Optional.of(failed)) ? Optional.of(run.id()) : Optional.empty();
    }

    private MigrationRun permitted(final StateMigrationNotification notification, final Optional<MigrationId> retryOf,
            final boolean announced) throws MigrationRejectedException {
        new NotificationValidator(context.policy().get(), context.registry()::find, context::failoverSource)
            .check(notification);
        return new MigrationRun(ids.migration(), notification, retryOf, announced, context, listener);
    }

    private boolean admit(final MigrationRun run, final Optional<ConcurrencyGroup> group,
            final Optional<MigrationRun> predecessor) throws MigrationRejectedException {
        final boolean admitted = scheduler.admit(run, group, () -> {
            final var awaited = table.add(run, predecessor);
            awaited.ifPresent(others -> enter(run, group, others));
            return awaited.isPresent();
        });
        scheduler.startNext();
        return admitted;
    }

    /** The new one begins once what was announced for the same VM before is undone. */
    private void enter(final MigrationRun run, final Optional<ConcurrencyGroup> group,
            final List<MigrationRun> awaited) {
        awaited.forEach(other -> other.tell(new MigrationEvent.CalledOff(
            new Failure.MovedOtherwise(run.id(), run.notification()))));
        group.ifPresent(one -> join(one, run));
        run.publish();
    }

    /** Have a migration be a member of a batch. */
    void join(final ConcurrencyGroup group, final MigrationRun run) {
        batches.add(group.batch(), BatchManager.vmName(run.notification()), run.id(), () -> run.record().phase());
    }
}
