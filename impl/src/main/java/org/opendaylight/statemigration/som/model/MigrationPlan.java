// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;

/**
 * What a migration would do.
 *
 * @param leg between which State Hosts
 * @param flows flows that would be handed over
 * @param omitted entries that the source cannot hand over
 * @param refused flows that the destination would not take
 * @param refusals the first hundred of them
 * @param outcome what policy makes of that
 */
public record MigrationPlan(StateMigrationNotification.Leg leg, int flows, int omitted, int refused,
        List<PlannedRefusal> refusals, Outcome outcome) {
    /** How many refusals a plan spells out. */
    public static final int MAX_REFUSALS = 100;

    public MigrationPlan {
        requireNonNull(leg);
        refusals = List.copyOf(refusals);
        requireNonNull(outcome);
    }

    /** How the migration would end. The order is that of YANG. */
    public enum Outcome {
        /** All flows would move. */
        COMPLETE,
        /** Some would stay at the source, the others move. */
        PARTIAL,
        /** It would fail. */
        NONE;

        /**
         * Judge a plan.
         *
         * @param behind flows that cannot be handed over
         * @param partial whether policy lets them stay behind
         * @return the outcome
         */
        public static Outcome of(final long behind, final boolean partial) {
            return behind == 0 ? COMPLETE : partial ? PARTIAL : NONE;
        }
    }

    /**
     * A flow that the destination would not take.
     *
     * @param flow the flow
     * @param reason why, for programs
     * @param detail why, for people
     */
    public record PlannedRefusal(Flow flow, RefusalReason reason, String detail) {
        public PlannedRefusal {
            requireNonNull(flow);
            requireNonNull(reason);
            requireNonNull(detail);
        }
    }
}
