// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.batch;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.BatchRecord.Member;
import org.opendaylight.statemigration.som.model.BatchRecord.Migrating;
import org.opendaylight.statemigration.som.model.Phase;

/** How far one batch is. Guarded by the tracker. */
final class BatchProgress {
    private final BatchRecord begun;
    private final List<Member> members = new ArrayList<>();
    private final Map<MigrationId, List<Integer>> positions = new HashMap<>();
    private int open;
    private boolean complete;
    private Optional<Instant> endedAt = Optional.empty();

    /**
     * A batch whose members are being added.
     *
     * @param begun the batch, without members
     */
    BatchProgress(final BatchRecord begun) {
        this.begun = requireNonNull(begun);
    }

    void add(final Member member) {
        if (member instanceof Migrating migrating) {
            positions.computeIfAbsent(migrating.migration(), unknown -> new ArrayList<>()).add(members.size());
            open += migrating.phase().isFinal() ? 0 : 1;
        }
        members.add(member);
    }

    /** All members have been added. */
    void complete() {
        complete = true;
    }

    /** {@return whether that makes a difference} */
    boolean changed(final MigrationId migration, final Phase phase) {
        boolean different = false;
        for (int position : positions.getOrDefault(migration, List.of())) {
            if (members.get(position) instanceof Migrating before && before.phase() != phase) {
                members.set(position, new Migrating(before.vm(), migration, phase));
                open += (before.phase().isFinal() ? 1 : 0) - (phase.isFinal() ? 1 : 0);
                different = true;
            }
        }
        return different;
    }

    /** {@return whether it ends with this call} */
    boolean end(final Instant now) {
        final boolean ends = complete && open == 0 && endedAt.isEmpty();
        if (ends) {
            endedAt = Optional.of(now);
        }
        return ends;
    }

    BatchRecord record() {
        return new BatchRecord(begun.id(), begun.cause(), begun.announced(), begun.concurrency(), begun.startedAt(),
            endedAt, members);
    }
}
