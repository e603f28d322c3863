// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.Phase;

/**
 * How far a migration is.
 *
 * @param legs its legs, at least one
 * @param failure why it does not complete; its presence means that everything is undone
 * @param cancelled whether that is an operator's wish
 * @param preCopy whether the VM has yet to move
 */
public record MigrationState(List<LegState> legs, Optional<Failure> failure, boolean cancelled, boolean preCopy) {
    public MigrationState {
        legs = List.copyOf(legs);
        requireNonNull(failure);
    }

    /**
     * A migration of which nothing was done yet; the VM has moved.
     *
     * @param legs its legs
     * @return a state
     */
    public static MigrationState notified(final List<StateMigrationNotification.Leg> legs) {
        return waiting(legs, false);
    }

    /**
     * A migration of which nothing was done yet; the VM is about to move.
     *
     * @param legs its legs
     * @return a state
     */
    public static MigrationState announced(final List<StateMigrationNotification.Leg> legs) {
        return waiting(legs, true);
    }

    private static MigrationState waiting(final List<StateMigrationNotification.Leg> legs, final boolean preCopy) {
        return new MigrationState(legs.stream()
            .map(leg -> new LegState(leg.source(), leg.destination(), LegStage.WAITING, Map.of(), Optional.empty()))
            .toList(), Optional.empty(), false, preCopy);
    }

    /** {@return the phase of the whole: that of the least advanced leg} */
    public Phase phase() {
        final var phases = legs.stream().map(LegState::phase).toList();
        return phases.contains(Phase.UNKNOWN) ? Phase.UNKNOWN
            : phases.stream().min(Comparator.naturalOrder()).orElseThrow();
    }

    /** {@return what is wrong with the whole} */
    public Optional<Failure> currentFailure() {
        return failure.or(() -> legs.stream().flatMap(leg -> leg.currentFailure().stream()).findFirst());
    }

    /** {@return whether it is settled on which side the flows will be, even if something is left to do} */
    public boolean isDecided() {
        return failure.isPresent() || legs.stream().map(LegState::stage).allMatch(LegStage::isDecided);
    }

    /** {@return State Hosts that may count it among their open migrations, as often as they may} */
    public List<StateHostId> occupied() {
        return legs.stream().flatMap(LegState::occupied).toList();
    }

    boolean allAt(final LegStage stage) {
        return legs.stream().allMatch(leg -> leg.stage() == stage);
    }

    MigrationState with(final int index, final LegState leg) {
        final var changed = new ArrayList<>(legs);
        changed.set(index, leg);
        return withLegs(changed);
    }

    MigrationState withLegs(final List<LegState> changed) {
        return new MigrationState(changed, failure, cancelled, preCopy);
    }

    MigrationState switchedOver() {
        return new MigrationState(legs, failure, cancelled, false);
    }
}
