// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.linux.LinuxOptions;

/** Which kind of State Host the agent serves. */
public sealed interface BackendConfiguration {
    /**
     * Connection tracking of the Linux kernel.
     *
     * @param options how
     */
    record Linux(LinuxOptions options) implements BackendConfiguration {
        public Linux {
            requireNonNull(options);
        }
    }

    /**
     * A table in memory.
     *
     * @param flows file of the flows that are there at the start
     * @param capacity flows that it can hold
     */
    record Memory(Optional<Path> flows, int capacity) implements BackendConfiguration {
        public Memory {
            requireNonNull(flows);
        }
    }
}
