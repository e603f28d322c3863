// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.Phase;

class MigrationStateMachineTest {
    private static final AgentException.Request REQUEST =
        new AgentException.Request(new StateHostId("fw1"), "upload");
    static final Failure ERROR = new Failure.ControllerFailed(REQUEST);
    static final Failure LATE = new Failure.TooSlow(REQUEST, Duration.ofSeconds(1));
    static final Failure WISH = new Failure.Cancelled(Failure.Cancelled.Cause.OPERATOR);
    private static final StateHostId A = new StateHostId("a");
    private static final StateHostId B = new StateHostId("b");
    private static final StateHostId C = new StateHostId("c");

    /** A state reached by events, and what was commanded last. */
    private static final class Play {
        private MigrationState state;
        private List<Command> commands = List.of();

        Play(final int legs) {
            state = MigrationState.notified(legs == 1 ? List.of(new Leg(A, B, List.of()))
                : List.of(new Leg(A, B, List.of()), new Leg(A, C, List.of())));
        }

        static Play announced(final int legs) {
            final var play = new Play(legs);
            play.state = MigrationState.announced(play.state.legs().stream()
                .map(leg -> new Leg(leg.source(), leg.destination(), List.of())).toList());
            return play;
        }

        Play on(final MigrationEvent... events) {
            for (var migrationEvent : events) {
                final var transition = MigrationStateMachine.next(state, migrationEvent);
                state = transition.state();
                commands = transition.commands();
            }
            return this;
        }

        Play done(final int leg, final Step... steps) {
            for (var step : steps) {
                on(new MigrationEvent.StepDone(leg, step));
            }
            return this;
        }

        Play failed(final Step step, final boolean certain, final int times) {
            for (int count = 0; count < times; count++) {
                on(new MigrationEvent.StepFailed(0, step, ERROR, certain));
            }
            return this;
        }

        void expect(final Phase phase, final Command... expected) {
            assertEquals(phase, state.phase());
            assertEquals(List.of(expected), commands);
        }
    }

    private static Play started() {
        return new Play(1).on(new MigrationEvent.Started());
    }

    /** Announced, and the source tells changes. */
    private static Play copying() {
        return Play.announced(1).on(new MigrationEvent.Started(Set.of(0)));
    }

    private static Play at(final Phase phase) {
        return switch (phase) {
            case NOTIFIED -> new Play(1);
            case PREPARING -> started();
            case TRANSFERRING -> started().done(0, Step.GET_READY);
            case STANDING_BY -> copying().done(0, Step.GET_READY).on(new MigrationEvent.PreCopyCurrent(0));
            case COMMITTING -> at(Phase.TRANSFERRING).done(0, Step.UPLOAD, Step.DOWNLOAD);
            case RELEASING -> at(Phase.COMMITTING).done(0, Step.COMMIT);
            case COMPLETED -> at(Phase.RELEASING).done(0, Step.RELEASE);
            case ROLLING_BACK -> at(Phase.COMMITTING).failed(Step.COMMIT, true, 1);
            case FAILED -> at(Phase.ROLLING_BACK).done(0, Step.ABORT_SOURCE, Step.ABORT_DESTINATION);
            case CANCELLED -> at(Phase.TRANSFERRING).on(new MigrationEvent.CancelRequested(WISH))
                .done(0, Step.ABORT_DESTINATION, Step.ABORT_SOURCE);
            case UNKNOWN -> at(Phase.COMMITTING).failed(Step.COMMIT, false, MigrationStateMachine.MAX_ATTEMPTS);
        };
    }

    @Test
    void theGoodWay() {
        at(Phase.PREPARING).expect(Phase.PREPARING, new Command(0, Step.GET_READY, 1), new Command(0, Step.UPLOAD, 1));
        at(Phase.TRANSFERRING).expect(Phase.TRANSFERRING, new Command(0, Step.DOWNLOAD, 1));
        at(Phase.COMMITTING).expect(Phase.COMMITTING, new Command(0, Step.COMMIT, 1));
        at(Phase.RELEASING).expect(Phase.RELEASING, new Command(0, Step.RELEASE, 1));
        at(Phase.COMPLETED).expect(Phase.COMPLETED);
    }

