// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.netconf;

import java.util.Collection;
import java.util.Map;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;
import org.opendaylight.yangtools.yang.common.RpcError;

/** Errors of RFC 6241 and what they mean at IF(M,A). */
final class RpcFailures {
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

    private RpcFailures() {
        // Hidden on purpose
    }

    static AgentException exception(final String host, final String what, final Collection<? extends RpcError> errors) {
        if (errors.isEmpty()) {
            return new AgentException(Kind.OPERATION_FAILED, "State Host " + host + " answered " + what
                + " with nothing");
        }
        final var error = errors.iterator().next();
        // An error of the transport is the controller's own word for a session that ended
        final var kind = ErrorType.TRANSPORT.equals(error.getErrorType()) ? Kind.NO_ANSWER
            : KINDS.getOrDefault(error.getTag(), Kind.OPERATION_FAILED);
        return new AgentException(kind, "State Host " + host + " refused " + what + ": " + error.getMessage());
    }
}
