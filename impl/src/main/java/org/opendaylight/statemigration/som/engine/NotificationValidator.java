// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifmt.HostRejection;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.FailoverSource;
import org.opendaylight.statemigration.som.registry.RegisteredHost;

/** Whether the State Hosts of a notification are there, and may do together what is asked of them. */
public final class NotificationValidator {
    private final Policy policy;
    private final Function<StateHostId, Optional<RegisteredHost>> hosts;
    private final BiFunction<StateHostId, FlowSelection, Optional<FailoverSource>> failoverSources;

    private record Pair(StateHostId source, StateHostId destination) {
    }

    NotificationValidator(final Policy policy, final Function<StateHostId, Optional<RegisteredHost>> hosts,
            final BiFunction<StateHostId, FlowSelection, Optional<FailoverSource>> failoverSources) {
        this.policy = requireNonNull(policy);
        this.hosts = requireNonNull(hosts);
        this.failoverSources = requireNonNull(failoverSources);
    }

    public NotificationValidator(final Policy policy, final Function<StateHostId, Optional<RegisteredHost>> hosts) {
        this(policy, hosts, (host, selection) -> Optional.empty());
    }

    public void check(final StateMigrationNotification notification) throws MigrationRejectedException {
        checkUnmatched(notification.unmatched());
        final var pairs = new HashSet<Pair>();
        for (var leg : notification.legs()) {
            if (!pairs.add(new Pair(leg.source(), leg.destination()))) {
                throw new MigrationRejectedException(
                    new RequestRejection.RepeatedPair(leg.source(), leg.destination()));
            }
            final var network = notification.vm().network();
            final var source = profile(leg.source(), Role.SOURCE, network,
                () -> failoverSources.apply(leg.source(), new FlowSelection(notification.vm(), leg.peers())));
            final var destination = profile(leg.destination(), Role.DESTINATION, network, Optional::empty);
            final var common = functions(source);
            common.retainAll(functions(destination));
            if (common.isEmpty()) {
                throw new MigrationRejectedException(
                    new HostRejection.NoCommonFunction(leg.source(), leg.destination()));
            }
            if (Representation.common(source, destination).isEmpty()) {
                throw new MigrationRejectedException(new HostRejection.NoCommonRepresentation(leg.source(),
                    source.representations(), leg.destination(), destination.representations()));
            }
        }
    }

    private void checkUnmatched(final List<Unmatched> unmatched) throws MigrationRejectedException {
        if (!policy.leniency().unmatched() && !unmatched.isEmpty()) {
            throw new MigrationRejectedException(new HostRejection.UnmatchedFunctions(unmatched));
        }
    }

    private HostProfile profile(final StateHostId id, final Role role, final Optional<VirtualNetwork> network,
            final Supplier<Optional<FailoverSource>> failoverSource) throws MigrationRejectedException {
        final var host = hosts.apply(id).orElseThrow(() -> new MigrationRejectedException(
            new HostRejection.UnknownHost(id)));
        final var profile = switch (host.state().status()) {
            case CONNECTED -> host.state().profile().orElseThrow();
            case UNAUTHORIZED -> throw unavailable(host, Kind.ACCESS_DENIED, FailureReason.STATE_HOST_UNAUTHORIZED);
            case DISCONNECTED, UNUSABLE -> failoverSource.get().map(FailoverSource::profile)
                .orElseThrow(() -> unavailable(host, Kind.OPERATION_FAILED,
                    host.state().status() == Status.DISCONNECTED ? FailureReason.STATE_HOST_DISCONNECTED
                        : FailureReason.STATE_HOST_ERROR));
        };
        final var authorization = authorization(id);
        if (!profile.roles().contains(role)) {
            throw new MigrationRejectedException(new HostRejection.RoleNotOffered(id, role));
        }
        if (!authorization.roles().isEmpty() && !authorization.roles().contains(role)) {
            throw new MigrationRejectedException(new HostRejection.RoleForbidden(id, role));
        }
        final var networks = authorization.virtualNetworks();
        if (!networks.isEmpty() && network.filter(networks::contains).isEmpty()) {
            throw new MigrationRejectedException(new HostRejection.NetworkForbidden(id, network));
        }
        return profile;
    }

    private static MigrationRejectedException unavailable(final RegisteredHost host, final Kind kind,
            final FailureReason reason) {
        return new MigrationRejectedException(new HostRejection.Unavailable(host.state().hostId(), kind, reason,
            host.state().detail()));
    }

    private Policy.Authorization authorization(final StateHostId id) throws MigrationRejectedException {
        final var authorization = policy.authorized().get(id);
        if (authorization == null) {
            throw new MigrationRejectedException(new HostRejection.NotListed(id));
        }
        return authorization;
    }

    private Set<FunctionType> functions(final HostProfile profile) throws MigrationRejectedException {
        final var functions = new HashSet<>(profile.functions());
        final var permitted = authorization(profile.hostId()).functions();
        if (!permitted.isEmpty()) {
            functions.retainAll(permitted);
        }
        return functions;
    }
}
