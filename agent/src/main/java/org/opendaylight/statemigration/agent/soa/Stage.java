package org.opendaylight.statemigration.agent.soa;

/**
 * How far a migration is at this State Host: leaf {@code stage} of YANG module {@code statemigration-agent}.
 */
public enum Stage {
    /** Not known here. Never in the journal. */
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
    boolean isOpen() {
        return switch (this) {
            case READY, EXPORTING, FOLLOWING, IMPORTING -> true;
            case UNKNOWN, COMMITTED, RELEASED, ABORTED, EXPIRED -> false;
        };
    }
}
