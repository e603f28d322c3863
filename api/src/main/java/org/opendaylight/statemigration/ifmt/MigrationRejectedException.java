// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.ifma.FailureReason;

/**
 * The master does not do what it was asked to. The message is a sentence that an operator can act on.
 */
public final class MigrationRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Why, each with the error tag of RFC 8040 that stands for it.
     */
    public enum Kind {
        /** What is named does not exist. */
        DATA_MISSING("data-missing"),
        /** An argument is wrong. */
        INVALID_VALUE("invalid-value"),
        /** Policy forbids it. */
        ACCESS_DENIED("access-denied"),
        /** A limit is reached. */
        RESOURCE_DENIED("resource-denied"),
        /** It cannot be done now. */
        OPERATION_FAILED("operation-failed");

        private final String errorTag;

        Kind(final String errorTag) {
            this.errorTag = errorTag;
        }

        /** {@return the error tag of RFC 8040, section 7} */
        public String errorTag() {
            return errorTag;
        }
    }

    private final Kind kind;
    private final FailureReason reason;

    /**
     * A rejection that has no part in the outcome of a migration, as there will be none.
     *
     * @param kind why
     * @param message a sentence
     */
    public MigrationRejectedException(final Kind kind, final String message) {
        this(kind, FailureReason.STATE_HOST_ERROR, message);
    }

    /**
     * A rejection because of a State Host. A migration that waits and is checked again before it begins fails for this
     * reason.
     *
     * @param kind why
     * @param reason what is wrong with the State Host
     * @param message a sentence
     */
    public MigrationRejectedException(final Kind kind, final FailureReason reason, final String message) {
        super(requireNonNull(message));
        this.kind = requireNonNull(kind);
        this.reason = requireNonNull(reason);
    }

    /** {@return why} */
    public Kind kind() {
        return kind;
    }

    /** {@return why a migration fails that is rejected when it is to begin} */
    public FailureReason reason() {
        return reason;
    }
}