    @Test
    void stateHostsAreOccupiedAsLongAsSomethingIsLeftToDoThere() {
        assertEquals(List.of(A, B), at(Phase.STANDING_BY).state.occupied());
        assertEquals(List.of(A, B), at(Phase.UNKNOWN).state.occupied());
        assertEquals(List.of(A), at(Phase.RELEASING).state.occupied());
        assertEquals(List.of(A), at(Phase.RELEASING).failed(Step.RELEASE, false, MigrationStateMachine.MAX_ATTEMPTS)
            .state
            .occupied());
        assertEquals(List.of(), at(Phase.COMPLETED).state.occupied());
        assertEquals(List.of(B), at(Phase.ROLLING_BACK).done(0, Step.ABORT_SOURCE).state.occupied());
        assertEquals(List.of(), at(Phase.CANCELLED).state.occupied());
    }

    /** Which phase each event leads to from each phase, for one leg. What is not in the table changes nothing. */
    @Test
    void everyEventInEveryPhase() {
        final var table = new EnumMap<Phase, Map<String, Phase>>(Phase.class);
        for (var phase : Phase.values()) {
            final var row = new LinkedHashMap<String, Phase>();
            events().forEach((name, migrationEvent) -> {
                final var before = at(phase).state;
                final var transition = MigrationStateMachine.next(before, migrationEvent);
                if (!transition.state().equals(before) || !transition.commands().isEmpty()) {
                    row.put(name, transition.state().phase());
                }
            });
            table.put(phase, row);
        }
        final var expected = new EnumMap<Phase, Map<String, Phase>>(Phase.class);
        expected.put(Phase.NOTIFIED, Map.of("started", Phase.PREPARING, "refused", Phase.FAILED,
            "cancel", Phase.CANCELLED));
        expected.put(Phase.PREPARING, Map.ofEntries(
            Map.entry("done GET_READY", Phase.TRANSFERRING), Map.entry("done UPLOAD", Phase.PREPARING),
            Map.entry("certain GET_READY", Phase.ROLLING_BACK), Map.entry("uncertain GET_READY", Phase.ROLLING_BACK),
            Map.entry("late GET_READY", Phase.ROLLING_BACK), Map.entry("certain UPLOAD", Phase.ROLLING_BACK),
            Map.entry("uncertain UPLOAD", Phase.ROLLING_BACK), Map.entry("late UPLOAD", Phase.ROLLING_BACK),
            Map.entry("cancel", Phase.ROLLING_BACK)));
        expected.put(Phase.TRANSFERRING, Map.ofEntries(
            Map.entry("done UPLOAD", Phase.TRANSFERRING), Map.entry("done DOWNLOAD", Phase.COMMITTING),
            Map.entry("certain UPLOAD", Phase.ROLLING_BACK), Map.entry("uncertain UPLOAD", Phase.ROLLING_BACK),
            Map.entry("late UPLOAD", Phase.ROLLING_BACK), Map.entry("certain DOWNLOAD", Phase.ROLLING_BACK),
            Map.entry("uncertain DOWNLOAD", Phase.ROLLING_BACK), Map.entry("late DOWNLOAD", Phase.ROLLING_BACK),
            Map.entry("cancel", Phase.ROLLING_BACK)));
        expected.put(Phase.STANDING_BY, Map.ofEntries(
            Map.entry("switched", Phase.TRANSFERRING), Map.entry("called off", Phase.ROLLING_BACK),
            Map.entry("done UPLOAD", Phase.STANDING_BY),
            Map.entry("certain UPLOAD", Phase.ROLLING_BACK), Map.entry("uncertain UPLOAD", Phase.ROLLING_BACK),
            Map.entry("late UPLOAD", Phase.ROLLING_BACK), Map.entry("certain DOWNLOAD", Phase.ROLLING_BACK),
            Map.entry("uncertain DOWNLOAD", Phase.ROLLING_BACK), Map.entry("late DOWNLOAD", Phase.ROLLING_BACK),
            Map.entry("cancel", Phase.ROLLING_BACK)));
        expected.put(Phase.COMMITTING, Map.of("done COMMIT", Phase.RELEASING, "certain COMMIT", Phase.ROLLING_BACK,
            "uncertain COMMIT", Phase.COMMITTING, "late COMMIT", Phase.UNKNOWN, "cancel", Phase.ROLLING_BACK));
        expected.put(Phase.RELEASING, Map.of("done RELEASE", Phase.COMPLETED, "certain RELEASE", Phase.RELEASING,
            "uncertain RELEASE", Phase.RELEASING, "late RELEASE", Phase.UNKNOWN));
        expected.put(Phase.COMPLETED, Map.of());
        expected.put(Phase.ROLLING_BACK, Map.of("done ABORT_DESTINATION", Phase.ROLLING_BACK,
            "certain ABORT_DESTINATION", Phase.ROLLING_BACK, "uncertain ABORT_DESTINATION", Phase.ROLLING_BACK,
            "late ABORT_DESTINATION", Phase.UNKNOWN, "done ABORT_SOURCE", Phase.ROLLING_BACK,
            "certain ABORT_SOURCE", Phase.ROLLING_BACK, "uncertain ABORT_SOURCE", Phase.ROLLING_BACK,
            "late ABORT_SOURCE", Phase.ROLLING_BACK));
        expected.put(Phase.FAILED, Map.of());
        expected.put(Phase.CANCELLED, Map.of());
        expected.put(Phase.UNKNOWN, Map.of("returned b", Phase.COMMITTING, "cancel", Phase.ROLLING_BACK));
        assertEquals(expected, table);
    }

