// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.som.lifecycle.LegState.Stage;
import org.opendaylight.statemigration.som.lifecycle.LegState.Try;
import org.opendaylight.statemigration.som.model.Failure;

/**
 * The rules of a migration's life-cycle. Every event has a meaning in every state; one that comes late, twice or out of
 * place changes nothing.
 */
public final class MigrationStateMachine {
    /** How often a step that has to be done is tried before it waits for its State Host. */
    public static final int MAX_ATTEMPTS = 3;

    private MigrationStateMachine() {
        // Hidden on purpose
    }

    /**
     * What follows.
     *
     * @param state how far the migration is
     * @param migrationEvent what happened
     * @return what follows
     */
    public static Transition next(final MigrationState state, final MigrationEvent migrationEvent) {
        return switch (migrationEvent) {
            case MigrationEvent.Started(var following) -> !state.allAt(Stage.WAITING) ? unchanged(state)
                : state.awaited() ? prepareCopy(state, following) : start(state);
            case MigrationEvent.CopyCurrent(var leg) -> isUnderWay(state, leg, Step.DOWNLOAD) ? copyCurrent(state, leg)
                : unchanged(state);
            case MigrationEvent.Switched() -> state.awaited() ? switchOver(state.switched()) : unchanged(state);
            case MigrationEvent.CalledOff(var failure) -> state.awaited() ? undo(state, failure, true)
                : unchanged(state);
            case MigrationEvent.Refused(var failure) -> state.allAt(Stage.WAITING) ? undo(state, failure, false)
                : unchanged(state);
            case MigrationEvent.StepDone(var leg, var step) -> isUnderWay(state, leg, step) ? done(state, leg, step)
                : unchanged(state);
            case MigrationEvent.StepFailed(var leg, var step, var failure, var certain) -> isUnderWay(state, leg, step)
                ? failed(state, leg, step, failure, certain) : unchanged(state);
            case MigrationEvent.DeadlinePassed(var leg, var step, var failure) -> isUnderWay(state, leg, step)
                ? giveUp(state, leg, step, failure) : unchanged(state);
            case MigrationEvent.CancelRequested(var failure) -> state.isDecided() ? unchanged(state)
                : undo(state, failure, true);
            case MigrationEvent.HostReturned returned -> resume(state, returned);
        };
    }

    private static boolean isUnderWay(final MigrationState state, final int leg, final Step step) {
        return leg >= 0 && leg < state.legs().size() && state.legs().get(leg).isUnderWay(step);
    }

    private static Transition unchanged(final MigrationState state) {
        return new Transition(state, List.of());
    }

    private static Transition start(final MigrationState state) {
        return beginAll(state, Stage.PREPARING, Step.GET_READY, Step.UPLOAD);
    }

    /** A leg whose source does not tell changes has nothing to do until the VM has moved. */
    private static Transition prepareCopy(final MigrationState state, final Set<Integer> following) {
        final var legs = new ArrayList<LegState>();
        for (var leg : state.legs()) {
            legs.add(following.contains(legs.size()) ? leg.begin(Stage.PREPARING, Step.GET_READY, Step.UPLOAD)
                : leg.at(Stage.STANDING_BY));
        }
        return begun(state, legs);
    }

    private static Transition copyCurrent(final MigrationState state, final int index) {
        return unchanged(state.awaited() ? state.with(index, state.legs().get(index).at(Stage.STANDING_BY)) : state);
    }

    /** A leg with a copy goes on as it is, with packets held; one without begins now. */
    private static Transition switchOver(final MigrationState state) {
        return state.allAt(Stage.WAITING) ? unchanged(state) : begun(state, state.legs().stream()
            .map(leg -> leg.isUntouched() ? leg.begin(Stage.PREPARING, Step.GET_READY, Step.UPLOAD)
                : leg.with(Step.HOLD, Try.FIRST).at(leg.stage() == Stage.STANDING_BY ? Stage.TRANSFERRING
                    : leg.stage()))
            .toList());
    }

