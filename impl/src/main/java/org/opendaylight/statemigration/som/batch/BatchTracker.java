// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.batch;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.model.BatchId;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.BatchRecord.Member;
import org.opendaylight.statemigration.som.model.BatchRecord.Migrating;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.Phase;

/**
 * How far the batches are. Used by the master under its lock only, so that nothing happens to a migration between its
 * beginning and its becoming a member.
 */
public final class BatchTracker {
    private final Map<BatchId, BatchRecord> batches = new LinkedHashMap<>();
    private final Set<BatchId> filling = new HashSet<>();
    /** Batches that have a part in migrations: more than one where a move was announced by another. */
    private final Map<MigrationId, Set<BatchId>> open = new HashMap<>();
    private final Deque<BatchId> ended = new ArrayDeque<>();
    private final MasterListener listener;
    private final InstantSource clock;
    private final IntSupplier recent;

    /**
     * A board without batches.
     *
     * @param listener sees batches as they change
     * @param clock what time it is
     * @param recent how many ended ones stay visible
     */
    public BatchTracker(final MasterListener listener, final InstantSource clock, final IntSupplier recent) {
        this.listener = requireNonNull(listener);
        this.clock = requireNonNull(clock);
        this.recent = requireNonNull(recent);
    }

    /**
     * There is a batch.
     *
     * @param batch the batch, without members
     */
    public void open(final BatchRecord batch) {
        batches.put(batch.id(), batch);
        filling.add(batch.id());
        listener.batchChanged(batch);
    }

    /**
     * A VM belongs to a batch.
     *
     * @param id the batch
     * @param member the VM
     */
    public void add(final BatchId id, final Member member) {
        final var batch = batches.get(id);
        final var members = new ArrayList<>(batch.members());
        members.add(member);
        if (member instanceof Migrating migrating && !migrating.phase().isFinal()) {
            open.computeIfAbsent(migrating.migration(), unknown -> new HashSet<>()).add(id);
        }
        batches.put(id, with(batch, members));
    }

    /**
     * All VMs of a batch have been added.
     *
     * @param id the batch
     */
    public void complete(final BatchId id) {
        filling.remove(id);
        tell(batches.get(id));
    }

    /**
     * A migration has got further.
     *
     * @param migration the migration, of whatever batch or of none
     * @param phase its phase
     */
    public void changed(final MigrationId migration, final Phase phase) {
        final var ids = phase.isFinal() ? open.remove(migration) : open.get(migration);
        if (ids != null) {
            ids.forEach(id -> changed(id, migration, phase));
        }
    }

    private void changed(final BatchId id, final MigrationId migration, final Phase phase) {
        final var before = batches.get(id);
        final var members = before.members().stream()
            .map(member -> member instanceof Migrating known && known.migration().equals(migration)
                ? new Migrating(known.machine(), migration, phase) : member)
            .toList();
        if (!members.equals(before.members())) {
            tell(with(before, members));
        }
    }

    /**
     * Find a batch.
     *
     * @param id the batch
     * @return what is known of it; empty if there is none, or it ended too long ago
     */
    public Optional<BatchRecord> find(final BatchId id) {
        return Optional.ofNullable(batches.get(id));
    }

    /** {@return all batches, in the order in which they were submitted} */
    public List<BatchRecord> all() {
        return List.copyOf(batches.values());
    }

    private void tell(final BatchRecord batch) {
        final boolean over = !filling.contains(batch.id()) && batch.isOver() && batch.endedAt().isEmpty();
        final var now = over ? new BatchRecord(batch.id(), batch.cause(), batch.announced(), batch.concurrency(),
            batch.startedAt(), Optional.of(clock.instant()), batch.members()) : batch;
        batches.put(now.id(), now);
        listener.batchChanged(now);
        if (over) {
            ended.add(now.id());
        }
        while (ended.size() > recent.getAsInt()) {
            final var oldest = ended.remove();
            batches.remove(oldest);
            listener.batchForgotten(oldest);
        }
    }

    private static BatchRecord with(final BatchRecord batch, final List<Member> members) {
        return new BatchRecord(batch.id(), batch.cause(), batch.announced(), batch.concurrency(), batch.startedAt(),
            batch.endedAt(), members);
    }
}
