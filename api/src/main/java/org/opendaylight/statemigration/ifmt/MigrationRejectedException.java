// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import static java.util.Objects.requireNonNull;

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

    private final transient Rejection rejection;

    /**
     * A rejection.
     *
     * @param rejection why
     */
    public MigrationRejectedException(final Rejection rejection) {
        super(rejection.detail());
        this.rejection = requireNonNull(rejection);
    }

    /** {@return why, with what it is about} */
    public Rejection rejection() {
        return rejection;
    }

    /** {@return what kind of rejection it is} */
    public Kind kind() {
        return rejection.kind();
    }
}
