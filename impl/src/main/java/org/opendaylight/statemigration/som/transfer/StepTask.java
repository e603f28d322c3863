// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A step of a leg, done in pieces. A piece blocks while a request to a State Host is under way, and for nothing else:
 * to wait for a time or an event it ends, and holds no thread until the next piece.
 */
@FunctionalInterface
public interface StepTask {
    /**
     * Do the next piece. One piece is done at a time; each sees what those before it did.
     *
     * @return what follows
     * @throws Exception if the step cannot be done; then nothing follows
     */
    Next run() throws Exception;

    /** What follows a piece. */
    sealed interface Next {
        /** Nothing: the step is done. */
        Next DONE = new Done();
        /** The next piece, as soon as a thread is free, behind others that wait. */
        Next NOW = new Within(Duration.ZERO);

        /** Nothing: the step is done. */
        record Done() implements Next {
        }

        /**
         * The next piece, after a time or earlier if something happens that the step may wait for.
         *
         * @param limit how long at most
         */
        record Within(Duration limit) implements Next {
            public Within {
                requireNonNull(limit);
            }
        }
    }
}
