// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.model.Failure;

/**
 * What can happen to a migration.
 */
public sealed interface MigrationEvent {
    /**
     * There is a slot for it, and its VM is free.
     *
     * @param preCopied legs whose source can tell changes, so that a copy can be made before the VM moves
     */
    record Started(Set<Integer> preCopied) implements MigrationEvent {
        public Started {
            preCopied = Set.copyOf(preCopied);
        }

        /** No source tells changes, or it does not matter because the VM has moved. */
        public Started() {
            this(Set.of());
        }
    }

    /**
     * All that there was at the source when it was last asked is at the destination.
     *
     * @param leg position of the leg
     */
    record PreCopyCurrent(int leg) implements MigrationEvent {
    }

    /** The move that was announced has happened. */
    record SwitchedOver() implements MigrationEvent {
    }

    /**
     * The move that was announced will not happen. Too late once it has.
     *
     * @param failure what to tell people
     */
    record CalledOff(Failure failure) implements MigrationEvent {
        public CalledOff {
            requireNonNull(failure);
        }
    }

    /**
     * It is to begin, but cannot any more.
     *
     * @param failure why
     */
    record StartRejected(Failure failure) implements MigrationEvent {
        public StartRejected {
            requireNonNull(failure);
        }
    }

    /**
     * A step was done.
     *
     * @param leg position of the leg
     * @param step the step
     */
    record StepDone(int leg, Step step) implements MigrationEvent {
        public StepDone {
            requireNonNull(step);
        }
    }

    /**
     * A step failed.
     *
     * @param leg position of the leg
     * @param step the step
     * @param failure why
     * @param certain whether it is known to have had no effect
     */
    record StepFailed(int leg, Step step, Failure failure, boolean certain) implements MigrationEvent {
        public StepFailed {
            requireNonNull(step);
            requireNonNull(failure);
        }
    }

    /**
     * A step took too long, all attempts together, and was given up.
     *
     * @param leg position of the leg
     * @param step the step
     * @param failure what to tell people
     */
    record DeadlinePassed(int leg, Step step, Failure failure) implements MigrationEvent {
        public DeadlinePassed {
            requireNonNull(step);
            requireNonNull(failure);
        }
    }

    /**
     * An operator wishes it to stop.
     *
     * @param failure what to tell people
     */
    record CancelRequested(Failure failure) implements MigrationEvent {
        public CancelRequested {
            requireNonNull(failure);
        }
    }

    /**
     * A State Host is there again, or is worth another try.
     *
     * @param host the host
     */
    record HostReturned(StateHostId host) implements MigrationEvent {
        public HostReturned {
            requireNonNull(host);
        }
    }
}
