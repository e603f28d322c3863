// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.statemigration.OperatorSentences;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;
import org.opendaylight.yangtools.yang.common.RpcError;
import org.opendaylight.yangtools.yang.common.RpcResultBuilder;

class RpcFailuresTest {
    @ParameterizedTest
    @CsvSource({
        // tag, identity in error-info, kind, reason
        "data-missing,, DATA_MISSING, STATE_HOST_ERROR",
        "data-missing, lease-expired, DATA_MISSING, LEASE_EXPIRED",
        "invalid-value,, INVALID_VALUE, STATE_HOST_ERROR",
        "invalid-value, integrity-violated, INVALID_VALUE, INTEGRITY_VIOLATED",
        "bad-element,, INVALID_VALUE, STATE_HOST_ERROR",
        "unknown-element,, INVALID_VALUE, STATE_HOST_ERROR",
        "missing-element,, INVALID_VALUE, STATE_HOST_ERROR",
        "malformed-message,, INVALID_VALUE, STATE_HOST_ERROR",
        "too-big,, INVALID_VALUE, STATE_HOST_ERROR",
        "resource-denied,, RESOURCE_DENIED, STATE_HOST_ERROR",
        "resource-denied, limit-exceeded, RESOURCE_DENIED, LIMIT_EXCEEDED",
        "access-denied,, ACCESS_DENIED, STATE_HOST_ERROR",
        "operation-failed,, OPERATION_FAILED, STATE_HOST_ERROR",
        "operation-failed, state-host-error, OPERATION_FAILED, STATE_HOST_ERROR",
        "operation-failed, verification-failed, OPERATION_FAILED, VERIFICATION_FAILED",
        "operation-failed, of-tomorrow, OPERATION_FAILED, STATE_HOST_ERROR",
        "in-use,, OPERATION_FAILED, STATE_HOST_ERROR"})
    void tagTellsTheKindAndErrorInfoTheReason(final String tag, final String identity, final Kind kind,
            final FailureReason reason) {
        final var failure = RpcFailures.exception(List.of(error(ErrorType.APPLICATION, tag,
            identity == null ? "" : "<reason>" + identity + "</reason>")));
        assertEquals(kind, failure.kind());
        assertEquals(reason, failure.reason());
        assertEquals("It is so", failure.detail());
    }

    @ParameterizedTest
    @CsvSource({"<reason>lease-expired</reason>", "<reason>smt:lease-expired</reason>",
        "<smt:reason>lease-expired</smt:reason>", "<bad-element>x</bad-element><reason> lease-expired </reason>"})
    void reasonIsFoundWhateverItsPrefixes(final String info) {
        assertEquals(FailureReason.LEASE_EXPIRED,
            RpcFailures.exception(List.of(error(ErrorType.APPLICATION, "data-missing", info))).reason());
    }

    @Test
    void errorOfTheTransportIsNoAnswer() {
        final var failure = RpcFailures.exception(List.of(error(ErrorType.TRANSPORT, "operation-failed", "")));
        assertEquals(Kind.NO_ANSWER, failure.kind());
        assertEquals(FailureReason.STATE_HOST_DISCONNECTED, failure.reason());
    }

    @Test
    void emptyAnswerIsInvalid() {
        assertEquals(Kind.INVALID_ANSWER, RpcFailures.exception(List.of()).kind());
    }

    @ParameterizedTest
    @CsvSource({
        "invalid-value, 'State Host fw2 refused commit: It is so'",
        "operation-failed, 'State Host fw2 failed in commit: It is so'"})
    void operatorReadsWhoWasAskedAndWhatForOnce(final String tag, final String sentence) {
        final var host = new StateHostId("fw2");
        final var failure = RpcFailures.exception(List.of(error(ErrorType.APPLICATION, tag, ""))).at(host, "commit");
        assertEquals(sentence, failure.getMessage());
        assertEquals(sentence, failure.at(host, "release").getMessage());
        OperatorSentences.assertNamesOnce("fw2", failure.getMessage());
    }

    private static RpcError error(final ErrorType type, final String tag, final String info) {
        return RpcResultBuilder.newError(type, new ErrorTag(tag), "It is so", null, info, null);
    }
}
