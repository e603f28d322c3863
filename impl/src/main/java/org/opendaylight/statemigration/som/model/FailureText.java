// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import com.google.common.base.Ascii;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.som.model.MigrationRecord.RefusedFlow;
import org.opendaylight.statemigration.text.EnumNames;
import org.opendaylight.statemigration.text.TextLists;

/** Says to operators why a migration did not complete. */
final class FailureText {
    private static final int NAMED = 3;
    private static final int MAX_DETAIL = 200;

    private FailureText() {
        // Hidden on purpose
    }

    static String of(final Failure failure) {
        return switch (failure) {
            case Failure.Cancelled(var cause) -> switch (cause) {
                case OPERATOR -> "An operator cancelled the migration";
                case CONTROLLER_STOPS -> "The controller is being stopped";
                case CALLED_OFF -> "The announced move will not happen";
            };
            case Failure.MovedOtherwise(var successor, var move) -> "Migration " + successor
                + " says that the VM moves otherwise than announced: " + move.description();
            case Failure.NotMoved(var limit) -> "The move that was announced has not happened within the "
                + limit.toSeconds() + " s that policy gives it";
            case Failure.NotBegun(var rejection) -> rejection.detail();
            case Failure.RequestFailed failed -> failed.request().failed(failed.kind(), failed.answer());
            case Failure.ControllerFailed(var request) -> "The controller failed in " + request.operation()
                + " at State Host " + request.host() + "; its log says why";
            case Failure.TooSlow(var request, var limit) -> "State Host " + request.host() + " has not done "
                + request.operation() + " within the " + limit.toMillis() + " ms that policy gives it";
            case Failure.NotBelieved(var host, var answer) -> "State Host " + host + " " + predicate(answer);
            case Failure.NotVerified(var host, var created, var verified, var vanished) -> "State Host " + host
                + " created " + created + " flows, but read back " + verified + " and knows that " + vanished
                + " have ended";
            case Failure.FlowsRefused refused -> refused(refused);
            case Failure.TooManyRefused(var host, var count, var limit) -> "State Host " + host + " does not take "
                + count + " flows, more than the " + limit + " that can be told to stay at the source";
            case Failure.FlowsOmitted omitted -> omitted(omitted);
            case Failure.LimitExceeded exceeded -> limit(exceeded);
        };
    }

    private static String limit(final Failure.LimitExceeded exceeded) {
        return switch (exceeded) {
            case Failure.TooManyFlows(var host, var flows, var limit) -> "The VM has " + flows
                + " flows at State Host " + host + ", more than the " + limit
                + " that policy and both State Hosts permit in one migration";
            case Failure.ChunksTooLarge(var host, var limit) -> "State Host " + host + " now takes " + limit
                + " flows in a chunk, fewer than its profile says: set flows-per-chunk to that number and retry the"
                + " migration";
            case Failure.NoSlotForCheckpoint(var host, var migrations, var checkpoints) -> "State Host " + host
                + " permits " + migrations + " open migrations, of which checkpoints get " + checkpoints
                + ", and other VMs have those already";
            case Failure.NoRoomForCheckpoint(var checkpoint, var flows, var limit) -> "There is no room for the "
                + flows + " flows of " + checkpoint + ": all checkpoints together may have " + limit
                + ", see checkpointed-flows";
        };
    }

    private static String predicate(final InvalidAnswer answer) {
        return switch (answer) {
            case InvalidAnswer.WrongSequence(var sequence, var expected) -> "gave chunk " + sequence
                + " in place of chunk " + expected;
            case InvalidAnswer.EmptyChunk(var sequence) -> "gave chunk " + sequence + " without flows";
            case InvalidAnswer.LargeChunk(var sequence, var flows, var ended, var limit) -> "gave " + flows
                + " flows and " + ended + " that have ended in chunk " + sequence + ", where at most " + limit
                + " were asked for";
            case InvalidAnswer.WrongDigest(var sequence) -> "gave chunk " + sequence + " with a wrong digest";
            case InvalidAnswer.ForeignFlow(var flow) -> "gave flow " + flow + ", which was not asked for";
            case InvalidAnswer.NegativeTotal(var total) -> "tells of " + total + " flows";
            case InvalidAnswer.OtherTotal(var first, var later) -> "told of " + first + " flows first and of " + later
                + " later";
            case InvalidAnswer.OtherTotalWithoutChange(var before, var after) -> "told of " + before
                + " flows and, although nothing has changed, of " + after + " later";
            case InvalidAnswer.UnreachableTotal(var before, var sequence, var flows, var ended, var after) ->
                "told of " + before + " flows and, after chunk " + sequence + " of " + flows + " and " + ended
                    + " that have ended, of " + after;
            case InvalidAnswer.ChangesWithheld() -> "gave no changes, although more are waiting";
            case InvalidAnswer.ChunkWithheld(var sequence, var missing) -> "gave no chunk " + sequence + ", although "
                + missing + " flows are missing";
            case InvalidAnswer.WrongEnd(var total, var received, var ended) -> "told of " + total
                + " flows and has given " + received + ", but " + (ended ? "ends" : "goes on");
            case InvalidAnswer.ChangesInSnapshot() ->
                "tells of flows that have ended before it was asked for changes";
            case InvalidAnswer.MoreThanTotal(var total) -> "gave more than the " + total + " flows it told of";
            case InvalidAnswer.WrongAcceptance(var sequence, var flows, var accepted, var refused) -> "accepts "
                + accepted + " and refuses " + refused + " flows of chunk " + sequence + ", which has " + flows;
            case InvalidAnswer.NoSuchFlow(var index, var flows) -> "refuses flow number " + index
                + " of a chunk of " + flows;
        };
    }

    private static String refused(final Failure.FlowsRefused refused) {
        final var named = refused.refused().stream().limit(NAMED).map(FailureText::flow).toList();
        final int more = refused.count() - named.size();
        return "State Host " + refused.host() + " does not take " + refused.count() + " of the " + refused.flows()
            + " flows of chunk " + refused.chunk() + ": " + String.join("; ", named)
            + (more > 0 ? " and " + more + " more" : "");
    }

    private static String flow(final RefusedFlow refused) {
        return refused.key() + " (" + EnumNames.of(refused.reason()) + (refused.detail().isEmpty() ? ""
            : ": " + Ascii.truncate(refused.detail(), MAX_DETAIL, "...")) + ")";
    }

    private static String omitted(final Failure.FlowsOmitted omitted) {
        return "State Host " + omitted.host() + " cannot hand over " + Omission.count(omitted.omitted())
            + " entries, whose connections would be lost: " + TextLists.firstOf(omitted.omitted().stream()
                .map(one -> one.count() + " of " + Protocols.name(one.protocol()) + " ("
                    + EnumNames.of(one.reason()) + ")")
                .toList(), NAMED, "; ");
    }
}
