// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.netconf;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;
import org.opendaylight.yangtools.yang.common.RpcError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors of RFC 6241 and what they mean at IF(M,A). The tag tells the kind. What failed is told by element
 * {@code reason} in error-info, an identity derived from {@code failure-reason}; an agent that does not send it leaves
 * the reason open, and it is not guessed.
 */
final class RpcFailures {
    private static final Logger LOG = LoggerFactory.getLogger(RpcFailures.class);

    /** Whatever is not here is an error of the State Host. */
    private static final Map<ErrorTag, Kind> KINDS = Map.of(
        ErrorTag.DATA_MISSING, Kind.DATA_MISSING,
        ErrorTag.INVALID_VALUE, Kind.INVALID_VALUE,
        ErrorTag.BAD_ELEMENT, Kind.INVALID_VALUE,
        ErrorTag.UNKNOWN_ELEMENT, Kind.INVALID_VALUE,
        ErrorTag.MISSING_ELEMENT, Kind.INVALID_VALUE,
        ErrorTag.MALFORMED_MESSAGE, Kind.INVALID_VALUE,
        ErrorTag.TOO_BIG, Kind.INVALID_VALUE,
        ErrorTag.RESOURCE_DENIED, Kind.RESOURCE_DENIED,
        ErrorTag.ACCESS_DENIED, Kind.ACCESS_DENIED);
    /** OpenDaylight's client gives the children of error-info as text, without their namespaces. */
    private static final Pattern REASON =
        Pattern.compile("<(?:[\\w.-]+:)?reason>\\s*(?:[\\w.-]+:)?([\\w.-]+)\\s*</");

    private RpcFailures() {
        // Hidden on purpose
    }

    static AgentException exception(final Collection<? extends RpcError> errors) {
        if (errors.isEmpty()) {
            return new AgentException(Kind.INVALID_ANSWER, "the answer is empty");
        }
        final var error = errors.iterator().next();
        if (ErrorType.TRANSPORT.equals(error.getErrorType())) {
            // The controller's own word for a session that ended
            LOG.debug("No answer: {}", error);
            return new AgentException(Kind.NO_ANSWER, "the NETCONF session has ended");
        }
        final var kind = KINDS.getOrDefault(error.getTag(), Kind.OPERATION_FAILED);
        final var detail = Optional.ofNullable(error.getMessage()).orElse("it does not say why");
        return reason(error).map(reason -> new AgentException(kind, reason, detail))
            .orElseGet(() -> new AgentException(kind, detail));
    }

    private static Optional<FailureReason> reason(final RpcError error) {
        return Optional.ofNullable(error.getInfo()).map(REASON::matcher).filter(found -> found.find())
            .flatMap(found -> FailureReason.ofIdentity(found.group(1)));
    }
}
