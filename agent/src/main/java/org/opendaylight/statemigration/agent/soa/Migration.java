package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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
final class Migration {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
    /** After which time a source that hears nothing takes the migration for dead and forgets its list. */
    private static final Duration PATIENCE = Duration.ofHours(1);
    /** The same where changes are noted, which costs more than a list. */
    private static final Duration FOLLOWING_PATIENCE = Duration.ofMinutes(10);

    private final Host host;
    private final MigrationId id;
    private final ReentrantLock lock = new ReentrantLock(true);

    private Stage stage = Stage.UNKNOWN;
    private Side side;
    private Event undoing;
    private Instant heard;
    private volatile Instant ended;

    Migration(final Host host, final MigrationId id) {
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

    Stage stage() {
        return stage;
    }

    /** {@return whether it may still have something here that belongs to no ended migration} */
    boolean isOpen() {
        return stage.isOpen() || undoing != null;
    }

    SourceSide source(final Opening<SourceSide> opening) throws AgentException {
        if (side == null) {
            side = opening.open();
        }
        return (SourceSide) side;
    }

    /** {@return the source's side of a migration in a stage that only a source has} */
    SourceSide source() {
        return (SourceSide) side;
    }

    DestinationSide destination(final Opening<DestinationSide> opening) throws AgentException {
        if (side == null) {
            side = opening.open();
        }
        return (DestinationSide) side;
    }

    /** {@return the destination's side of a migration in a stage that only a destination has} */
    DestinationSide destination() {
        return (DestinationSide) side;
    }

    /**
     * Do what an event asks for, if it may follow now.
     *
     * @param event the event
     * @param action what to do; if it fails the stage stays
     * @return the action's answer
     * @throws AgentException if the event may not follow, or the action fails
     */
    <T> T perform(final Event event, final Action<T> action) throws AgentException {
        settle();
        heard = host.now();
        final var next = next(event);
        try {
            final T answer = action.perform();
            enter(next);
            return answer;
        } finally {
            journal();
        }
    }

    /**
     * Undo all that was done here.
     *
     * @param why {@link Event#ABORT} or {@link Event#LEASE_OVER}
     * @return flows deleted
     * @throws AgentException if something could not be undone, or must not
     */
    int undo(final Event why) throws AgentException {
        final var next = next(why);
        if (side != null && !side.isUndoable()) {
            return side.undo();
        }
        undoing = why;
        try {
            final int removed = side == null ? 0 : side.undo();
            undoing = null;
            enter(next);
            return removed;
        } finally {
            journal();
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
            switch (side) {
                case DestinationSide destination when destination.isLeaseOver() -> {
                    LOG.warn("The lease of migration {} ran out in stage {}: undoing its {} flows", id, stage,
                        side.flows());
                    undo(Event.LEASE_OVER);
                }
                case SourceSide source when source.isUndoable() && heard.plus(patience()).isBefore(host.now()) -> {
                    LOG.warn("Nothing was heard of migration {} for {}: forgetting its list of {} flows", id,
                        patience(), side.flows());
                    undo(Event.ABORT);
                }
                default -> {
                    // There is time left
                }
            }
        }
    }

    /** {@return how many flows are remembered only so that a commit can be undone} */
    int kept() {
        return stage == Stage.COMMITTED && side.isUndoable() ? side.flows() : 0;
    }

    /** The commit is not to be undone any more. */
    void makeFinal() {
        destination().makeFinal();
    }

    private Duration patience() {
        return stage == Stage.FOLLOWING ? FOLLOWING_PATIENCE : PATIENCE;
    }

    private Stage next(final Event event) throws AgentException {
        return switch (LifeCycle.after(stage, event)) {
            case LifeCycle.Proceed(var next) -> next;
            case LifeCycle.Refused(var kind, var why) -> throw new AgentException(kind, "Migration " + id + " " + why);
        };
    }

    private void enter(final Stage next) {
        if (stage != next) {
            LOG.info("Migration {} is {}, {} flows", id, next, side == null ? 0 : side.flows());
            stage = next;
            ended = next.isOpen() ? null : host.now();
        }
    }

    private void journal() {
        if (stage != Stage.UNKNOWN && side != null) {
            host.journal().record(new JournalEntry(id, side.role(), stage, side.flows(), side.hold(),
                isOpen() ? side.leaseExpires() : Optional.empty()));
        }
    }

    /** What makes a side of a migration that begins. */
    @FunctionalInterface
    interface Opening<T extends Side> {
        T open() throws AgentException;
    }

    /** What an event asks for. */
    @FunctionalInterface
    interface Action<T> {
        T perform() throws AgentException;
    }
}