    private static Map<String, MigrationEvent> events() {
        final var events = new LinkedHashMap<String, MigrationEvent>();
        events.put("started", new MigrationEvent.Started());
        events.put("current", new MigrationEvent.PreCopyCurrent(0));
        events.put("switched", new MigrationEvent.SwitchedOver());
        events.put("called off", new MigrationEvent.CalledOff(WISH));
        events.put("refused", new MigrationEvent.StartRejected(ERROR));
        events.put("cancel", new MigrationEvent.CancelRequested(WISH));
        events.put("returned a", new MigrationEvent.HostReturned(A));
        events.put("returned b", new MigrationEvent.HostReturned(B));
        events.put("returned stranger", new MigrationEvent.HostReturned(C));
        for (var step : Step.values()) {
            events.put("done " + step, new MigrationEvent.StepDone(0, step));
            events.put("certain " + step, new MigrationEvent.StepFailed(0, step, ERROR, true));
            events.put("uncertain " + step, new MigrationEvent.StepFailed(0, step, ERROR, false));
            events.put("late " + step, new MigrationEvent.DeadlinePassed(0, step, LATE));
            events.put("no such leg " + step, new MigrationEvent.StepDone(1, step));
            events.put("negative leg " + step, new MigrationEvent.StepFailed(-1, step, ERROR, true));
        }
        return events;
    }

    /** Every state that two legs can reach, times every event: total, and true to the barriers. */
    @Test
    void everyReachableStateTakesEveryEvent() {
        final var events = new ArrayList<>(events().values());
        events.add(new MigrationEvent.Started(Set.of(1)));
        events.add(new MigrationEvent.PreCopyCurrent(1));
        for (var step : Step.values()) {
            events.add(new MigrationEvent.StepFailed(1, step, ERROR, true));
            events.add(new MigrationEvent.StepFailed(1, step, ERROR, false));
            events.add(new MigrationEvent.DeadlinePassed(1, step, LATE));
        }
        final Set<MigrationState> seen = new HashSet<>();
        final var queue = new ArrayList<MigrationState>();
        queue.add(new Play(2).state);
        queue.add(Play.announced(2).state);
        while (!queue.isEmpty()) {
            final var state = queue.removeLast();
            if (seen.add(state)) {
                for (var migrationEvent : events) {
                    final var transition = MigrationStateMachine.next(state, migrationEvent);
                    check(state, transition);
                    queue.add(transition.state());
                }
            }
        }
        assertTrue(seen.size() > 500, "Reached " + seen.size() + " states only");
        final var phases = EnumSet.noneOf(Phase.class);
        seen.forEach(state -> phases.add(state.phase()));
        assertEquals(EnumSet.allOf(Phase.class), phases);
    }

