// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.soa.stage.StageEvent;
import org.opendaylight.statemigration.agent.soa.stage.StageTransitions;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One migration at this State Host: its stage and what it did here. Every method but {@link #lock} and {@link #ended}
 * is called with the lock held.
 *
 * <p>To undo may fail half way. The migration then keeps its stage, and whatever comes next first tries to undo the
 * rest.
 */
final class LocalMigration {
    private static final Logger LOG = LoggerFactory.getLogger(LocalMigration.class);
    /** After which time a source that hears nothing takes the migration for dead and forgets its list. */
    private static final Duration SOURCE_TIMEOUT = Duration.ofHours(1);
    /** The same where changes are noted, which costs more than a list. */
    private static final Duration FOLLOWED_SOURCE_TIMEOUT = Duration.ofMinutes(10);

    private final StateHostContext host;
    private final MigrationId id;
    private final ReentrantLock lock = new ReentrantLock(true);

    private AgentStage stage = AgentStage.UNKNOWN;
    private MigrationSession session;
    private StageEvent undoing;
    private Instant heard;
    private volatile Instant ended;

    LocalMigration(final StateHostContext host, final MigrationId id) {
        this.host = requireNonNull(host);
        this.id = requireNonNull(id);
    }

    MigrationId id() {
        return id;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** {@return since when nothing more is to come, if so} */
    Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    AgentStage stage() {
        return stage;
    }

    /** {@return whether it may still have something here that belongs to no ended migration} */
    boolean isOpen() {
        return stage.isOpen() || undoing != null;
    }

    SourceSession source(final Opening<SourceSession> opening) throws AgentException {
        if (session == null) {
            session = opening.open();
        }
        return (SourceSession) session;
    }

    /** {@return the source's side of a migration in a stage that only a source has} */
    SourceSession source() {
        return (SourceSession) session;
    }

    DestinationSession destination(final Opening<DestinationSession> opening) throws AgentException {
        if (session == null) {
            session = opening.open();
        }
        return (DestinationSession) session;
    }

    /** {@return the destination's side of a migration in a stage that only a destination has} */
    DestinationSession destination() {
        return (DestinationSession) session;
    }

    /**
     * Do what an event asks for, if it may follow now.
     *
     * @param event the event
     * @param action what to do; if it fails the stage stays
     * @return the action's answer
     * @throws AgentException if the event may not follow, or the action fails
     */
    <T> T perform(final StageEvent event, final Action<T> action) throws AgentException {
        settle();
        heard = host.now();
        final var next = next(event);
        try {
            final T answer = action.perform();
            enter(next);
            return answer;
        } finally {
            recordStatus();
        }
    }

    /**
     * Undo all that was done here.
     *
     * @param why {@link StageEvent#ABORT} or {@link StageEvent#LEASE_OVER}
     * @return flows deleted
     * @throws AgentException if something could not be undone, or must not
     */
    int undo(final StageEvent why) throws AgentException {
        final var next = next(why);
        if (session != null && !session.isUndoable()) {
            return session.undo();
        }
        undoing = why;
        try {
            final int removed = session == null ? 0 : session.undo();
            undoing = null;
            enter(next);
            return removed;
        } finally {
            recordStatus();
        }
    }

    /**
     * Do what time asks for: undo what was not committed within its lease, or what could not be undone before.
     *
     * @throws AgentException if it could not be undone
     */
    void settle() throws AgentException {
        if (undoing != null) {
            undo(undoing);
        } else if (stage.isOpen()) {
            switch (session) {
                case DestinationSession destination when destination.isLeaseOver() -> {
                    LOG.warn("The lease of migration {} ran out in stage {}: undoing its {} flows", id, stage,
                        session.flows());
                    undo(StageEvent.LEASE_OVER);
                }
                case SourceSession source when source.isUndoable() && heard.plus(sourceTimeout()).isBefore(host.now())
                    -> {
                    LOG.warn("Nothing was heard of migration {} for {}: forgetting its list of {} flows", id,
                        sourceTimeout(), session.flows());
                    undo(StageEvent.ABORT);
                }
                default -> {
                    // There is time left
                }
            }
        }
    }

    /** {@return how many flows are remembered only so that a commit can be undone} */
    int kept() {
        return stage == AgentStage.COMMITTED && session.isUndoable() ? session.flows() : 0;
    }

    /** The commit is not to be undone any more. */
    void makeFinal() {
        destination().makeFinal();
    }

    private Duration sourceTimeout() {
        return stage == AgentStage.FOLLOWING ? FOLLOWED_SOURCE_TIMEOUT : SOURCE_TIMEOUT;
    }

    private AgentStage next(final StageEvent event) throws AgentException {
        return switch (StageTransitions.after(stage, event)) {
            case StageTransitions.Proceed(var next) -> next;
            case StageTransitions.Refused(var kind, var reason, var why) ->
                throw new AgentException(kind, reason, "Migration " + id + " " + why);
        };
    }

    private void enter(final AgentStage next) {
        if (stage != next) {
            LOG.info("Migration {} is {}, {} flows", id, next, session == null ? 0 : session.flows());
            stage = next;
            ended = next.isOpen() ? null : host.now();
        }
    }

    private void recordStatus() {
        if (stage != AgentStage.UNKNOWN && session != null) {
            host.statuses().record(new MigrationStatus(id, session.role(), stage, session.flows(), session.hold(),
                isOpen() ? session.leaseExpires() : Optional.empty()));
        }
    }

    /** What makes a side of a migration that begins. */
    @FunctionalInterface
    interface Opening<T extends MigrationSession> {
        T open() throws AgentException;
    }

    /** What an event asks for. */
    @FunctionalInterface
    interface Action<T> {
        T perform() throws AgentException;
    }
}
