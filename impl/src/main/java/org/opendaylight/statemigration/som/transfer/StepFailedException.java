// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import org.opendaylight.statemigration.som.model.Failure;

/** The master does not accept what a State Host answered. */
public final class StepFailedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /**
     * A failure.
     *
     * @param failure why not
     */
    public StepFailedException(final Failure failure) {
        super(failure.detail());
        this.failure = requireNonNull(failure);
    }

    /** {@return why} */
    public Failure failure() {
        return failure;
    }
}
