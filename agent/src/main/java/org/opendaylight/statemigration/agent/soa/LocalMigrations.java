// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.soa.stage.StageEvent;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The migrations that this State Host knows: those that are open, and those that ended within the last hour, so that
 * late and repeated messages are told from new ones.
 */
final class LocalMigrations {
    private static final Logger LOG = LoggerFactory.getLogger(LocalMigrations.class);
    /** Time for which ended migrations are remembered. */
    private static final Duration RETENTION = Duration.ofHours(1);
    /** Time for which a call waits for calls of the same migration that came before. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);
    /** Time that each call under way has to end when the agent stops. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    /** Ended migrations that are remembered, so that nobody can fill the memory by aborting made-up ones. */
    static final int MAX_ENDED = 10_000;

    private final Map<MigrationId, LocalMigration> known = new ConcurrentHashMap<>();
    private final StateHostContext host;
    private final OpenMigrationQuota quota;
    private volatile boolean closed;

    LocalMigrations(final StateHostContext host) {
        this.host = requireNonNull(host);
        quota = new OpenMigrationQuota(host.settings().limits());
    }

    OpenMigrationQuota quota() {
        return quota;
    }

    /**
     * Make a call on a migration, when those before it are done.
     *
     * @param id the migration, which need not be known
     * @param call the call
     * @return its answer
     * @throws AgentException if the call throws it
     * @throws InterruptedException if interrupted while waiting for calls before
     */
    <T> T with(final MigrationId id, final Call<T> call) throws AgentException, InterruptedException {
        while (true) {
            final var migration = known.computeIfAbsent(id, key -> new LocalMigration(host, key));
            if (!migration.lock().tryLock(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AgentException(Kind.RESOURCE_DENIED, "Another call of migration " + id
                    + " has been under way for more than " + CALL_TIMEOUT.toSeconds() + " s: try again later");
            }
            try {
                if (known.get(id) != migration) {
                    // Forgotten while we waited
                    continue;
                }
                if (closed) {
                    throw new AgentException(Kind.OPERATION_FAILED, "The agent is about to stop: try migration " + id
                        + " again later");
                }
                return call.on(migration);
            } finally {
                tidy(migration);
                migration.lock().unlock();
            }
        }
    }

    /** Do what time asks for. Migrations with a call under way are left for the next time. */
    void sweep() {
        for (var migration : known.values()) {
            if (migration.lock().tryLock()) {
                try {
                    migration.settle();
                } catch (AgentException e) {
                    LOG.warn("Migration {} is not undone yet, trying again: {}", migration.id(), e.getMessage(), e);
                } finally {
                    tidy(migration);
                    migration.lock().unlock();
                }
            }
        }
        makeOldCommitsFinal();
        final var limit = host.now().minus(RETENTION);
        known.values().stream()
            .filter(migration -> migration.ended().filter(ended -> !ended.isAfter(limit)).isPresent())
            .forEach(this::forget);
        final long surplus = known.size() - MAX_ENDED;
        if (surplus > 0) {
            known.values().stream()
                .filter(migration -> migration.ended().isPresent())
                .sorted(Comparator.comparing(migration -> migration.ended().orElseThrow()))
                .limit(surplus)
                .forEach(this::forget);
        }
    }

    /** To undo commits as many flows are remembered as one migration may have, those of the newest. */
    private void makeOldCommitsFinal() {
        long flows = 0;
        for (var migration : known.values().stream().filter(one -> one.ended().isPresent())
                .sorted(Comparator.comparing((LocalMigration one) -> one.ended().orElseThrow()).reversed()).toList()) {
            if (migration.lock().tryLock()) {
                try {
                    final int kept = migration.kept();
                    flows += kept;
                    if (kept > 0 && flows > host.settings().limits().flowsPerMigration()) {
                        migration.makeFinal();
                    }
                } finally {
                    migration.lock().unlock();
                }
            }
        }
    }

    /** Undo what is not finished, and accept nothing more. */
    void close() {
        closed = true;
        for (var migration : known.values()) {
            if (!lockUninterruptibly(migration)) {
                LOG.error("Migration {} is not undone before the agent stops: a call of it does not end",
                    migration.id());
                continue;
            }
            try {
                if (migration.isOpen()) {
                    migration.undo(StageEvent.ABORT);
                }
            } catch (AgentException e) {
                LOG.error("Migration {} could not be undone before the agent stops: {}", migration.id(),
                    e.getMessage(), e);
            } finally {
                migration.lock().unlock();
            }
        }
    }

    private static boolean lockUninterruptibly(final LocalMigration migration) {
        return Uninterruptibles.tryLockUninterruptibly(migration.lock(), CLOSE_TIMEOUT);
    }

    private void tidy(final LocalMigration migration) {
        if (!migration.isOpen()) {
            quota.leave(migration.id());
        }
        if (migration.stage() == AgentStage.UNKNOWN) {
            known.remove(migration.id(), migration);
        }
    }

    private void forget(final LocalMigration migration) {
        if (migration.lock().tryLock()) {
            try {
                if (migration.ended().isPresent() && !migration.isOpen()) {
                    // In this order: once it is not known the same id may begin anew
                    host.statuses().forget(migration.id());
                    known.remove(migration.id(), migration);
                }
            } finally {
                migration.lock().unlock();
            }
        }
    }

    /** A call on a migration. */
    @FunctionalInterface
    interface Call<T> {
        T on(LocalMigration migration) throws AgentException;
    }
}
