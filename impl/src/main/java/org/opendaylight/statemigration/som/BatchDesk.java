package org.opendaylight.statemigration.som;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationBatch;
import org.opendaylight.statemigration.ifmt.MigrationBatch.Answer;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.batch.BatchBoard;
import org.opendaylight.statemigration.som.batch.BatchId;
import org.opendaylight.statemigration.som.batch.BatchRecord;
import org.opendaylight.statemigration.som.batch.BatchRecord.Migrating;
import org.opendaylight.statemigration.som.batch.BatchRecord.Rejected;
import org.opendaylight.statemigration.som.batch.Convoy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes batches, and ends them when somebody wishes it. */
final class BatchDesk {
    private static final Logger LOG = LoggerFactory.getLogger(BatchDesk.class);

    /** What the master does for a batch. */
    interface Migrations {
        /**
         * Begin a migration, and put it on the board.
         *
         * @param notification who moves
         * @param announced whether the machine is about to move, instead of having moved
         * @param convoy with whom
         * @return the migration
         * @throws MigrationRejectedException if there will be none
         */
        MigrationId begin(StateMigrationNotification notification, boolean announced, Convoy convoy)
            throws MigrationRejectedException;

        /**
         * Stop one.
         *
         * @param migration the migration
         * @throws MigrationRejectedException if it is too late
         */
        void cancel(MigrationId migration) throws MigrationRejectedException;
    }

    private final Object lock;
    private final BatchBoard board;
    private final InstantSource clock;
    private final Migrations migrations;

    /**
     * A desk.
     *
     * @param lock guards the board
     * @param board shows batches
     * @param clock what time it is
     * @param migrations the master
     */
    BatchDesk(final Object lock, final BatchBoard board, final InstantSource clock, final Migrations migrations) {
        this.lock = requireNonNull(lock);
        this.board = requireNonNull(board);
        this.clock = requireNonNull(clock);
        this.migrations = requireNonNull(migrations);
    }

    List<Answer> submit(final BatchId id, final MigrationBatch batch, final List<Rejected> unclear) {
        synchronized (lock) {
            board.open(new BatchRecord(id, batch.cause(), batch.announced(), batch.concurrency(),
                clock.instant(), Optional.empty(), List.of()));
        }
        LOG.info("Batch {} of {} machines: {}", id, batch.notifications().size() + unclear.size(), batch.cause());
        final var convoy = new Convoy(id, batch.concurrency());
        final var answers = new ArrayList<Answer>();
        for (var notification : batch.notifications()) {
            try {
                answers.add(new MigrationBatch.Accepted(migrations.begin(notification, batch.announced(), convoy)));
            } catch (MigrationRejectedException e) {
                LOG.debug("Batch {} goes on without {}", id, notification.vm(), e);
                answers.add(new MigrationBatch.Rejected(e));
                synchronized (lock) {
                    board.add(id, new Rejected(machine(notification), e.getMessage()));
                }
            }
        }
        synchronized (lock) {
            unclear.forEach(one -> board.add(id, one));
            board.complete(id);
        }
        return answers;
    }

    /** The last ones first, so that none begins only to be stopped. */
    int cancel(final BatchId id) throws MigrationRejectedException {
        final List<Migrating> open;
        synchronized (lock) {
            open = board.find(id).orElseThrow(() -> new MigrationRejectedException(Kind.DATA_MISSING,
                "There is no batch " + id + ", or it ended too long ago to be shown")).members().stream()
                .filter(Migrating.class::isInstance).map(Migrating.class::cast)
                .filter(member -> !member.phase().isFinal())
                .toList();
        }
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

    static String machine(final StateMigrationNotification notification) {
        return notification.vmName().orElseGet(notification.vm()::toString);
    }
}
