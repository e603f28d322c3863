// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.batch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.model.BatchId;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.BatchRecord.Migrating;
import org.opendaylight.statemigration.som.model.BatchRecord.Rejected;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.worker.Mailbox;
import org.opendaylight.statemigration.som.worker.TaskScheduler;

/**
 * How far the batches are. Guarded by its own monitor; the listener is told in a mailbox, of several changes at once
 * where they come faster than an interval, since a record has all members.
 */
public final class BatchTracker {
    private final Map<BatchId, BatchProgress> batches = new HashMap<>();
    /** Batches that have a part in migrations: more than one where a move was announced by another. */
    private final Map<MigrationId, Set<BatchId>> open = new HashMap<>();
    private final Deque<BatchId> ended = new ArrayDeque<>();
    private final Map<BatchId, Instant> shownAt = new HashMap<>();
    private final Set<BatchId> unshown = new HashSet<>();
    private final MasterListener listener;
    private final InstantSource clock;
    private final IntSupplier recent;
    private final Duration interval;
    private final Mailbox mailbox;
    private final TaskScheduler scheduler;

    /**
     * A tracker without batches.
     *
     * @param listener sees batches as they change
     * @param clock what time it is
     * @param recent how many ended ones stay visible
     * @param interval how often progress is shown at most
     * @param mailbox where the listener is told
     * @param scheduler waits for the interval
     */
    public BatchTracker(final MasterListener listener, final InstantSource clock, final IntSupplier recent,
            final Duration interval, final Mailbox mailbox, final TaskScheduler scheduler) {
        this.listener = requireNonNull(listener);
        this.clock = requireNonNull(clock);
        this.recent = requireNonNull(recent);
        this.interval = requireNonNull(interval);
        this.mailbox = requireNonNull(mailbox);
        this.scheduler = requireNonNull(scheduler);
    }

    /**
     * There is a batch.
     *
     * @param batch the batch, without members
     */
    synchronized void open(final BatchRecord batch) {
        batches.put(batch.id(), new BatchProgress(batch));
        show(batch.id(), Duration.ZERO);
    }

    /**
     * A VM of a batch has a migration.
     *
     * @param id the batch
     * @param vm the VM, for people
     * @param migration the migration
     * @param phase its phase, asked for under the monitor so that no later one is missed
     */
    public synchronized void add(final BatchId id, final String vm, final MigrationId migration,
            final Supplier<Phase> phase) {
        final var now = phase.get();
        batches.get(id).add(new Migrating(vm, migration, now));
        if (!now.isFinal()) {
            open.computeIfAbsent(migration, unknown -> new HashSet<>()).add(id);
        }
    }

    /**
     * A VM of a batch has none.
     *
     * @param id the batch
     * @param member the VM
     */
    synchronized void add(final BatchId id, final Rejected member) {
        batches.get(id).add(member);
    }

    /**
     * All VMs of a batch have been added.
     *
     * @param id the batch
     */
    synchronized void complete(final BatchId id) {
        batches.get(id).complete();
        if (!end(id)) {
            show(id, Duration.ZERO);
        }
    }

    /**
     * A migration has got further.
     *
     * @param migration the migration, of whatever batch or of none
     * @param phase its phase
     */
    public synchronized void changed(final MigrationId migration, final Phase phase) {
        final var ids = phase.isFinal() ? open.remove(migration) : open.get(migration);
        if (ids != null) {
            for (var id : ids) {
                if (batches.get(id).changed(migration, phase) && !end(id)) {
                    showLater(id);
                }
            }
        }
    }

    private boolean end(final BatchId id) {
        if (!batches.get(id).end(clock.instant())) {
            return false;
        }
        show(id, Duration.ZERO);
        ended.add(id);
        // Behind the record that is shown now, so that it is still there by then
        mailbox.execute(this::forgetOldest);
        return true;
    }

    private void forgetOldest() {
        final var forgotten = new ArrayDeque<BatchId>();
        synchronized (this) {
            while (ended.size() > recent.getAsInt()) {
                final var oldest = ended.remove();
                batches.remove(oldest);
                shownAt.remove(oldest);
                unshown.remove(oldest);
                forgotten.add(oldest);
            }
        }
        forgotten.forEach(listener::batchForgotten);
    }

    private void showLater(final BatchId id) {
        if (!unshown.contains(id)) {
            show(id, Duration.between(clock.instant(), shownAt.getOrDefault(id, Instant.EPOCH).plus(interval)));
        }
    }

    private void show(final BatchId id, final Duration delay) {
        unshown.add(id);
        if (delay.isPositive()) {
            scheduler.after(delay, () -> mailbox.execute(() -> show(id)));
        } else {
            mailbox.execute(() -> show(id));
        }
    }

    private void show(final BatchId id) {
        final BatchRecord record;
        synchronized (this) {
            if (!unshown.remove(id)) {
                return;
            }
            shownAt.put(id, clock.instant());
            record = batches.get(id).record();
        }
        listener.batchChanged(record);
    }

    /**
     * Find a batch.
     *
     * @param id the batch
     * @return what is known of it; empty if there is none, or it ended too long ago
     */
    synchronized Optional<BatchRecord> find(final BatchId id) {
        return Optional.ofNullable(batches.get(id)).map(BatchProgress::record);
    }
}