    private static void check(final MigrationState before, final Transition transition) {
        final var after = transition.state();
        if (before.phase().isFinal()) {
            assertEquals(before, after);
            assertEquals(List.of(), transition.commands());
        }
        if (before.isDecided()) {
            assertTrue(after.isDecided(), "What is settled stays settled");
            assertEquals(before.failure(), after.failure());
        }
        assertFalse(!before.preCopy() && after.preCopy(), "A VM that has moved is not preCopy any more");
        assertFalse(after.preCopy() && after.failure().isPresent(), "What is undone is preCopy no more");
        for (var command : transition.commands()) {
            final var leg = after.legs().get(command.leg());
            assertTrue(leg.isUnderWay(command.step()), command + " is commanded, but not under way");
            switch (command.step()) {
                case RELEASE -> assertTrue(before.failure().isEmpty() && !after.preCopy() && after.legs().stream()
                    .allMatch(each -> each.stage() == LegStage.RELEASING || each.stage() == LegStage.RELEASED));
                case COMMIT -> assertTrue(after.legs().stream()
                    .allMatch(each -> each.stage() == LegStage.COMMITTING || each.stage() == LegStage.COMMITTED));
                case ABORT_DESTINATION, ABORT_SOURCE -> assertTrue(after.failure().isPresent());
                case GET_READY, UPLOAD, DOWNLOAD -> assertTrue(after.failure().isEmpty());
                case HOLD -> assertTrue(after.failure().isEmpty() && !after.preCopy(), "Packets are held too soon");
                default -> throw new AssertionError(command);
            }
        }
        // Nothing hangs: whatever is not final has something under way or waits for a host
        assertTrue(after.phase().isFinal() || after.allAt(LegStage.WAITING) || after.preCopy()
            || after.legs().stream().anyMatch(leg -> !leg.open().isEmpty()), "Nothing would ever happen in " + after);
    }

    @Test
    void announcedMoveIsCopiedAndSwitched() {
        final var play = copying();
        play.expect(Phase.PREPARING, new Command(0, Step.GET_READY, 1), new Command(0, Step.UPLOAD, 1));
        play.done(0, Step.GET_READY).expect(Phase.TRANSFERRING, new Command(0, Step.DOWNLOAD, 1));
        play.on(new MigrationEvent.PreCopyCurrent(0)).expect(Phase.STANDING_BY);
        play.on(new MigrationEvent.PreCopyCurrent(0)).expect(Phase.STANDING_BY);
        play.on(new MigrationEvent.SwitchedOver()).expect(Phase.TRANSFERRING, new Command(0, Step.HOLD, 1));
        play.on(new MigrationEvent.SwitchedOver()).expect(Phase.TRANSFERRING);
        play.done(0, Step.HOLD).expect(Phase.TRANSFERRING);
        play.done(0, Step.UPLOAD, Step.DOWNLOAD).expect(Phase.COMMITTING, new Command(0, Step.COMMIT, 1));
    }

    @Test
    void switchThatComesDuringTheCopyHoldsAtOnce() {
        final var preparing = copying().on(new MigrationEvent.SwitchedOver());
        preparing.expect(Phase.PREPARING, new Command(0, Step.HOLD, 1));
        preparing.done(0, Step.HOLD, Step.GET_READY).expect(Phase.TRANSFERRING, new Command(0, Step.DOWNLOAD, 1));
        preparing.on(new MigrationEvent.PreCopyCurrent(0)).expect(Phase.TRANSFERRING);
        preparing.done(0, Step.DOWNLOAD).expect(Phase.COMMITTING, new Command(0, Step.COMMIT, 1));
        copying().done(0, Step.GET_READY).on(new MigrationEvent.SwitchedOver())
            .expect(Phase.TRANSFERRING, new Command(0, Step.HOLD, 1));
    }

