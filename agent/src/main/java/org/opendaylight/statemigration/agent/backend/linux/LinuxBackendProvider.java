// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import java.util.HashMap;
import java.util.Map;
import org.opendaylight.statemigration.agent.backend.BackendProvider;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.agent.config.section.ConfigSection;
import org.opendaylight.statemigration.agent.config.section.ConfigurationException;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.flow.VirtualNetwork.VnName;
import org.opendaylight.statemigration.flow.VirtualNetwork.Vnid;

/** Reads section {@code backend.linux}. */
public final class LinuxBackendProvider implements BackendProvider {
    private static final int MAX_VNID = 0xffffff;
    private static final int MAX_ZONE = 65_534;
    private static final int MAX_QUEUE = 1_000_000;

    /** Values of key {@code hold}. */
    private enum HoldValue {
        QUEUE,
        DROP
    }

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public LinuxBackend configure(final ConfigSection section) throws ConfigurationException {
        final var fallback = LinuxOptions.DEFAULT;
        final var hold = section.has("hold") ? section.choice("hold", HoldValue.class) : HoldValue.QUEUE;
        return new LinuxBackend(new LinuxOptions(section.optionalFile("network-namespace"), zones(section),
            switch (hold) {
                case QUEUE -> HoldPreference.BEST;
                case DROP -> HoldPreference.DROP;
            },
            section.integer("queue-length", 1, MAX_QUEUE, fallback.queueLength()),
            section.integer("queue-base", 0, MAX_ZONE, fallback.queueBase())));
    }

    private static Map<VirtualNetwork, Integer> zones(final ConfigSection section) throws ConfigurationException {
        final var zones = new HashMap<VirtualNetwork, Integer>();
        for (var entry : section.sections("virtual-networks")) {
            final int zone = entry.integer("zone", 1, MAX_ZONE);
            final var network = network(entry);
            if (zones.containsValue(zone)) {
                throw entry.error("zone", "Zone " + zone + " is given to two virtual networks");
            }
            if (zones.put(network, zone) != null) {
                throw entry.error(entry.has("vnid") ? "vnid" : "vn-name", "There are two zones for " + network);
            }
        }
        return zones;
    }

    private static VirtualNetwork network(final ConfigSection entry) throws ConfigurationException {
        if (entry.has("vnid") == entry.has("vn-name")) {
            throw entry.error("vnid", "Give either vnid or vn-name");
        }
        return entry.has("vnid") ? new Vnid(entry.integer("vnid", 0, MAX_VNID)) : entry.parsed("vn-name", VnName::new);
    }
}
