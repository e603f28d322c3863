// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.lab.network.TenantFirewallPair;

/** The laboratory's two firewalls of two tenants, with the virtual networks that agents know the tenants by. */
final class TenantLab extends TenantFirewallPair {
    TenantLab() throws IOException {
        // Nothing is opened yet
    }

    static VirtualNetwork network(final Tenant tenant) {
        return switch (tenant) {
            case A -> new VirtualNetwork.Vnid(5001);
            case B -> new VirtualNetwork.VnName("blue");
        };
    }

    Path path(final String name) {
        return place(name).path();
    }

    NetworkNamespace namespace(final String name) {
        return new NetworkNamespace(Optional.of(path(name)));
    }

    Map<VirtualNetwork, Integer> zones(final String firewall) {
        return Arrays.stream(Tenant.values())
            .collect(Collectors.toMap(TenantLab::network, tenant -> tenant.zone(firewall)));
    }
}
