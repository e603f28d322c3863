// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.model.Phase;

/** Plays the life-cycle against State Hosts of every mood, and looks at what it commanded. */
class MigrationStateMachinePropertyTest {
    private static final int GAMES = 500;
    /** No game is longer: each command ends, and State Hosts return. */
    private static final int MAX_MOVES = 2000;

    private static final class Game {
        private final Random random;
        private final double mood;
        private final List<Command> outstanding = new ArrayList<>();
        private final List<Command> commanded = new ArrayList<>();
        private final Set<Integer> committed = new HashSet<>();
        private final Set<Integer> cleaned = new HashSet<>();
        private final boolean announced;
        /** Legs whose copy was begun before the VM moved. */
        private final Set<Integer> copied = new HashSet<>();
        private final Set<Integer> held = new HashSet<>();
        private MigrationState state;

        Game(final Random random) {
            this.random = random;
            mood = 0.1 + 0.9 * random.nextDouble();
            announced = random.nextBoolean();
            final var legs = IntStream.rangeClosed(1, 1 + random.nextInt(3))
                .mapToObj(leg -> new Leg(new StateHostId("s" + leg % 2), new StateHostId("d" + leg), List.of()))
                .toList();
            state = announced ? MigrationState.announced(legs) : MigrationState.notified(legs);
        }

        void play() {
            apply(new MigrationEvent.Started(IntStream.range(0, 3).filter(leg -> random.nextBoolean()).boxed()
                .collect(Collectors.toSet())));
            int moves = 0;
            while (!state.phase().isFinal()) {
                assertTrue(moves++ < MAX_MOVES, "It does not end: " + state);
                apply(random.nextDouble() < 0.2 ? noise() : answer());
            }
            // The end is the end
            for (int count = 0; count < 50; count++) {
                apply(noise());
            }
        }

        private void apply(final MigrationEvent migrationEvent) {
            final var before = state;
            final var transition = MigrationStateMachine.next(state, migrationEvent);
            state = transition.state();
            if (before.phase().isFinal()) {
                assertEquals(before, state);
                assertEquals(List.of(), transition.commands());
            }
            for (var command : transition.commands()) {
                assertFalse(command.step() == Step.RELEASE && committed.size() < state.legs().size(),
                    "Release before every leg has committed");
                assertFalse(command.step() == Step.COMMIT && !held.containsAll(copied),
                    "Commit before packets are held");
                assertFalse(command.step() == Step.HOLD && state.preCopy(), "Held before the VM moves");
                if (command.step() == Step.GET_READY && state.preCopy()) {
                    copied.add(command.leg());
                }
                outstanding.removeIf(old -> displaces(command, old));
                outstanding.add(command);
                commanded.add(command);
            }
        }

        private static boolean displaces(final Command command, final Command old) {
            return old.leg() == command.leg() && old.step().at() == command.step().at()
                && (command.step() == Step.ABORT_DESTINATION
                    || (old.step() == Step.HOLD) == (command.step() == Step.HOLD));
        }

        /** {@return whether the last chunk can come: packets are held, or were so from the beginning} */
        private boolean isEndInSight(final int leg) {
            return !copied.contains(leg) || held.contains(leg);
        }

