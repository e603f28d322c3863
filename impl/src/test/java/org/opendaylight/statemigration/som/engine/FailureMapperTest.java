// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.OperatorSentences;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.som.lifecycle.Step;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.transfer.StepFailedException;

class FailureMapperTest {
    private static final StateHostId HOST = new StateHostId("fw2");

    static Stream<Arguments> failures() {
        return Stream.of(Step.values()).flatMap(step -> Stream.of(FailureReason.values())
            .flatMap(reason -> Stream.of(Kind.values()).map(kind -> arguments(step, kind, reason))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reasonIsThatOfTheAgentWhateverTheStep(final Step step, final Kind kind, final FailureReason reason) {
        final var failed = FailureMapper.of(0, step, HOST, new AgentException(kind, reason, "It is so"));
        assertEquals(reason, failed.failure().reason());
        assertEquals(kind != Kind.NO_ANSWER, failed.certain());
        OperatorSentences.assertNamesOnce("fw2", failed.failure().detail());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void whereTheAgentDoesNotSayWhatFailedItIsNotGuessed(final Step step) {
        for (var kind : Kind.values()) {
            assertEquals(kind == Kind.NO_ANSWER ? FailureReason.STATE_HOST_DISCONNECTED
                : FailureReason.STATE_HOST_ERROR,
                FailureMapper.of(0, step, HOST, new AgentException(kind, "It is so")).failure().reason());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET_READY, RESOURCE_DENIED, State Host fw2 refused get-ready: It is so",
        "UPLOAD, DATA_MISSING, State Host fw2 refused upload: It is so",
        "DOWNLOAD, INVALID_VALUE, State Host fw2 refused download: It is so",
        "HOLD, ACCESS_DENIED, State Host fw2 refused get-ready with hold: It is so",
        "COMMIT, OPERATION_FAILED, State Host fw2 failed in commit: It is so",
        "RELEASE, INVALID_ANSWER, State Host fw2 gave an invalid answer to release: It is so",
        "ABORT_SOURCE, NO_ANSWER, State Host fw2 did not answer abort: It is so"})
    void operatorReadsOneSentence(final Step step, final Kind kind, final String sentence) {
        final var failure = new AgentException(kind, "It is so");
        assertEquals(sentence, FailureMapper.of(0, step, HOST, failure).failure().detail());
        // Said once, also where the session has told already who was asked
        assertEquals(sentence.replaceFirst(" (\\S+( with hold)?):", " upload-changes:"),
            FailureMapper.of(0, step, HOST, failure.at(HOST, "upload-changes")).failure().detail());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void unexpectedFailureIsInTheLogOnly(final Step step) {
        final var failed = FailureMapper.of(0, step, HOST, new IllegalStateException("secret"));
        assertEquals(FailureReason.STATE_HOST_ERROR, failed.failure().reason());
        assertTrue(!failed.certain() && !failed.failure().detail().contains("secret"), failed.failure().detail());
        OperatorSentences.assertNamesOnce("fw2", failed.failure().detail());
    }

    @Test
    void whatTheMasterDoesNotAcceptKeepsItsReason() {
        final var failure = new Failure.TooManyFlows(HOST, 7, 5);
        final var failed = FailureMapper.of(1, Step.UPLOAD, HOST, new StepFailedException(failure));
        assertEquals(FailureReason.LIMIT_EXCEEDED, failed.failure().reason());
        assertSame(failure, failed.failure());
        assertTrue(failed.certain());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void stepThatIsTooSlowNamesItsState(final Step step) {
        final var failure = FailureMapper.tooSlow(step, HOST, Duration.ofMillis(1500));
        assertEquals(FailureReason.DEADLINE_PASSED, failure.reason());
        OperatorSentences.assertNamesOnce("fw2", failure.detail());
    }
}