    @Test
    void switchBeforeItsTurnMakesItAnOrdinaryMigration() {
        final var play = Play.announced(1).on(new MigrationEvent.SwitchedOver());
        play.expect(Phase.NOTIFIED);
        play.on(new MigrationEvent.Started(Set.of(0)))
            .expect(Phase.PREPARING, new Command(0, Step.GET_READY, 1), new Command(0, Step.UPLOAD, 1));
        play.done(0, Step.GET_READY, Step.UPLOAD, Step.DOWNLOAD).expect(Phase.COMMITTING,
            new Command(0, Step.COMMIT, 1));
    }

    @Test
    void legWhoseSourceDoesNotTellChangesBeginsAtTheSwitch() {
        final var play = Play.announced(2).on(new MigrationEvent.Started(Set.of(1)));
        play.expect(Phase.PREPARING, new Command(1, Step.GET_READY, 1), new Command(1, Step.UPLOAD, 1));
        play.done(1, Step.GET_READY).on(new MigrationEvent.PreCopyCurrent(1)).expect(Phase.STANDING_BY);
        play.on(new MigrationEvent.SwitchedOver()).expect(Phase.PREPARING, new Command(0, Step.GET_READY, 1),
            new Command(0, Step.UPLOAD, 1), new Command(1, Step.HOLD, 1));
        play.done(1, Step.HOLD, Step.DOWNLOAD).expect(Phase.PREPARING);
        play.done(0, Step.GET_READY, Step.DOWNLOAD)
            .expect(Phase.COMMITTING, new Command(0, Step.COMMIT, 1), new Command(1, Step.COMMIT, 1));
    }

    @Test
    void whatIsCalledOffIsUndoneWhereSomethingWasDone() {
        Play.announced(1).on(new MigrationEvent.CalledOff(WISH)).expect(Phase.CANCELLED);
        Play.announced(1).on(new MigrationEvent.Started(), new MigrationEvent.CalledOff(WISH)).expect(Phase.CANCELLED);
        final var play = Play.announced(2).on(new MigrationEvent.Started(Set.of(1)),
            new MigrationEvent.CalledOff(WISH));
        play.expect(Phase.ROLLING_BACK, new Command(1, Step.ABORT_DESTINATION, 1),
            new Command(1, Step.ABORT_SOURCE, 1));
        play.on(new MigrationEvent.SwitchedOver()).expect(Phase.ROLLING_BACK);
        play.done(1, Step.ABORT_DESTINATION, Step.ABORT_SOURCE).expect(Phase.CANCELLED);
    }

    @Test
    void callingOffIsTooLateAfterTheSwitch() {
        final var play = at(Phase.STANDING_BY).on(new MigrationEvent.SwitchedOver(),
            new MigrationEvent.CalledOff(WISH));
        play.expect(Phase.TRANSFERRING);
        play.on(new MigrationEvent.CancelRequested(WISH)).expect(Phase.ROLLING_BACK,
            new Command(0, Step.ABORT_DESTINATION, 1), new Command(0, Step.ABORT_SOURCE, 1));
    }

    @Test
    void commitWaitsForTheHoldToo() {
        at(Phase.STANDING_BY).on(new MigrationEvent.SwitchedOver()).done(0, Step.DOWNLOAD).expect(Phase.TRANSFERRING);
        at(Phase.STANDING_BY).on(new MigrationEvent.SwitchedOver()).done(0, Step.DOWNLOAD, Step.HOLD)
            .expect(Phase.COMMITTING, new Command(0, Step.COMMIT, 1));
    }

    @Test
    void commitWaitsForAllLegs() {
        final var play = new Play(2).on(new MigrationEvent.Started()).done(0, Step.GET_READY, Step.UPLOAD,
            Step.DOWNLOAD);
        play.expect(Phase.PREPARING);
        play.done(1, Step.GET_READY, Step.UPLOAD, Step.DOWNLOAD)
            .expect(Phase.COMMITTING, new Command(0, Step.COMMIT, 1), new Command(1, Step.COMMIT, 1));
        play.done(1, Step.COMMIT).expect(Phase.COMMITTING);
        play.done(0, Step.COMMIT)
            .expect(Phase.RELEASING, new Command(0, Step.RELEASE, 1), new Command(1, Step.RELEASE, 1));
    }