        /** Something happens to what was commanded. */
        private MigrationEvent answer() {
            if (state.preCopy() && random.nextInt(10) == 0) {
                return random.nextInt(4) == 0 ? new MigrationEvent.CalledOff(MigrationStateMachineTest.WISH)
                    : new MigrationEvent.SwitchedOver();
            }
            if (outstanding.isEmpty()) {
                final var leg = state.legs().get(random.nextInt(state.legs().size()));
                return new MigrationEvent.HostReturned(random.nextBoolean() ? leg.source() : leg.destination());
            }
            final var command = outstanding.remove(random.nextInt(outstanding.size()));
            final boolean good = random.nextDouble() < mood;
            final boolean done = good || random.nextBoolean();
            if (done && command.step() == Step.COMMIT) {
                committed.add(command.leg());
            }
            if (done && command.step() == Step.ABORT_DESTINATION) {
                cleaned.add(command.leg());
            }
            if (good && !isEndInSight(command.leg()) && (command.step() == Step.UPLOAD
                    || command.step() == Step.DOWNLOAD)) {
                outstanding.add(command);
                return new MigrationEvent.PreCopyCurrent(command.leg());
            }
            if (done && command.step() == Step.HOLD) {
                held.add(command.leg());
            }
            if (good) {
                return new MigrationEvent.StepDone(command.leg(), command.step());
            }
            return random.nextInt(3) == 0
                ? new MigrationEvent.DeadlinePassed(command.leg(), command.step(), MigrationStateMachineTest.LATE)
                : new MigrationEvent.StepFailed(command.leg(), command.step(), MigrationStateMachineTest.ERROR, !done);
        }

        /** Something late, doubled, or out of place; never an answer that could be true. */
        private MigrationEvent noise() {
            final int leg = random.nextInt(4) - 1;
            final var step = Step.values()[random.nextInt(Step.values().length)];
            final boolean isPreCopy = outstanding.stream()
                .anyMatch(command -> command.leg() == leg && command.step() == step);
            return switch (random.nextInt(isPreCopy ? 6 : 9)) {
                case 0 -> new MigrationEvent.Started();
                case 1 -> new MigrationEvent.HostReturned(new StateHostId("d1"));
                case 2 -> new MigrationEvent.HostReturned(new StateHostId("s1"));
                case 3 -> random.nextInt(20) == 0 ? new MigrationEvent.CancelRequested(MigrationStateMachineTest.WISH)
                    : new MigrationEvent.StartRejected(MigrationStateMachineTest.ERROR);
                case 4 -> new MigrationEvent.PreCopyCurrent(leg);
                case 5 -> random.nextInt(10) > 0 ? new MigrationEvent.Started(Set.of(0, 1))
                    : random.nextInt(4) == 0 ? new MigrationEvent.CalledOff(MigrationStateMachineTest.WISH)
                        : new MigrationEvent.SwitchedOver();
                case 6 -> new MigrationEvent.StepDone(leg, step);
                case 7 -> new MigrationEvent.StepFailed(leg, step, MigrationStateMachineTest.ERROR,
                    random.nextBoolean());
                default -> new MigrationEvent.DeadlinePassed(leg, step, MigrationStateMachineTest.LATE);
            };
        }

        private boolean wasCommanded(final int leg, final Step step) {
            return commanded.stream().anyMatch(command -> command.leg() == leg && command.step() == step);
        }
    }

    /** The soak test takes others. */
    static LongStream seeds() {
        final long first = Long.getLong("statemigration.seed", 1);
        return LongStream.range(first, first + Integer.getInteger("statemigration.seeds", 4));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverHappensItEndsAndNothingIsLost(final long seed) {
        final var random = new Random(seed);
        final Set<Phase> ends = new HashSet<>();
        for (int number = 0; number < GAMES; number++) {
            final var game = new Game(random);
            game.play();
            ends.add(game.state.phase());
            for (int leg = 0; leg < game.state.legs().size(); leg++) {
                switch (game.state.phase()) {
                    case COMPLETED -> {
                        assertFalse(game.state.preCopy());
                        assertTrue(game.committed.contains(leg) && game.wasCommanded(leg, Step.RELEASE));
                        assertFalse(game.wasCommanded(leg, Step.ABORT_DESTINATION));
                    }
                    case FAILED, CANCELLED -> {
                        assertTrue(game.cleaned.contains(leg) || !game.wasCommanded(leg, Step.GET_READY),
                            "A destination was not cleaned");
                        assertFalse(game.wasCommanded(leg, Step.RELEASE), "Released although undone");
                    }
                    default -> throw new AssertionError("Not an end: " + game.state);
                }
            }
        }
        assertEquals(Set.of(Phase.COMPLETED, Phase.FAILED, Phase.CANCELLED), ends);
    }
}
