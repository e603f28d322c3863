// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.util.Optional;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * A request of IF(M,A) that was not done. The agent says what kind of error it is, what failed, and why, in a sentence
 * that an operator can act on and that does not name the State Host. The master adds which State Host was asked, and
 * what for, once, with {@link #at}.
 */
public final class AgentException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * What kind of error it is, each with the error tag of RFC 6241 that stands for it.
     */
    public enum Kind {
        /** The migration is not known to the agent. Nothing was done. */
        DATA_MISSING("data-missing"),
        /** An argument contradicts the migration or itself. Nothing was done. */
        INVALID_VALUE("invalid-value"),
        /** A limit is reached. Nothing was done. */
        RESOURCE_DENIED("resource-denied"),
        /** Policy forbids it. Nothing was done. */
        ACCESS_DENIED("access-denied"),
        /** The State Host could not do it. */
        OPERATION_FAILED("operation-failed"),
        /** There was an answer that cannot be decoded. Never sent, found out by the caller. */
        INVALID_ANSWER("operation-failed"),
        /** There was no answer: whether it was done is uncertain. Never sent, found out by the caller. */
        NO_ANSWER("operation-failed");

        private final String errorTag;

        Kind(final String errorTag) {
            this.errorTag = errorTag;
        }

        /** {@return the error tag of RFC 6241, appendix A} */
        public String errorTag() {
            return errorTag;
        }
    }

    private final Kind kind;
    private final FailureReason reason;
    private final String detail;
    private final transient Optional<Request> request;

    /**
     * An error of which no more is known than its kind.
     *
     * @param kind the kind
     * @param detail why, a sentence without the State Host's name
     */
    public AgentException(final Kind kind, final String detail) {
        this(kind, detail, null);
    }

    /**
     * An error of which no more is known than its kind.
     *
     * @param kind the kind
     * @param detail why, a sentence without the State Host's name
     * @param cause for the log
     */
    public AgentException(final Kind kind, final String detail, final Throwable cause) {
        this(kind, kind == Kind.NO_ANSWER ? FailureReason.STATE_HOST_DISCONNECTED : FailureReason.STATE_HOST_ERROR,
            detail, cause);
    }

    /**
     * An error of which it is known what failed.
     *
     * @param kind the kind
     * @param reason what failed
     * @param detail why, a sentence without the State Host's name
     */
    public AgentException(final Kind kind, final FailureReason reason, final String detail) {
        this(kind, reason, detail, null);
    }

    /**
     * An error of which it is known what failed.
     *
     * @param kind the kind
     * @param reason what failed
     * @param detail why, a sentence without the State Host's name
     * @param cause for the log, may be null
     */
    public AgentException(final Kind kind, final FailureReason reason, final String detail, final Throwable cause) {
        this(kind, reason, detail, Optional.empty(), cause);
    }

    private AgentException(final Kind kind, final FailureReason reason, final String detail,
            final Optional<Request> request, final Throwable cause) {
        super(request.map(asked -> asked.failed(kind, detail)).orElse(requireNonNull(detail)), cause);
        this.kind = requireNonNull(kind);
        this.reason = requireNonNull(reason);
        this.detail = requireNonNull(detail);
        this.request = request;
    }

    /** {@return what kind of error it is} */
    public Kind kind() {
        return kind;
    }

    /** {@return what failed; {@link FailureReason#STATE_HOST_ERROR} if the agent did not say} */
    public FailureReason reason() {
        return reason;
    }

    /** {@return why, as the agent says it} */
    public String detail() {
        return detail;
    }

    /** {@return what was asked of which State Host; empty before {@link #at}} */
    public Optional<Request> request() {
        return request;
    }

    /**
     * The same as the operator reads it: the message tells which State Host was asked, and what for.
     *
     * @param asked the State Host
     * @param operation the operation, as YANG module {@code statemigration-agent} names it
     * @return the exception; this one if it tells that already
     */
    public AgentException at(final StateHostId asked, final String operation) {
        return request.isPresent() ? this
            : new AgentException(kind, reason, detail, Optional.of(new Request(asked, operation)), this);
    }

    /**
     * What was asked.
     *
     * @param host the State Host
     * @param operation the operation, as YANG module {@code statemigration-agent} names it
     */
    public record Request(StateHostId host, String operation) {
        public Request {
            requireNonNull(host);
            requireNonNull(operation);
        }

        /**
         * The sentence for an operator.
         *
         * @param kind what kind of error it is
         * @param detail why, as the agent says it
         * @return the sentence
         */
        public String failed(final Kind kind, final String detail) {
            return "State Host " + host + switch (kind) {
                case DATA_MISSING, INVALID_VALUE, RESOURCE_DENIED, ACCESS_DENIED -> " refused ";
                case OPERATION_FAILED -> " failed in ";
                case INVALID_ANSWER -> " gave an invalid answer to ";
                case NO_ANSWER -> " did not answer ";
            } + operation + ": " + detail;
        }
    }
}
