// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

import static java.util.Objects.requireNonNull;

/**
 * An agent did not do what it was asked to. The message is a sentence that an operator can act on.
 */
public final class AgentException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * What went wrong, each with the error tag of RFC 6241 that stands for it.
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

    public AgentException(final Kind kind, final String message) {
        super(requireNonNull(message));
        this.kind = requireNonNull(kind);
    }

    public AgentException(final Kind kind, final String message, final Throwable cause) {
        super(requireNonNull(message), cause);
        this.kind = requireNonNull(kind);
    }

    /** {@return what went wrong} */
    public Kind kind() {
        return kind;
    }
}
