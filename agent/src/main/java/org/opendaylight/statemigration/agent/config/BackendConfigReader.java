// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.config;

import java.util.HashMap;
import java.util.Map;
import org.opendaylight.statemigration.agent.backend.linux.LinuxOptions;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.agent.backend.memory.MemoryStateTable;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.flow.VirtualNetwork.VnName;
import org.opendaylight.statemigration.flow.VirtualNetwork.Vnid;

/** Reads section {@code backend}. */
final class BackendConfigReader {
    private static final int MAX_VNID = 0xffffff;
    private static final int MAX_ZONE = 65_534;
    private static final int MAX_QUEUE = 1_000_000;

    /** Kinds of State Hosts. */
    private enum Kind {
        LINUX,
        MEMORY
    }

    /** Words for how packets are held. */
    private enum Hold {
        QUEUE,
        DROP
    }

    private BackendConfigReader() {
        // Hidden on purpose
    }

    static BackendConfiguration read(final ConfigSection root) throws ConfigurationException {
        final var backend = root.section("backend");
        final var linux = backend.section("linux");
        final var memory = backend.section("memory");
        // Both are read, as a mistake in the one that is not used now will be a nuisance later
        final var asLinux = linux(linux);
        final var asMemory = memory(memory);
        return switch (backend.choice("type", Kind.class)) {
            case LINUX -> asLinux;
            case MEMORY -> asMemory;
        };
    }

    private static BackendConfiguration linux(final ConfigSection linux) throws ConfigurationException {
        final var fallback = LinuxOptions.DEFAULT;
        final var hold = linux.has("hold") ? linux.choice("hold", Hold.class) : Hold.QUEUE;
        return new BackendConfiguration.Linux(new LinuxOptions(linux.optionalFile("network-namespace"), zones(linux),
            switch (hold) {
                case QUEUE -> HoldPreference.BEST;
                case DROP -> HoldPreference.DROP;
            },
            linux.integer("queue-length", 1, MAX_QUEUE, fallback.queueLength()),
            linux.integer("queue-base", 0, MAX_ZONE, fallback.queueBase())));
    }

    private static Map<VirtualNetwork, Integer> zones(final ConfigSection linux) throws ConfigurationException {
        final var zones = new HashMap<VirtualNetwork, Integer>();
        for (var entry : linux.sections("virtual-networks")) {
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

    private static BackendConfiguration memory(final ConfigSection memory) throws ConfigurationException {
        return new BackendConfiguration.Memory(memory.optionalFile("flows"),
            memory.integer("capacity", 0, Integer.MAX_VALUE, MemoryStateTable.DEFAULT_CAPACITY));
    }
}
