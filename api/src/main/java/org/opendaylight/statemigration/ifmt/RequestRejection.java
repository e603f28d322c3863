// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;

/** A request that contradicts itself or what was done before, or for which there is no room. */
public sealed interface RequestRejection extends Rejection {
    @Override
    default Kind kind() {
        return Kind.OPERATION_FAILED;
    }

    /** The controller is being stopped. */
    record Stopping() implements RequestRejection {
    }

    /** The controller failed because of a defect of the program. */
    record ControllerFailed() implements RequestRejection {
    }

    /**
     * Too many requests wait for their answer.
     *
     * @param limit how many may
     */
    record TooManyRequests(int limit) implements RequestRejection {
        @Override
        public Kind kind() {
            return Kind.RESOURCE_DENIED;
        }
    }

    /**
     * Too many migrations are open.
     *
     * @param announced whether those of VMs that have yet to move are meant
     * @param waiting how many wait for their turn
     * @param limit how many may wait
     */
    record TooManyMigrations(boolean announced, int waiting, int limit) implements RequestRejection {
        @Override
        public Kind kind() {
            return Kind.RESOURCE_DENIED;
        }
    }

    /**
     * Two legs are about the same State Hosts.
     *
     * @param source the source
     * @param destination the destination
     */
    record RepeatedPair(StateHostId source, StateHostId destination) implements RequestRejection {
        public RepeatedPair {
            requireNonNull(source);
            requireNonNull(destination);
        }

        @Override
        public Kind kind() {
            return Kind.INVALID_VALUE;
        }
    }

    /**
     * The identity of a request was used for another one.
     *
     * @param requestId the identity
     * @param started what the other one has started
     */
    record RequestIdUsed(String requestId, String started) implements RequestRejection {
        public RequestIdUsed {
            requireNonNull(requestId);
            requireNonNull(started);
        }

        @Override
        public Kind kind() {
            return Kind.INVALID_VALUE;
        }
    }

    /**
     * None of the VMs of a batch is clear.
     *
     * @param last what is unclear about the last one
     */
    record UnclearBatch(Rejection last) implements RequestRejection {
        public UnclearBatch {
            requireNonNull(last);
        }

        @Override
        public Kind kind() {
            return last.kind();
        }
    }

    /**
     * There is no such migration.
     *
     * @param migration its identity
     */
    record UnknownMigration(MigrationId migration) implements RequestRejection {
        public UnknownMigration {
            requireNonNull(migration);
        }

        @Override
        public Kind kind() {
            return Kind.DATA_MISSING;
        }
    }

    /**
     * A migration cannot be cancelled any more.
     *
     * @param migration its identity
     * @param phase name of its phase
     */
    record NotCancellable(MigrationId migration, String phase) implements RequestRejection {
        public NotCancellable {
            requireNonNull(migration);
            requireNonNull(phase);
        }
    }

    /**
     * A migration has neither failed nor was it cancelled.
     *
     * @param migration its identity
     * @param phase name of its phase
     */
    record NotRetryable(MigrationId migration, String phase) implements RequestRejection {
        public NotRetryable {
            requireNonNull(migration);
            requireNonNull(phase);
        }
    }

    /**
     * There is no such batch.
     *
     * @param batch its identity
     */
    record UnknownBatch(String batch) implements RequestRejection {
        public UnknownBatch {
            requireNonNull(batch);
        }

        @Override
        public Kind kind() {
            return Kind.DATA_MISSING;
        }
    }

    /**
     * There is no such topology, or nobody watches it.
     *
     * @param topology its identity
     */
    record UnknownTopology(String topology) implements RequestRejection {
        public UnknownTopology {
            requireNonNull(topology);
        }

        @Override
        public Kind kind() {
            return Kind.DATA_MISSING;
        }
    }

    /**
     * An edge is drained whose VMs have no flows that can move.
     *
     * @param reasons why those of some VMs cannot; none if all pass the same State Hosts afterwards
     */
    record NothingToAnnounce(List<Explanation> reasons) implements RequestRejection {
        public NothingToAnnounce {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * The topology does not say where flows of a VM belong.
     *
     * @param reasons why not, at least one
     */
    record UnclearTopology(List<Explanation> reasons) implements RequestRejection {
        public UnclearTopology {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A plan is about one pair of State Hosts.
     *
     * @param pairs how many were named
     */
    record PlanOfSeveralPairs(int pairs) implements RequestRejection {
        @Override
        public Kind kind() {
            return Kind.INVALID_VALUE;
        }
    }

    /**
     * Too many plans are being made.
     *
     * @param limit how many may be
     */
    record TooManyPlans(int limit) implements RequestRejection {
        @Override
        public Kind kind() {
            return Kind.RESOURCE_DENIED;
        }
    }

    /**
     * A plan took too long.
     *
     * @param limit how long it may take
     */
    record PlanTooSlow(Duration limit) implements RequestRejection {
        public PlanTooSlow {
            requireNonNull(limit);
        }
    }

    /**
     * A plan could not be made.
     *
     * @param failure what failed
     */
    record PlanFailed(Explanation failure) implements RequestRejection {
        public PlanFailed {
            requireNonNull(failure);
        }
    }
}
