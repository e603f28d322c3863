// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.som.lifecycle.LegState.Attempt;
import org.opendaylight.statemigration.som.model.Failure;

/**
 * The rules of a migration's life-cycle. Every event has a meaning in every state; one that comes late, twice or out of
 * place changes nothing. These are all transitions of a leg (in brackets the steps that begin with them):
 *
 * <pre>
 * from                     when                                         to
 * WAITING                  Started, the VM has moved                    PREPARING [get-ready, upload]
 * WAITING                  Started, pre-copy, the source tells changes  PREPARING [get-ready, upload]
 * WAITING                  Started, pre-copy, it does not               STANDING_BY []
 * PREPARING                get-ready done                               TRANSFERRING [download]
 * TRANSFERRING             PreCopyCurrent, the VM has yet to move       STANDING_BY
 * STANDING_BY              SwitchedOver                                 TRANSFERRING [hold]
 * STANDING_BY, no steps    SwitchedOver                                 PREPARING [get-ready, upload]
 * PREPARING, TRANSFERRING  SwitchedOver                                 the same [hold]
 * TRANSFERRING             download done, and hold if it began          TRANSFERRED
 * TRANSFERRED              all legs are (first barrier)                 COMMITTING [commit]
 * COMMITTING               commit done                                  COMMITTED
 * COMMITTED                all legs are (second barrier)                RELEASING [release]
 * RELEASING                release done                                 RELEASED
 *
 * any before RELEASING     the migration is undone, see below           ROLLING_BACK [abort at both sides]
 * the same, no steps yet   the migration is undone                      FAILED or CANCELLED
 * ROLLING_BACK             both aborts done                             FAILED or CANCELLED
 * </pre>
 *
 * <p>A migration is undone, all its legs together, by CancelRequested before the second barrier, by CalledOff while the
 * VM has yet to move, by StartRejected, and by a step that fails or takes too long if {@link Step} says so. If a step
 * is to be tried again, it is done so often ({@link #MAX_ATTEMPTS}) and then waits for its State Host: the leg stays in
 * its stage, the phase that is shown is UNKNOWN, and HostReturned begins the step anew.
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
            case MigrationEvent.Started(var preCopied) -> !state.allAt(LegStage.WAITING) ? unchanged(state)
                : state.preCopy() ? prepareCopy(state, preCopied) : start(state);
            case MigrationEvent.PreCopyCurrent(var leg) -> isUnderWay(state, leg, Step.DOWNLOAD) ? copyCurrent(state,
                leg)
                : unchanged(state);
            case MigrationEvent.SwitchedOver() -> state.preCopy() ? switchOver(state.switchedOver()) : unchanged(state);
            case MigrationEvent.CalledOff(var failure) -> state.preCopy() ? undo(state, failure, true)
                : unchanged(state);
            case MigrationEvent.StartRejected(var failure) -> state.allAt(LegStage.WAITING) ? undo(state, failure,
                false)
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
        return beginAll(state, LegStage.PREPARING, Step.GET_READY, Step.UPLOAD);
    }

    /** A leg whose source does not tell changes has nothing to do until the VM has moved. */
    private static Transition prepareCopy(final MigrationState state, final Set<Integer> preCopied) {
        final var legs = new ArrayList<LegState>();
        for (var leg : state.legs()) {
            legs.add(preCopied.contains(legs.size()) ? leg.begin(LegStage.PREPARING, Step.GET_READY, Step.UPLOAD)
                : leg.at(LegStage.STANDING_BY));
        }
        return begun(state, legs);
    }

    private static Transition copyCurrent(final MigrationState state, final int index) {
        return unchanged(state.preCopy() ? state.with(index, state.legs().get(index).at(LegStage.STANDING_BY)) : state);
    }

    /** A leg with a copy goes on as it is, with packets held; one without begins now. */
    private static Transition switchOver(final MigrationState state) {
        return state.allAt(LegStage.WAITING) ? unchanged(state) : begun(state, state.legs().stream()
            .map(leg -> leg.isUntouched() ? leg.begin(LegStage.PREPARING, Step.GET_READY, Step.UPLOAD)
                : leg.with(Step.HOLD, Attempt.FIRST).at(leg.stage() == LegStage.STANDING_BY ? LegStage.TRANSFERRING
                    : leg.stage()))
            .toList());
    }

    private static Transition done(final MigrationState state, final int index, final Step step) {
        final var leg = state.legs().get(index).without(step);
        return switch (step) {
            case GET_READY -> new Transition(
                state.with(index, leg.with(Step.DOWNLOAD, Attempt.FIRST).at(LegStage.TRANSFERRING)),
                List.of(new Command(index, Step.DOWNLOAD, 1)));
            case UPLOAD -> unchanged(state.with(index, leg));
            // While the VM has yet to move there is no last chunk
            case DOWNLOAD, HOLD -> {
                if (state.preCopy()) {
                    yield unchanged(state);
                }
                final var now = state.with(index, leg.hasArrived() ? leg.at(LegStage.TRANSFERRED) : leg);
                yield now.allAt(LegStage.TRANSFERRED) ? beginAll(now, LegStage.COMMITTING, Step.COMMIT)
                    : unchanged(now);
            }
            case COMMIT -> {
                final var now = state.with(index, leg.at(LegStage.COMMITTED));
                yield now.allAt(LegStage.COMMITTED) ? beginAll(now, LegStage.RELEASING, Step.RELEASE) : unchanged(now);
            }
            case RELEASE -> unchanged(state.with(index, leg.at(LegStage.RELEASED)));
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
            : new Transition(state.with(index, leg.with(step, new Attempt(attempt, Optional.empty()))),
                List.of(new Command(index, step, attempt)));
    }

    /** A step was not done in the time or the number of attempts it has. */
    private static Transition giveUp(final MigrationState state, final int index, final Step step,
            final Failure failure) {
        final var leg = state.legs().get(index);
        return switch (step.onFailure()) {
            case UNDO -> undo(state.with(index, leg.failed(failure)), failure, false);
            case UNDO_IF_WITHOUT_EFFECT, RETRY -> unchanged(state.with(index,
                leg.with(step, new Attempt(leg.open().get(step).attempt(), Optional.of(failure)))));
            case RETRY_THEN_SKIP -> done(state, index, step);
        };
    }

    private static Transition undo(final MigrationState state, final Failure failure, final boolean cancelled) {
        return begun(new MigrationState(state.legs(), Optional.of(failure), cancelled, false), state.legs().stream()
            .map(leg -> leg.isUntouched() ? leg.begin(undone(cancelled))
                : leg.begin(LegStage.ROLLING_BACK, Step.ABORT_DESTINATION, Step.ABORT_SOURCE))
            .toList());
    }

    private static LegStage undone(final boolean cancelled) {
        return cancelled ? LegStage.CANCELLED : LegStage.FAILED;
    }

    private static Transition resume(final MigrationState state, final MigrationEvent.HostReturned returned) {
        final var commands = new ArrayList<Command>();
        var now = state;
        for (int index = 0; index < state.legs().size(); index++) {
            for (var step : Step.values()) {
                final var leg = now.legs().get(index);
                final var attempt = leg.open().get(step);
                if (attempt != null && attempt.isStalled() && leg.host(step).equals(returned.host())) {
                    now = now.with(index, leg.with(step, Attempt.FIRST));
                    commands.add(new Command(index, step, 1));
                }
            }
        }
        return new Transition(now, commands);
    }

    private static Transition beginAll(final MigrationState state, final LegStage stage, final Step... steps) {
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
