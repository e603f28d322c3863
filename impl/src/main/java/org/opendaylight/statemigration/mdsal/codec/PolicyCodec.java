// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.opendaylight.statemigration.codec.AddressCodec;
import org.opendaylight.statemigration.codec.IdentityCodec;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.policy.Damping;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Policy.PartialMigration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Policy.UnmatchedFunction;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.AuthorizedHost;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.Limits;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.PlannedMoves;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.Timers;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Milliseconds;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;

/** Policy from YANG. The datastore does not fill in defaults, so they are filled in here. */
public final class PolicyCodec {
    private PolicyCodec() {
        // Hidden on purpose
    }

    public static Policy read(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123
                .state.migration.Policy policy) {
        if (policy == null) {
            return Policy.DEFAULT;
        }
        final var authorized = new HashMap<StateHostId, Policy.Authorization>();
        policy.nonnullAuthorizedHost().values().forEach(host ->
            authorized.put(new StateHostId(host.requireHostId().getValue()), authorization(host)));
        return new Policy(authorized, limits(policy.getLimits()), timers(policy.getTimers()),
            planned(policy.getPlannedMoves()), new Policy.Leniency(
                policy.getPartialMigration() == PartialMigration.Accept,
                policy.getUnmatchedFunction() == UnmatchedFunction.GoAhead))
            .protecting(ProtectionCodec.read(policy));
    }

    private static Policy.Authorization authorization(final AuthorizedHost host) {
        final var roles = new HashSet<Role>();
        if (host.getRole() != null) {
            roles.addAll(EnumCodecs.PERMITTED_ROLE.decode(host.getRole()));
        }
        return new Policy.Authorization(IdentityCodec.FUNCTION.decodeKnown(host.getFunction()), roles,
            AddressCodec.decodePrefixes(host.getPermittedNetwork()), networks(host),
            Boolean.TRUE.equals(host.getAcceptUnverifiedKey()));
    }

    private static Set<VirtualNetwork> networks(final AuthorizedHost host) {
        final var networks = new LinkedHashSet<VirtualNetwork>();
        if (host.getVirtualNetwork() != null) {
            host.getVirtualNetwork().forEach(network -> networks.add(network.getVnid() != null
                ? new VirtualNetwork.Vnid(network.getVnid().getValue().intValue())
                : new VirtualNetwork.VnName(network.getVnName().getValue())));
        }
        return networks;
    }

    private static Policy.Limits limits(final Limits limits) {
        final var defaults = Policy.Limits.DEFAULT;
        return limits == null ? defaults : new Policy.Limits(
            orElse(limits.getFlowsPerMigration(), defaults.flowsPerMigration()),
            orElse(limits.getFlowsPerChunk(), defaults.flowsPerChunk()),
            orElse(limits.getConcurrentMigrations(), defaults.concurrent()),
            orElse(limits.getWaitingMigrations(), defaults.waiting()),
            orElse(limits.getRecentMigrations(), defaults.recent()));
    }

    private static Policy.Timers timers(final Timers timers) {
        final var defaults = Policy.Timers.DEFAULT;
        return timers == null ? defaults : new Policy.Timers(
            orElse(timers.getSettle(), defaults.settle()),
            orElse(timers.getSettleBound(), defaults.settleBound()),
            orElse(timers.getPrepare(), defaults.prepare()),
            orElse(timers.getTransfer(), defaults.transfer()),
            orElse(timers.getCommit(), defaults.commit()),
            orElse(timers.getRelease(), defaults.release()),
            orElse(timers.getRollback(), defaults.rollback()),
            timers.getHoldLease() == null ? defaults.holdLease()
                : Duration.ofSeconds(timers.getHoldLease().longValue()),
            dampening(timers.getDampening()));
    }

    private static Damping dampening(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123
                .state.migration.policy.timers.Dampening dampening) {
        final var defaults = Damping.DEFAULT;
        return dampening == null ? defaults : new Damping(!Boolean.FALSE.equals(dampening.getEnabled()),
            orElse(dampening.getHalfLife(), defaults.halfLife()),
            orElse(dampening.getSuppress(), defaults.suppress()),
            orElse(dampening.getReuse(), defaults.reuse()),
            orElse(dampening.getMaxSuppressTime(), defaults.maxSuppress()));
    }

    private static Policy.Planned planned(final PlannedMoves planned) {
        final var defaults = Policy.Planned.DEFAULT;
        return planned == null ? defaults : new Policy.Planned(
            orElse(planned.getStandingBy(), defaults.standingBy()),
            orElse(planned.getInterval(), defaults.interval()),
            orElse(planned.getFulfilment(), defaults.fulfilment()));
    }

    private static int orElse(final Uint32 value, final int fallback) {
        return value == null ? fallback : value.intValue();
    }

    private static int orElse(final Uint16 value, final int fallback) {
        return value == null ? fallback : value.intValue();
    }

    private static Duration orElse(final Milliseconds value, final Duration fallback) {
        return value == null ? fallback : Duration.ofMillis(value.getValue().longValue());
    }
}
