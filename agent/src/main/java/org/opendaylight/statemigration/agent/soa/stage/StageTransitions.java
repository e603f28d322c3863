// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa.stage;

import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.FailureReason;

/**
 * The life-cycle of a migration at a State Host as a pure table: what may follow what. Staying in a stage is how a
 * repetition shows; the side in question then answers as it did before.
 */
public final class StageTransitions {
    private static final Outcome AT_DESTINATION = new Refused(Kind.INVALID_VALUE,
        "takes over flows at this State Host, so it cannot hand over any here: name another migration");
    private static final Outcome AT_SOURCE = new Refused(Kind.INVALID_VALUE,
        "hands over flows at this State Host, so it cannot take over any here: name another migration");
    private static final Outcome LISTED = new Refused(Kind.INVALID_VALUE,
        "is being uploaded already: follow goes before the first upload, so begin a new migration");
    private static final Outcome NOT_FOLLOWED = new Refused(Kind.INVALID_VALUE,
        "is not followed, so its changes are not known: begin a new migration with follow");
    private static final Outcome COMMITTED = new Refused(Kind.INVALID_VALUE,
        "was committed already: begin a new migration for further flows");
    private static final Outcome RELEASED = new Refused(Kind.INVALID_VALUE,
        "was released already, and its flows are no longer here: begin a new migration for further flows");
    private static final Outcome NOT_UNDONE = new Refused(Kind.OPERATION_FAILED,
        "was released already: the flows deleted here cannot be brought back, only the destination has them");
    private static final Outcome ABORTED = new Refused(Kind.OPERATION_FAILED,
        "was aborted at this State Host: begin a new migration");
    private static final Outcome EXPIRED = new Refused(Kind.DATA_MISSING,
        FailureReason.LEASE_EXPIRED,
        "was undone at this State Host, for its lease ran out before the commit: begin a new migration");
    private static final Outcome UNKNOWN = new Refused(Kind.DATA_MISSING, "is not known at this State Host");

    private StageTransitions() {
        // Hidden on purpose
    }

    /** What comes of an event. */
    public sealed interface Outcome {
    }

    /**
     * Do it, and be in this stage once it is done.
     *
     * @param next the stage
     */
    public record Proceed(AgentStage next) implements Outcome {
    }

    /**
     * Do nothing.
     *
     * @param kind what kind of error it is
     * @param reason what failed
     * @param why the rest of a sentence that begins with the migration
     */
    public record Refused(Kind kind, FailureReason reason, String why) implements Outcome {
        Refused(final Kind kind, final String why) {
            this(kind, FailureReason.STATE_HOST_ERROR, why);
        }
    }

    public static Outcome after(final AgentStage stage, final StageEvent event) {
        return switch (stage) {
            case UNKNOWN -> switch (event) {
                case GET_READY -> new Proceed(AgentStage.READY);
                case FOLLOW -> new Proceed(AgentStage.FOLLOWING);
                case UPLOAD -> new Proceed(AgentStage.EXPORTING);
                case ABORT -> new Proceed(AgentStage.ABORTED);
                case DOWNLOAD, COMMIT, UPLOAD_CHANGES, RELEASE, LEASE_OVER -> UNKNOWN;
            };
            case READY, IMPORTING -> switch (event) {
                case GET_READY -> new Proceed(stage);
                case DOWNLOAD -> new Proceed(AgentStage.IMPORTING);
                case COMMIT -> new Proceed(AgentStage.COMMITTED);
                case ABORT -> new Proceed(AgentStage.ABORTED);
                case LEASE_OVER -> new Proceed(AgentStage.EXPIRED);
                case FOLLOW, UPLOAD, UPLOAD_CHANGES, RELEASE -> AT_DESTINATION;
            };
            case COMMITTED -> switch (event) {
                case DOWNLOAD, COMMIT, LEASE_OVER -> new Proceed(AgentStage.COMMITTED);
                case ABORT -> new Proceed(AgentStage.ABORTED);
                case GET_READY -> COMMITTED;
                case FOLLOW, UPLOAD, UPLOAD_CHANGES, RELEASE -> AT_DESTINATION;
            };
            case EXPORTING -> switch (event) {
                case UPLOAD -> new Proceed(AgentStage.EXPORTING);
                case FOLLOW -> LISTED;
                case UPLOAD_CHANGES -> NOT_FOLLOWED;
                case RELEASE -> new Proceed(AgentStage.RELEASED);
                case ABORT -> new Proceed(AgentStage.ABORTED);
                case GET_READY, DOWNLOAD, COMMIT, LEASE_OVER -> AT_SOURCE;
            };
            case FOLLOWING -> switch (event) {
                case FOLLOW, UPLOAD, UPLOAD_CHANGES -> new Proceed(AgentStage.FOLLOWING);
                case RELEASE -> new Proceed(AgentStage.RELEASED);
                case ABORT -> new Proceed(AgentStage.ABORTED);
                case GET_READY, DOWNLOAD, COMMIT, LEASE_OVER -> AT_SOURCE;
            };
            case RELEASED -> switch (event) {
                case RELEASE -> new Proceed(AgentStage.RELEASED);
                case FOLLOW, UPLOAD, UPLOAD_CHANGES -> RELEASED;
                case ABORT -> NOT_UNDONE;
                case GET_READY, DOWNLOAD, COMMIT, LEASE_OVER -> AT_SOURCE;
            };
            case ABORTED -> switch (event) {
                case ABORT -> new Proceed(AgentStage.ABORTED);
                case GET_READY, DOWNLOAD, COMMIT, FOLLOW, UPLOAD, UPLOAD_CHANGES, RELEASE, LEASE_OVER -> ABORTED;
            };
            case EXPIRED -> switch (event) {
                case ABORT, LEASE_OVER -> new Proceed(AgentStage.EXPIRED);
                case GET_READY, DOWNLOAD, COMMIT, FOLLOW, UPLOAD, UPLOAD_CHANGES, RELEASE -> EXPIRED;
            };
        };
    }
}
