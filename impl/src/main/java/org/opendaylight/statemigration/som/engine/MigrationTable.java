// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.scheduling.VmIndex;

/**
 * The migrations under way and recent ones, in the order in which they became known. Guarded by its own monitor, under
 * which nobody else is called.
 */
final class MigrationTable {
    private final Map<MigrationId, MigrationRun> runs = new LinkedHashMap<>();
    private final VmIndex<MigrationRun> runsOfVms = new VmIndex<>();
    private final Deque<MigrationId> ended = new ArrayDeque<>();
    private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
    private boolean closed;

    /**
     * A migration becomes known, unless it takes the place of one that is overtaken.
     *
     * @param run the migration
     * @param predecessor the one whose place it takes, if any
     * @return those of the same VM that had been announced and not fulfilled by then; empty if it is not wanted any
     *     more
     */
    synchronized Optional<List<MigrationRun>> add(final MigrationRun run, final Optional<MigrationRun> predecessor) {
        if (predecessor.filter(MigrationRun::isOvertaken).isPresent()) {
            return Optional.empty();
        }
        final var awaited = awaited(run.notification().vm());
        runs.put(run.id(), run);
        runsOfVms.add(run.notification().vm(), run);
        return Optional.of(awaited);
    }

    /**
     * A migration has ended.
     *
     * @param run the migration
     * @param recent how many ended ones stay
     * @return those that are not kept any more
     */
    synchronized List<MigrationRun> end(final MigrationRun run, final int recent) {
        ended.add(run.id());
        final var forgotten = new ArrayList<MigrationRun>();
        while (ended.size() > recent) {
            final var oldest = runs.remove(ended.remove());
            runsOfVms.remove(oldest.notification().vm(), oldest);
            forgotten.add(oldest);
        }
        return forgotten;
    }

    /**
     * A VM is elsewhere than other migrations of it bring it, even if none will follow this move.
     *
     * @param move how it has moved
     */
    synchronized void overtake(final StateMigrationNotification move) {
        of(move.vm()).filter(run -> !run.isPreCopy() && !run.notification().isSameMove(move))
            .forEach(run -> run.overtake(move));
    }

    synchronized Optional<MigrationRun> find(final MigrationId id) {
        return Optional.ofNullable(runs.get(id));
    }

    synchronized List<MigrationRun> all() {
        return List.copyOf(runs.values());
    }

    /** {@return those of a VM that were announced and not fulfilled yet} */
    synchronized List<MigrationRun> awaited(final VmIdentity vm) {
        return of(vm).filter(MigrationRun::isPreCopy).toList();
    }

    /** That of others that share an address with it too. */
    private Stream<MigrationRun> of(final VmIdentity vm) {
        return runsOfVms.overlapping(vm).stream();
    }

    /** A migration has got further: perhaps nothing is left to do. */
    void changed() {
        if (isOver()) {
            allEnded.complete(null);
        }
    }

    /** {@return done when nothing is left to do for any of them, apart from what waits for a State Host} */
    Future<Void> close() {
        synchronized (this) {
            closed = true;
        }
        changed();
        return allEnded;
    }

    private synchronized boolean isOver() {
        final Predicate<Phase> open = phase -> !phase.isFinal() && phase != Phase.UNKNOWN;
        return closed && runs.values().stream().map(run -> run.record().phase()).noneMatch(open);
    }
}
