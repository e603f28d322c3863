// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.host;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a State Host tells of itself when it registers (IF(M,A) F2); the words are those of YANG grouping
 * {@code profile} in module {@code statemigration-agent}.
 *
 * @param hostId identity
 * @param vendor who made it and what it is
 * @param protocolVersions versions of IF(M,A) that the agent speaks
 * @param functions functions whose state may be moved
 * @param roles sides it can be on
 * @param representations representations of state that the agent speaks
 * @param flowProtocols IP protocol numbers whose state it can export and restore
 * @param addresses management addresses
 * @param natPools public addresses that translations may use
 * @param follows whether it can tell changes of flows, so that it may be the source of planned moves
 * @param policyDigest lower case hexadecimal SHA-256 over the local policy
 * @param limits bounds that the agent enforces
 */
public record HostProfile(StateHostId hostId, String vendor, List<String> protocolVersions,
        Set<FunctionType> functions, Set<Role> roles, Set<Representation> representations, Set<Integer> flowProtocols,
        Set<InetAddress> addresses, List<IpPrefix> natPools, boolean follows, Optional<String> policyDigest,
        Limits limits) {
    /** The version of IF(M,A) that this code speaks. */
    public static final String PROTOCOL_VERSION = "1.0";

    public HostProfile {
        requireNonNull(hostId);
        requireNonNull(vendor);
        protocolVersions = List.copyOf(protocolVersions);
        functions = Set.copyOf(functions);
        roles = Set.copyOf(roles);
        representations = Set.copyOf(representations);
        flowProtocols = Set.copyOf(flowProtocols);
        addresses = Set.copyOf(addresses);
        natPools = List.copyOf(natPools);
        requireNonNull(policyDigest);
        requireNonNull(limits);
    }

    /**
     * Bounds that an agent enforces.
     *
     * @param flowsPerChunk flows in one chunk
     * @param flowsPerMigration flows in one migration
     * @param migrations migrations open at one time
     * @param holdLease longest lease of a hold, in seconds
     */
    public record Limits(int flowsPerChunk, int flowsPerMigration, int migrations, int holdLease) {
        /** What an agent enforces that was told nothing else. */
        public static final Limits DEFAULT = new Limits(1000, 1_000_000, 64, 300);
        /** Of so many migrations one is kept for a VM that has moved. */
        private static final int PER_KEPT = 4;

        /**
         * How far migrations may fill a State Host that copy flows before they leave, or in case they have to. VMs
         * that have moved cannot wait for those: a quarter of the places, rounded up, is kept for them.
         *
         * @return migrations open at one time, at least 0
         */
        public int migrationsWithPreCopy() {
            return migrations - Math.ceilDiv(migrations, PER_KEPT);
        }
    }
}
