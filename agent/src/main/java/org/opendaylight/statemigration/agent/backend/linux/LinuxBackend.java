// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import org.opendaylight.statemigration.agent.backend.Backend;
import org.opendaylight.statemigration.agent.backend.BackendException;

/**
 * Connection tracking of the Linux kernel.
 *
 * @param options how it is set up
 */
public record LinuxBackend(LinuxOptions options) implements Backend {
    public LinuxBackend {
        requireNonNull(options);
    }

    @Override
    public LinuxStateTable open(final InstantSource clock) throws BackendException {
        return LinuxStateTable.open(options);
    }
}
