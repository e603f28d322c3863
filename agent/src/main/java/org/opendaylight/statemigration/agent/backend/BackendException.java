// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend;

/**
 * The State Host could not do what it was asked to. The message is a sentence that an operator can act on.
 */
public final class BackendException extends Exception {
    private static final long serialVersionUID = 1L;

    public BackendException(final String message) {
        super(message);
    }

    public BackendException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
