// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa.stage;

/**
 * How far a migration is at this State Host: leaf {@code stage} of YANG module {@code statemigration-agent}.
 */
public enum AgentStage {
    /** Not known here. Never in the list of migrations. */
    UNKNOWN,
    /** Destination: ready, no chunk has come. */
    READY,
    /** Source: the flows are being uploaded. */
    EXPORTING,
    /** Source: the flows are being uploaded, and changes of them noted. */
    FOLLOWING,
    /** Destination: chunks are coming. */
    IMPORTING,
    /** Destination: the flows were verified and the hold is gone. */
    COMMITTED,
    /** Source: the flows were deleted here. */
    RELEASED,
    /** Ended without effect. */
    ABORTED,
    /** Destination: the lease ran out before the commit. Without effect, as {@link #ABORTED}. */
    EXPIRED;

    /** {@return whether the migration still takes up room: a hold, a list of flows, a place among the open ones} */
    public boolean isOpen() {
        return switch (this) {
            case READY, EXPORTING, FOLLOWING, IMPORTING -> true;
            case UNKNOWN, COMMITTED, RELEASED, ABORTED, EXPIRED -> false;
        };
    }
}
