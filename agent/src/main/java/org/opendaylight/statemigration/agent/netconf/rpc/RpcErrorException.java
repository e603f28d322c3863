// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;

/** An RPC that is answered with an error. The message is a sentence for the operator of the peer. */
public final class RpcErrorException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ErrorType type;
    private final transient ErrorTag tag;
    private final transient Map<String, String> info;
    private final transient Optional<FailureReason> reason;

    public RpcErrorException(final ErrorType type, final ErrorTag tag, final String message) {
        this(type, tag, message, Map.of(), null);
    }

    /**
     * An error of the agent.
     *
     * @param failure what the agent says
     */
    RpcErrorException(final AgentException failure) {
        this(ErrorType.APPLICATION, new ErrorTag(failure.kind().errorTag()), failure.getMessage(), Map.of(),
            Optional.of(failure.reason()), null);
    }

    /**
     * Create an error.
     *
     * @param type layer the error occurred on
     * @param tag tag of RFC 6241, appendix A
     * @param message sentence for people
     * @param info children of error-info that the tag demands
     * @param cause for the log, may be null
     */
    RpcErrorException(final ErrorType type, final ErrorTag tag, final String message, final Map<String, String> info,
            final Throwable cause) {
        this(type, tag, message, info, Optional.empty(), cause);
    }

    private RpcErrorException(final ErrorType type, final ErrorTag tag, final String message,
            final Map<String, String> info, final Optional<FailureReason> reason, final Throwable cause) {
        super(requireNonNull(message), cause, false, false);
        this.type = requireNonNull(type);
        this.tag = requireNonNull(tag);
        this.info = Map.copyOf(info);
        this.reason = requireNonNull(reason);
    }

    ErrorType type() {
        return type;
    }

    ErrorTag tag() {
        return tag;
    }

    Map<String, String> info() {
        return info;
    }

    /** {@return what failed, if the agent says so} */
    Optional<FailureReason> reason() {
        return reason;
    }
}
