// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * What an operator decides about an agent. The rest of its profile is found out from the State Host.
 *
 * @param hostId identity of the State Host
 * @param functions functions whose state may be moved, at least one
 * @param roles sides that the State Host may be on
 * @param natPools public addresses that translations may use; empty where nothing is translated
 * @param addresses management addresses
 * @param limits bounds that the agent enforces
 */
public record AgentSettings(StateHostId hostId, Set<FunctionType> functions, Set<Role> roles, List<IpPrefix> natPools,
        Set<InetAddress> addresses, HostProfile.Limits limits) {
    private static final int MAX_FLOWS_PER_CHUNK = 10_000;
    private static final int MAX_HOLD_LEASE = 3600;

    public AgentSettings {
        requireNonNull(hostId);
        functions = Set.copyOf(functions);
        roles = Set.copyOf(roles);
        natPools = List.copyOf(natPools);
        addresses = Set.copyOf(addresses);
        if (functions.isEmpty()) {
            throw new IllegalArgumentException("State Host " + hostId + " has no function: name at least one");
        }
        range("Flows per chunk", limits.flowsPerChunk(), MAX_FLOWS_PER_CHUNK);
        range("Flows per migration", limits.flowsPerMigration(), Integer.MAX_VALUE);
        range("Migrations", limits.migrations(), Integer.MAX_VALUE);
        range("Hold lease in seconds", limits.holdLease(), MAX_HOLD_LEASE);
    }

    private static void range(final String what, final int value, final int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(what + " " + value + " is not in the range 1.." + max);
        }
    }
}
