// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.batch;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationBatch;
import org.opendaylight.statemigration.ifmt.MigrationBatch.Answer;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.model.BatchId;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.BatchRecord.Migrating;
import org.opendaylight.statemigration.som.model.BatchRecord.Rejected;
import org.opendaylight.statemigration.som.scheduling.ConcurrencyGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes batches, and ends them when somebody wishes it. */
public final class BatchManager {
    private static final Logger LOG = LoggerFactory.getLogger(BatchManager.class);

    /** What the master does for a batch. */
    public interface Migrations {
        /**
         * Begin a migration, and make it a member of its batch.
         *
         * @param notification who moves
         * @param announced whether the VM is about to move, instead of having moved
         * @param concurrencyGroup the batch
         * @return the migration
         * @throws MigrationRejectedException if there will be none
         */
        MigrationId begin(StateMigrationNotification notification, boolean announced, ConcurrencyGroup concurrencyGroup)
            throws MigrationRejectedException;

        /**
         * Stop one.
         *
         * @param migration the migration
         * @throws MigrationRejectedException if it is too late
         */
        void cancel(MigrationId migration) throws MigrationRejectedException;
    }

    private final BatchTracker tracker;
    private final InstantSource clock;
    private final Migrations migrations;

    /**
     * A manager without batches.
     *
     * @param tracker shows batches
     * @param clock what time it is
     * @param migrations begins and ends migrations
     */
    public BatchManager(final BatchTracker tracker, final InstantSource clock, final Migrations migrations) {
        this.tracker = requireNonNull(tracker);
        this.clock = requireNonNull(clock);
        this.migrations = requireNonNull(migrations);
    }

    /**
     * Several VMs move.
     *
     * @param id identity of the batch
     * @param batch those that are clear
     * @param unclear the others, which are shown as rejected
     * @return one answer for each VM that is clear, in their order
     */
    public List<Answer> submit(final BatchId id, final MigrationBatch batch, final List<Rejected> unclear) {
        tracker.open(new BatchRecord(id, batch.cause(), batch.announced(), batch.concurrency(), clock.instant(),
            Optional.empty(), List.of()));
        LOG.info("Batch {} of {} VMs: {}", id, batch.notifications().size() + unclear.size(), batch.cause());
        final var group = new ConcurrencyGroup(id, batch.concurrency());
        final var answers = new ArrayList<Answer>();
        for (var notification : batch.notifications()) {
            try {
                answers.add(new MigrationBatch.Accepted(migrations.begin(notification, batch.announced(), group)));
            } catch (MigrationRejectedException e) {
                LOG.debug("Batch {} goes on without {}", id, notification.vm(), e);
                answers.add(new MigrationBatch.Rejected(e.rejection()));
                tracker.add(id, new Rejected(vmName(notification), e.rejection()));
            }
        }
        unclear.forEach(one -> tracker.add(id, one));
        tracker.complete(id);
        return answers;
    }

    /**
     * Stop all migrations of a batch that can still be stopped: the last ones first, so that none begins only to be
     * stopped.
     *
     * @param id the batch
     * @return how many were stopped
     * @throws MigrationRejectedException if there is no such batch
     */
    public int cancel(final BatchId id) throws MigrationRejectedException {
        final var open = tracker.find(id).orElseThrow(() -> new MigrationRejectedException(
                new RequestRejection.UnknownBatch(id.value()))).members().stream()
            .filter(Migrating.class::isInstance).map(Migrating.class::cast)
            .filter(member -> !member.phase().isFinal())
            .toList();
        int cancelled = 0;
        for (var member : open.reversed()) {
            try {
                migrations.cancel(member.migration());
                cancelled++;
            } catch (MigrationRejectedException e) {
                LOG.debug("It is too late for {} of batch {}", member.migration(), id, e);
            }
        }
        return cancelled;
    }

    /**
     * What to call a VM.
     *
     * @param notification names it, or has its addresses only
     * @return its name, for people
     */
    public static String vmName(final StateMigrationNotification notification) {
        return notification.vmName().orElseGet(notification.vm()::toString);
    }
}
