// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import org.opendaylight.statemigration.agent.backend.BackendProvider;
import org.opendaylight.statemigration.agent.config.section.ConfigSection;
import org.opendaylight.statemigration.agent.config.section.ConfigurationException;

/** Reads section {@code backend.memory}. */
public final class MemoryBackendProvider implements BackendProvider {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public MemoryBackend configure(final ConfigSection section) throws ConfigurationException {
        return new MemoryBackend(section.optionalFile("flows"),
            section.integer("capacity", 0, Integer.MAX_VALUE, MemoryStateTable.DEFAULT_CAPACITY));
    }
}
