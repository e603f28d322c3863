// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.agent.soa.stage.StageTransitions.Proceed;
import org.opendaylight.statemigration.agent.soa.stage.StageTransitions.Refused;
import org.opendaylight.statemigration.ifma.FailureReason;

/** The whole product of stages and events, as a table to read. */
class StageTransitionsTest {
    /** A row is a stage, a column an event; {@code !} is an error. */
    private static final String TABLE = """
        -         GET_READY DOWNLOAD  COMMIT    FOLLOW    UPLOAD    UPLOAD_CHANGES RELEASE  ABORT   LEASE_OVER
        UNKNOWN   READY     !missing  !missing  FOLLOWING EXPORTING !missing       !missing ABORTED !missing
        READY     READY     IMPORTING COMMITTED !invalid  !invalid  !invalid       !invalid ABORTED EXPIRED
        EXPORTING !invalid  !invalid  !invalid  !invalid  EXPORTING !invalid       RELEASED ABORTED !invalid
        FOLLOWING !invalid  !invalid  !invalid  FOLLOWING FOLLOWING FOLLOWING      RELEASED ABORTED !invalid
        IMPORTING IMPORTING IMPORTING COMMITTED !invalid  !invalid  !invalid       !invalid ABORTED EXPIRED
        COMMITTED !invalid  COMMITTED COMMITTED !invalid  !invalid  !invalid       !invalid ABORTED COMMITTED
        RELEASED  !invalid  !invalid  !invalid  !invalid  !invalid  !invalid       RELEASED !failed !invalid
        ABORTED   !failed   !failed   !failed   !failed   !failed   !failed        !failed  ABORTED !failed
        EXPIRED   !missing  !missing  !missing  !missing  !missing  !missing       !missing EXPIRED EXPIRED
        """;

    private static String[] words(final String line) {
        return line.strip().split(" +");
    }

    static Stream<AgentStage> stages() {
        return Arrays.stream(AgentStage.values());
    }

    @ParameterizedTest
    @MethodSource("stages")
    void everyEventInEveryStageIsAsInTheTable(final AgentStage stage) {
        final var lines = TABLE.lines().toList();
        final var events = words(lines.getFirst());
        assertEquals(1 + StageEvent.values().length, events.length);
        final var row = words(lines.stream().filter(line -> words(line)[0].equals(stage.name())).findFirst()
            .orElseThrow());
        for (int column = 1; column < events.length; column++) {
            final var outcome = switch (StageTransitions.after(stage, StageEvent.valueOf(events[column]))) {
                case Proceed(var next) -> next.name();
                case Refused(var kind, var reason, var why) -> switch (kind) {
                    case DATA_MISSING -> "!missing";
                    case INVALID_VALUE -> "!invalid";
                    case OPERATION_FAILED -> "!failed";
                    case RESOURCE_DENIED, ACCESS_DENIED, INVALID_ANSWER, NO_ANSWER -> "!" + kind;
                };
            };
            assertEquals(row[column], outcome, stage + " " + events[column]);
        }
    }

    @Test
    void refusalsSayWhyInWords() {
        for (var stage : AgentStage.values()) {
            for (var event : StageEvent.values()) {
                if (StageTransitions.after(stage, event) instanceof Refused(var kind, var reason, var why)) {
                    assertTrue(why.length() > 15 && !why.endsWith("."), why);
                }
            }
        }
        assertTrue(((Refused) StageTransitions.after(AgentStage.EXPIRED, StageEvent.COMMIT)).why().contains("lease"));
    }

    @Test
    void onlyWhatComesAfterTheLeaseFailsForIt() {
        for (var stage : AgentStage.values()) {
            for (var event : StageEvent.values()) {
                if (StageTransitions.after(stage, event) instanceof Refused(var kind, var reason, var why)) {
                    assertEquals(stage == AgentStage.EXPIRED ? FailureReason.LEASE_EXPIRED
                        : FailureReason.STATE_HOST_ERROR, reason, stage + " " + event);
                }
            }
        }
    }

    @Test
    void whatHasEndedNeverOpensAgain() {
        for (var stage : AgentStage.values()) {
            for (var event : StageEvent.values()) {
                if (stage != AgentStage.UNKNOWN && !stage.isOpen()
                        && StageTransitions.after(stage, event) instanceof Proceed(var next)) {
                    assertFalse(next.isOpen(), stage + " " + event);
                }
            }
        }
    }
}