    private static Transition done(final MigrationState state, final int index, final Step step) {
        final var leg = state.legs().get(index).without(step);
        return switch (step) {
            case GET_READY -> new Transition(
                state.with(index, leg.with(Step.DOWNLOAD, Try.FIRST).at(Stage.TRANSFERRING)),
                List.of(new Command(index, Step.DOWNLOAD, 1)));
            case UPLOAD -> unchanged(state.with(index, leg));
            // While the VM has yet to move there is no last chunk
            case DOWNLOAD, HOLD -> {
                if (state.awaited()) {
                    yield unchanged(state);
                }
                final var now = state.with(index, leg.hasArrived() ? leg.at(Stage.TRANSFERRED) : leg);
                yield now.allAt(Stage.TRANSFERRED) ? beginAll(now, Stage.COMMITTING, Step.COMMIT) : unchanged(now);
            }
            case COMMIT -> {
                final var now = state.with(index, leg.at(Stage.COMMITTED));
                yield now.allAt(Stage.COMMITTED) ? beginAll(now, Stage.RELEASING, Step.RELEASE) : unchanged(now);
            }
            case RELEASE -> unchanged(state.with(index, leg.at(Stage.RELEASED)));
            case ABORT_DESTINATION, ABORT_SOURCE -> unchanged(state.with(index,
                leg.open().isEmpty() ? leg.at(undone(state.cancelled())) : leg));
        };
    }

    private static Transition failed(final MigrationState state, final int index, final Step step,
            final Failure failure, final boolean certain) {
        final var leg = state.legs().get(index);
        if (step.isUndoneOnFailure(certain)) {
            return undo(state.with(index, leg.failed(failure)), failure, false);
        }
        // What has to be done is tried again even after a plain no: a table that was busy may not be so any more
        final int attempt = leg.open().get(step).attempt() + 1;
        return attempt > MAX_ATTEMPTS ? giveUp(state, index, step, failure)
            : new Transition(state.with(index, leg.with(step, new Try(attempt, Optional.empty()))),
                List.of(new Command(index, step, attempt)));
    }

    /** A step was not done in the time or the number of attempts it has. */
    private static Transition giveUp(final MigrationState state, final int index, final Step step,
            final Failure failure) {
        final var leg = state.legs().get(index);
        return switch (step.onFailure()) {
            case UNDO -> undo(state.with(index, leg.failed(failure)), failure, false);
            case UNDO_IF_WITHOUT_EFFECT, RETRY -> unchanged(state.with(index,
                leg.with(step, new Try(leg.open().get(step).attempt(), Optional.of(failure)))));
            case RETRY_THEN_SKIP -> done(state, index, step);
        };
    }

    private static Transition undo(final MigrationState state, final Failure failure, final boolean cancelled) {
        return begun(new MigrationState(state.legs(), Optional.of(failure), cancelled, false), state.legs().stream()
            .map(leg -> leg.isUntouched() ? leg.begin(undone(cancelled))
                : leg.begin(Stage.ROLLING_BACK, Step.ABORT_DESTINATION, Step.ABORT_SOURCE))
            .toList());
    }

    private static Stage undone(final boolean cancelled) {
        return cancelled ? Stage.CANCELLED : Stage.FAILED;
    }

    private static Transition resume(final MigrationState state, final MigrationEvent.HostReturned returned) {
        final var commands = new ArrayList<Command>();
        var now = state;
        for (int index = 0; index < state.legs().size(); index++) {
            for (var step : Step.values()) {
                final var leg = now.legs().get(index);
                final var attempt = leg.open().get(step);
                if (attempt != null && attempt.isStalled() && leg.host(step).equals(returned.host())) {
                    now = now.with(index, leg.with(step, Try.FIRST));
                    commands.add(new Command(index, step, 1));
                }
            }
        }
        return new Transition(now, commands);
    }

    private static Transition beginAll(final MigrationState state, final Stage stage, final Step... steps) {
        return begun(state, state.legs().stream().map(leg -> leg.begin(stage, steps)).toList());
    }

    /** Command what is under way now and was not before. */
    private static Transition begun(final MigrationState state, final List<LegState> legs) {
        final var commands = new ArrayList<Command>();
        for (int index = 0; index < legs.size(); index++) {
            for (var step : Step.values()) {
                if (legs.get(index).open().containsKey(step) && !state.legs().get(index).open().containsKey(step)) {
                    commands.add(new Command(index, step, 1));
                }
            }
        }
        return new Transition(state.withLegs(legs), commands);
    }
}
