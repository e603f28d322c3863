// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.testbed;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.Map;
import org.opendaylight.statemigration.lab.network.Vm;

/** Flows that a table in memory begins with: connections from VM1 to VM3, half of them over IPv6. */
public final class SeedFlows {
    /** How many there are. */
    public static final int COUNT = 20;

    private static final int FIRST_PORT = 40_000;
    private static final int SERVICE_PORT = 443;

    private SeedFlows() {
        // Hidden on purpose
    }

    /** {@return a JSON array of flows as the YANG module {@code statemigration-flow-state} describes them} */
    public static String json() {
        final var flows = new ArrayList<Object>();
        for (int i = 0; i < COUNT; i++) {
            final var client = i % 2 == 0 ? Vm.VM1.ipv4() : Vm.VM1.ipv6();
            final var server = i % 2 == 0 ? Vm.VM3.ipv4() : Vm.VM3.ipv6();
            final var end = Map.of("window-scale", 7);
            flows.add(Map.of("protocol", 6,
                "original", tuple(client, FIRST_PORT + i, server, SERVICE_PORT),
                "reply", tuple(server, SERVICE_PORT, client, FIRST_PORT + i),
                "tcp", Map.of("state", "established", "originator", end, "responder", end),
                "seen-reply", true, "assured", true, "timeout", 3600));
        }
        return new Gson().toJson(flows);
    }

    private static Map<String, Object> tuple(final String source, final int sourcePort, final String destination,
            final int destinationPort) {
        return Map.of("source-address", source, "source-port", sourcePort, "destination-address", destination,
            "destination-port", destinationPort);
    }
}
