// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend;

import java.io.IOException;
import java.time.InstantSource;

/** A State Host as an operator has configured it, whose table is not open yet. */
@FunctionalInterface
public interface Backend {
    /**
     * Open the table of the State Host.
     *
     * @param clock the time, which only goes forward
     * @return the table; the caller closes it
     * @throws BackendException if the State Host cannot be used
     * @throws IOException if a file that the configuration names cannot be read
     * @throws IllegalArgumentException if such a file does not contain what it should
     */
    StateTable open(InstantSource clock) throws BackendException, IOException;
}
