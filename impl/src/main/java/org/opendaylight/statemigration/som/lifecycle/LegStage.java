// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import org.opendaylight.statemigration.som.model.Phase;

/** How far a leg is. {@link MigrationStateMachine} has all transitions. */
public enum LegStage {
    /** For a slot, and for its VM. */
    WAITING(Phase.NOTIFIED, Occupied.BOTH),
    /** The destination gets ready. */
    PREPARING(Phase.PREPARING, Occupied.BOTH),
    /** Flows are handed over. */
    TRANSFERRING(Phase.TRANSFERRING, Occupied.BOTH),
    /** Of a VM that has yet to move: the pre-copy is kept current; without steps there is none. */
    STANDING_BY(Phase.STANDING_BY, Occupied.BOTH),
    /** At the first barrier. */
    TRANSFERRED(Phase.TRANSFERRING, Occupied.BOTH),
    /** The destination reads back and releases the hold. */
    COMMITTING(Phase.COMMITTING, Occupied.BOTH),
    /** At the second barrier. */
    COMMITTED(Phase.COMMITTING, Occupied.SOURCE),
    /** The source deletes its flows: those of the destination count. */
    RELEASING(Phase.RELEASING, Occupied.SOURCE),
    /** Done. */
    RELEASED(Phase.COMPLETED, Occupied.NONE),
    /** Both sides undo what was done. */
    ROLLING_BACK(Phase.ROLLING_BACK, Occupied.OF_OPEN_STEPS),
    /** Undone after a failure. */
    FAILED(Phase.FAILED, Occupied.NONE),
    /** Undone because somebody wished it. */
    CANCELLED(Phase.CANCELLED, Occupied.NONE);

    /** Which State Hosts may count a leg among their open migrations. */
    enum Occupied {
        BOTH, SOURCE, OF_OPEN_STEPS, NONE
    }

    private final Phase phase;
    private final Occupied occupied;

    LegStage(final Phase phase, final Occupied occupied) {
        this.phase = phase;
        this.occupied = occupied;
    }

    /** {@return the phase to show} */
    Phase phase() {
        return phase;
    }

    /** {@return which State Hosts may count the leg among their open migrations} */
    Occupied occupied() {
        return occupied;
    }

    /** {@return whether it is settled that the flows are at the destination} */
    boolean isDecided() {
        return this == RELEASING || this == RELEASED;
    }
}
