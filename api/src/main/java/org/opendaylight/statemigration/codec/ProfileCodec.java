// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.profile.Limits;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.profile.LimitsBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.state.host.Profile;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.state.host.ProfileBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Sha256;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;

/** Profiles of State Hosts: grouping {@code profile} of module {@code statemigration-agent}. */
public final class ProfileCodec {
    private ProfileCodec() {
        // Hidden on purpose
    }

    /**
     * Profile to YANG. Other containers that use the same grouping are built from the result.
     *
     * @param profile the profile
     * @return the same in YANG
     */
    public static Profile encode(final HostProfile profile) {
        final var protocols = new LinkedHashSet<Uint8>();
        new TreeSet<>(profile.flowProtocols()).forEach(protocol -> protocols.add(Uint8.valueOf(protocol)));
        return new ProfileBuilder()
            .setHostId(new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.StateHostId(
                profile.hostId().value()))
            .setVendor(profile.vendor())
            .setProtocolVersion(new LinkedHashSet<>(profile.protocolVersions()))
            .setFunction(IdentityCodec.FUNCTION.encode(profile.functions()))
            .setRole(EnumCodec.PROFILE_ROLE.encode(profile.roles()))
            .setRepresentation(IdentityCodec.REPRESENTATION.encode(profile.representations()))
            .setFlowProtocol(protocols)
            .setAddress(AddressCodec.encodeAll(profile.addresses()))
            .setNatPool(AddressCodec.encodePrefixes(profile.natPools()))
            .setFollows(profile.follows() ? Boolean.TRUE : null)
            .setPolicyDigest(profile.policyDigest().map(hex -> new Sha256(HexFormat.of().parseHex(hex))).orElse(null))
            .setLimits(new LimitsBuilder()
                .setFlowsPerChunk(Uint32.valueOf(profile.limits().flowsPerChunk()))
                .setFlowsPerMigration(Uint32.valueOf(profile.limits().flowsPerMigration()))
                .setMigrations(Uint32.valueOf(profile.limits().migrations()))
                .setHoldLease(Uint32.valueOf(profile.limits().holdLease()))
                .build())
            .build();
    }

    /**
     * Profile from YANG.
     *
     * @param profile the profile
     * @return the same in Java
     * @throws IllegalArgumentException if it lacks what it must have
     */
    public static HostProfile decode(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Profile profile) {
        final var present = Required.value(profile, "profile");
        final var protocols = new TreeSet<Integer>();
        if (present.getFlowProtocol() != null) {
            present.getFlowProtocol().forEach(protocol -> protocols.add(protocol.intValue()));
        }
        return new HostProfile(
            new StateHostId(Required.value(present.getHostId(), "profile/host-id").getValue()),
            present.getVendor() == null ? "" : present.getVendor(),
            List.copyOf(Required.value(present.getProtocolVersion(), "profile/protocol-version")),
            IdentityCodec.FUNCTION.decodeKnown(Required.value(present.getFunction(), "profile/function")),
            present.getRole() == null ? Set.of(Role.values()) : EnumCodec.PROFILE_ROLE.decode(present.getRole()),
            IdentityCodec.REPRESENTATION.decodeKnown(
                Required.value(present.getRepresentation(), "profile/representation")),
            protocols,
            AddressCodec.decodeAll(present.getAddress()),
            AddressCodec.decodePrefixes(present.getNatPool()),
            Boolean.TRUE.equals(present.getFollows()),
            Optional.ofNullable(present.getPolicyDigest()).map(digest -> HexFormat.of().formatHex(digest.getValue())),
            decodeLimits(present.getLimits()));
    }

    private static HostProfile.Limits decodeLimits(final Limits limits) {
        final var fallback = HostProfile.Limits.DEFAULT;
        return limits == null ? fallback : new HostProfile.Limits(
            orElse(limits.getFlowsPerChunk(), fallback.flowsPerChunk()),
            orElse(limits.getFlowsPerMigration(), fallback.flowsPerMigration()),
            orElse(limits.getMigrations(), fallback.migrations()),
            orElse(limits.getHoldLease(), fallback.holdLease()));
    }

    private static int orElse(final Uint32 value, final int fallback) {
        // Larger than an int is as good as unlimited
        return value == null ? fallback : (int) Math.min(value.longValue(), Integer.MAX_VALUE);
    }
}
