// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.Phase;

/**
 * How far a leg is.
 *
 * @param source where the flows come from
 * @param destination where they go
 * @param stage how far
 * @param open the steps that were begun and not done yet
 * @param failure why this leg did not complete
 */
public record LegState(StateHostId source, StateHostId destination, LegStage stage, Map<Step, Attempt> open,
        Optional<Failure> failure) {
    public LegState {
        requireNonNull(source);
        requireNonNull(destination);
        requireNonNull(stage);
        open = Map.copyOf(open);
        requireNonNull(failure);
    }

    /**
     * A step that is under way, or stalled: tried often enough, and waiting for its State Host.
     *
     * @param attempt number of the attempt, beginning with 1
     * @param stalledBy what the last attempt came to, if there will be no further one for now
     */
    public record Attempt(int attempt, Optional<Failure> stalledBy) {
        /** The first one. */
        static final Attempt FIRST = new Attempt(1, Optional.empty());

        public Attempt {
            requireNonNull(stalledBy);
        }

        boolean isStalled() {
            return stalledBy.isPresent();
        }
    }

    /** {@return what is wrong at present, else why the leg did not complete} */
    public Optional<Failure> currentFailure() {
        return open.values().stream().flatMap(step -> step.stalledBy().stream()).findFirst().or(() -> failure);
    }

    /** {@return the phase to show} */
    public Phase phase() {
        return open.values().stream().anyMatch(Attempt::isStalled) ? Phase.UNKNOWN : stage.phase();
    }

    /** {@return State Hosts that may count this leg among their open migrations} */
    Stream<StateHostId> occupied() {
        return switch (stage.occupied()) {
            case BOTH -> Stream.of(source, destination);
            case SOURCE -> Stream.of(source);
            case OF_OPEN_STEPS -> open.keySet().stream().map(this::host);
            case NONE -> Stream.empty();
        };
    }

    boolean isUnderWay(final Step step) {
        final var attempt = open.get(step);
        return attempt != null && !attempt.isStalled();
    }

    /** {@return whether no State Host was asked for anything} */
    boolean isUntouched() {
        return stage == LegStage.WAITING || stage == LegStage.STANDING_BY && open.isEmpty();
    }

    /** {@return whether everything is at the destination, and packets are held} */
    boolean hasArrived() {
        return stage == LegStage.TRANSFERRING && !open.containsKey(Step.DOWNLOAD) && !open.containsKey(Step.HOLD);
    }

    /**
     * Where a step is done.
     *
     * @param step the step
     * @return the State Host
     */
    public StateHostId host(final Step step) {
        return switch (step.at()) {
            case SOURCE -> source;
            case DESTINATION -> destination;
        };
    }

    LegState at(final LegStage newStage) {
        return new LegState(source, destination, newStage, open, failure);
    }

    LegState failed(final Failure reason) {
        return new LegState(source, destination, stage, open, Optional.of(reason));
    }

    LegState without(final Step step) {
        final var steps = new EnumMap<Step, Attempt>(Step.class);
        steps.putAll(open);
        steps.remove(step);
        return new LegState(source, destination, stage, steps, failure);
    }

    LegState with(final Step step, final Attempt attempt) {
        final var steps = new EnumMap<Step, Attempt>(Step.class);
        steps.putAll(open);
        steps.put(step, attempt);
        return new LegState(source, destination, stage, steps, failure);
    }

    /** Begin steps, and care for no others any more. */
    LegState begin(final LegStage newStage, final Step... steps) {
        final var begun = new EnumMap<Step, Attempt>(Step.class);
        for (var step : steps) {
            begun.put(step, Attempt.FIRST);
        }
        return new LegState(source, destination, newStage, begun, failure);
    }
}
