// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.config;

import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.agent.backend.Backend;
import org.opendaylight.statemigration.agent.backend.BackendProvider;
import org.opendaylight.statemigration.agent.config.section.ConfigSection;
import org.opendaylight.statemigration.agent.config.section.ConfigurationException;

/** Reads section {@code backend}: which kind of State Host it is. Each kind reads its own section in it. */
final class BackendConfigReader {
    private BackendConfigReader() {
        // Hidden on purpose
    }

    static Backend read(final ConfigSection root) throws ConfigurationException {
        final var section = root.section("backend");
        final var backends = new TreeMap<String, Backend>();
        for (var provider : ServiceLoader.load(BackendProvider.class).stream().map(ServiceLoader.Provider::get)
                .collect(Collectors.toList())) {
            backends.put(provider.name(), provider.configure(section.section(provider.name())));
        }
        return section.parsed("type", type -> {
            if (!backends.containsKey(type)) {
                throw new IllegalArgumentException("'" + type + "' is not one of "
                    + String.join(", ", backends.keySet()));
            }
            return backends.get(type);
        });
    }
}
