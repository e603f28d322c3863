// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.som.model.Failure;

/** The master does not accept what a State Host answered. */
public final class StepFailedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureReason reason;

    /**
     * Why not.
     *
     * @param reason for programs
     * @param detail for people
     */
    public StepFailedException(final FailureReason reason, final String detail) {
        super(requireNonNull(detail));
        this.reason = requireNonNull(reason);
    }

    /** {@return why} */
    public Failure failure() {
        return new Failure(reason, getMessage());
    }
}
