// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifmt.Explanation;
import org.opendaylight.statemigration.ifmt.Rejection;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.model.MigrationRecord.RefusedFlow;

/** Why a migration did not complete, with the State Hosts and flows that it is about. */
public sealed interface Failure extends Explanation {
    /** {@return the reason as YANG names it} */
    FailureReason reason();

    @Override
    default String detail() {
        return FailureText.of(this);
    }

    /**
     * A failure of a request.
     *
     * @param told what the agent, or the session with it, told
     * @param asked what was asked, if that does not say it
     * @return the failure
     */
    static Failure of(final AgentException told, final AgentException.Request asked) {
        return new RequestFailed(told.request().orElse(asked), told.kind(), told.reason(), told.detail());
    }

    /**
     * Somebody stopped it.
     *
     * @param cause who or what
     */
    record Cancelled(Cause cause) implements Failure {
        public Cancelled {
            requireNonNull(cause);
        }

        @Override
        public FailureReason reason() {
            return FailureReason.CANCELLED;
        }

        /** Who or what stopped it. */
        public enum Cause {
            /** An operator. */
            OPERATOR,
            /** The controller is being stopped. */
            CONTROLLER_STOPS,
            /** The move that was announced will not happen. */
            CALLED_OFF
        }
    }

    /**
     * The VM moves otherwise than announced.
     *
     * @param successor the migration that says so
     * @param move how the VM moves
     */
    record MovedOtherwise(MigrationId successor, StateMigrationNotification move) implements Failure {
        public MovedOtherwise {
            requireNonNull(successor);
            requireNonNull(move);
        }

        @Override
        public FailureReason reason() {
            return FailureReason.CANCELLED;
        }
    }

    /**
     * The VM has not moved in time.
     *
     * @param limit how long policy waits for it
     */
    record NotMoved(Duration limit) implements Failure {
        public NotMoved {
            requireNonNull(limit);
        }

        @Override
        public FailureReason reason() {
            return FailureReason.DEADLINE_PASSED;
        }
    }

    /**
     * When it was to begin it was not permitted any more.
     *
     * @param rejection why
     */
    record NotBegun(Rejection rejection) implements Failure {
        public NotBegun {
            requireNonNull(rejection);
        }

        @Override
        public FailureReason reason() {
            return rejection.reason();
        }
    }

    /**
     * A State Host did not do what it was asked.
     *
     * @param request what was asked of which State Host
     * @param kind what kind of error it is
     * @param reason what failed
     * @param answer why, as the agent says it
     */
    record RequestFailed(AgentException.Request request, AgentException.Kind kind, FailureReason reason, String answer)
            implements Failure {
        public RequestFailed {
            requireNonNull(request);
            requireNonNull(kind);
            requireNonNull(reason);
            requireNonNull(answer);
        }
    }

    /**
     * The controller failed because of a defect of the program.
     *
     * @param request what it was about to ask of which State Host
     */
    record ControllerFailed(AgentException.Request request) implements Failure {
        public ControllerFailed {
            requireNonNull(request);
        }

        @Override
        public FailureReason reason() {
            return FailureReason.STATE_HOST_ERROR;
        }
    }

    /**
     * A State Host was too slow.
     *
     * @param request what was asked of which State Host
     * @param limit how long it may take
     */
    record TooSlow(AgentException.Request request, Duration limit) implements Failure {
        public TooSlow {
            requireNonNull(request);
            requireNonNull(limit);
        }

        @Override
        public FailureReason reason() {
            return FailureReason.DEADLINE_PASSED;
        }
    }

    /**
     * What a State Host answered cannot be so.
     *
     * @param host the State Host
     * @param answer what is wrong with it
     */
    record NotBelieved(StateHostId host, InvalidAnswer answer) implements Failure {
        public NotBelieved {
            requireNonNull(host);
            requireNonNull(answer);
        }

        @Override
        public FailureReason reason() {
            return FailureReason.INTEGRITY_VIOLATED;
        }
    }

    /**
     * The destination did not read back what it created.
     *
     * @param host the destination
     * @param created flows that it created
     * @param verified flows that it read back
     * @param vanished flows of which it knows that they have ended
     */
    record NotVerified(StateHostId host, int created, int verified, int vanished) implements Failure {
        public NotVerified {
            requireNonNull(host);
        }

        @Override
        public FailureReason reason() {
            return FailureReason.VERIFICATION_FAILED;
        }
    }

    /**
     * The destination does not take flows.
     *
     * @param host the destination
     * @param chunk number of the chunk that they came in
     * @param flows flows of that chunk
     * @param count how many it does not take
     * @param refused the first of them
     */
    record FlowsRefused(StateHostId host, long chunk, int flows, int count, List<RefusedFlow> refused)
            implements Failure {
        public FlowsRefused {
            requireNonNull(host);
            refused = List.copyOf(refused);
        }

        @Override
        public FailureReason reason() {
            return FailureReason.FLOWS_REFUSED;
        }
    }

    /**
     * The destination takes fewer flows than policy lets stay behind.
     *
     * @param host the destination
     * @param count flows that it does not take
     * @param limit how many a release can name
     */
    record TooManyRefused(StateHostId host, int count, int limit) implements Failure {
        public TooManyRefused {
            requireNonNull(host);
        }

        @Override
        public FailureReason reason() {
            return FailureReason.FLOWS_REFUSED;
        }
    }

    /**
     * The source cannot hand over entries.
     *
     * @param host the source
     * @param omitted the entries
     */
    record FlowsOmitted(StateHostId host, List<Omission> omitted) implements Failure {
        public FlowsOmitted {
            requireNonNull(host);
            omitted = List.copyOf(omitted);
        }

        @Override
        public FailureReason reason() {
            return FailureReason.FLOWS_REFUSED;
        }
    }

    /** There is more than policy or a State Host permits. */
    sealed interface LimitExceeded extends Failure {
        @Override
        default FailureReason reason() {
            return FailureReason.LIMIT_EXCEEDED;
        }
    }

    /**
     * The VM has too many flows.
     *
     * @param host the source
     * @param flows how many
     * @param limit how many there may be
     */
    record TooManyFlows(StateHostId host, int flows, int limit) implements LimitExceeded {
        public TooManyFlows {
            requireNonNull(host);
        }
    }

    /**
     * The destination takes smaller chunks than its profile says.
     *
     * @param host the destination
     * @param limit flows in a chunk
     */
    record ChunksTooLarge(StateHostId host, int limit) implements LimitExceeded {
        public ChunksTooLarge {
            requireNonNull(host);
        }
    }

    /**
     * Other VMs have all checkpoints that a State Host permits.
     *
     * @param host the State Host
     * @param migrations open migrations that it permits
     * @param checkpoints how many of them may be checkpoints
     */
    record NoSlotForCheckpoint(StateHostId host, int migrations, int checkpoints) implements LimitExceeded {
        public NoSlotForCheckpoint {
            requireNonNull(host);
        }
    }

    /**
     * There is no room for a checkpoint.
     *
     * @param checkpoint what it would be of
     * @param flows how many flows
     * @param limit how many all checkpoints together may have
     */
    record NoRoomForCheckpoint(CheckpointKey checkpoint, int flows, int limit) implements LimitExceeded {
        public NoRoomForCheckpoint {
            requireNonNull(checkpoint);
        }
    }
}