    @Test
    void oneLegThatFailsAbortsAllAlsoCommittedOnes() {
        new Play(2).on(new MigrationEvent.Started()).done(0, Step.GET_READY, Step.UPLOAD, Step.DOWNLOAD)
            .done(1, Step.GET_READY, Step.UPLOAD, Step.DOWNLOAD).done(1, Step.COMMIT)
            .on(new MigrationEvent.StepFailed(0, Step.COMMIT, ERROR, true))
            .expect(Phase.ROLLING_BACK, new Command(0, Step.ABORT_DESTINATION, 1), new Command(0, Step.ABORT_SOURCE, 1),
                new Command(1, Step.ABORT_DESTINATION, 1), new Command(1, Step.ABORT_SOURCE, 1));
    }

    @Test
    void uncertainCommitIsRepeatedSoOften() {
        final var play = at(Phase.COMMITTING);
        for (int attempt = 2; attempt <= MigrationStateMachine.MAX_ATTEMPTS; attempt++) {
            play.failed(Step.COMMIT, false, 1).expect(Phase.COMMITTING, new Command(0, Step.COMMIT, attempt));
        }
        play.failed(Step.COMMIT, false, 1).expect(Phase.UNKNOWN);
        assertEquals(ERROR, play.state.currentFailure().orElseThrow());
        play.on(new MigrationEvent.HostReturned(B)).expect(Phase.COMMITTING, new Command(0, Step.COMMIT, 1));
        play.done(0, Step.COMMIT).expect(Phase.RELEASING, new Command(0, Step.RELEASE, 1));
        assertTrue(play.state.currentFailure().isEmpty());
    }

    @Test
    void hostThatReturnsTakesUpEachLegThatWaitsForIt() {
        final var play = new Play(2).on(new MigrationEvent.Started()).done(0, Step.GET_READY, Step.DOWNLOAD)
            .done(1, Step.GET_READY, Step.DOWNLOAD).done(0, Step.COMMIT).done(1, Step.COMMIT)
            .on(new MigrationEvent.DeadlinePassed(0, Step.RELEASE, LATE), new MigrationEvent.DeadlinePassed(1,
                Step.RELEASE, LATE));
        play.expect(Phase.UNKNOWN);
        play.on(new MigrationEvent.HostReturned(B)).expect(Phase.UNKNOWN);
        play.on(new MigrationEvent.HostReturned(A))
            .expect(Phase.RELEASING, new Command(0, Step.RELEASE, 1), new Command(1, Step.RELEASE, 1));
    }

    @Test
    void abortThatTheSourceDoesNotAnswerIsNotWaitedForInTheEnd() {
        final var play = at(Phase.ROLLING_BACK).done(0, Step.ABORT_DESTINATION);
        play.failed(Step.ABORT_SOURCE, false, MigrationStateMachine.MAX_ATTEMPTS).expect(Phase.FAILED);
    }

    @Test
    void firstFailureIsTheOneThatIsTold() {
        final var play = at(Phase.TRANSFERRING).on(new MigrationEvent.DeadlinePassed(0, Step.DOWNLOAD, LATE))
            .failed(Step.ABORT_DESTINATION, false, MigrationStateMachine.MAX_ATTEMPTS);
        play.expect(Phase.UNKNOWN);
        assertSame(LATE, play.state.failure().orElseThrow());
        assertEquals(ERROR, play.state.legs().getFirst().currentFailure().orElseThrow());
        play.on(new MigrationEvent.HostReturned(B)).done(0, Step.ABORT_DESTINATION, Step.ABORT_SOURCE)
            .expect(Phase.FAILED);
        assertEquals(LATE, play.state.legs().getFirst().currentFailure().orElseThrow());
    }
}
