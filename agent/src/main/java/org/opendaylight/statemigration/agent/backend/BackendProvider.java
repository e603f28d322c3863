// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend;

import org.opendaylight.statemigration.agent.config.section.ConfigSection;
import org.opendaylight.statemigration.agent.config.section.ConfigurationException;

/**
 * A kind of State Host. The daemon finds all providers with {@link java.util.ServiceLoader}, so a further one needs
 * only
 * its own package and a line in {@code META-INF/services}.
 */
public interface BackendProvider {
    /** {@return value of the key {@code backend.type} that selects this back end, and name of its section} */
    String name();

    /**
     * Read the section of this back end. It is read whether the back end is selected or not, so that a mistake in it is
     * found at once; so nothing may be opened yet. Keys that are not read here are reported to the operator as unknown.
     *
     * @param section section {@code backend.NAME}, which is empty if the file has none
     * @return the back end
     * @throws ConfigurationException if a value cannot be used
     */
    Backend configure(ConfigSection section) throws ConfigurationException;
}
