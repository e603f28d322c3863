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
import java.util.stream.Collectors;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.FailoverSource;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.text.EnumNames;

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
                throw new MigrationRejectedException(Kind.INVALID_VALUE, "The notification names the pair "
                    + leg.source() + " and " + leg.destination() + " twice: make one leg of them");
            }
            final var network = notification.vm().network();
            final var source = profile(leg.source(), Role.SOURCE, network,
                () -> failoverSources.apply(leg.source(), new FlowSelection(notification.vm(), leg.peers())));
            final var destination = profile(leg.destination(), Role.DESTINATION, network, Optional::empty);
            final var common = functions(source);
            common.retainAll(functions(destination));
            if (common.isEmpty()) {
                throw new MigrationRejectedException(Kind.ACCESS_DENIED,
                FailureReason.STATE_HOST_UNAUTHORIZED, "State Hosts " + leg.source() + " and "
                    + leg.destination() + " have no function in common that policy permits to both");
            }
            if (Representation.common(source, destination).isEmpty()) {
                throw new MigrationRejectedException(Kind.OPERATION_FAILED,
                    FailureReason.STATE_HOST_ERROR, "State Hosts " + leg.source() + " and "
                    + leg.destination() + " have no representation of flow state in common: " + offer(source) + ", "
                    + offer(destination));
            }
        }
    }

    private static String offer(final HostProfile profile) {
        final var names = profile.representations().stream().map(EnumNames::of).sorted().toList();
        return profile.hostId() + " offers " + (names.isEmpty() ? "none that is known here"
            : String.join(" and ", names));
    }

    private void checkUnmatched(final List<Unmatched> unmatched) throws MigrationRejectedException {
        if (!policy.leniency().unmatched() && !unmatched.isEmpty()) {
            throw new MigrationRejectedException(Kind.ACCESS_DENIED,
                FailureReason.STATE_HOST_UNAUTHORIZED, unmatched.stream()
                .map(one -> switch (one.side()) {
                    case LEFT -> "The flows lose " + sentence(one) + ", which the new path does not have";
                    case ENTERED -> "The flows meet " + sentence(one) + ", which knows nothing of them";
                })
                .collect(Collectors.joining("; ")) + ": policy refuses that, see unmatched-function");
        }
    }

    private static String sentence(final Unmatched unmatched) {
        return "function " + EnumNames.of(unmatched.function())
            + " of State Host " + unmatched.host();
    }

    private HostProfile profile(final StateHostId id, final Role role, final Optional<VirtualNetwork> network,
            final Supplier<Optional<FailoverSource>> failoverSource) throws MigrationRejectedException {
        final var host = hosts.apply(id).orElseThrow(() -> new MigrationRejectedException(Kind.INVALID_VALUE,
            FailureReason.STATE_HOST_UNKNOWN, "State Host " + id
                + " is unknown: it is neither connected nor listed in authorized-host"));
        final var profile = switch (host.state().status()) {
            case CONNECTED -> host.state().profile().orElseThrow();
            case UNAUTHORIZED -> throw new MigrationRejectedException(Kind.ACCESS_DENIED,
                FailureReason.STATE_HOST_UNAUTHORIZED, host.state().detail());
            case DISCONNECTED, UNUSABLE -> failoverSource.get().map(FailoverSource::profile)
                .orElseThrow(() -> new MigrationRejectedException(Kind.OPERATION_FAILED,
                    host.state().status() == Status.DISCONNECTED ? FailureReason.STATE_HOST_DISCONNECTED
                        : FailureReason.STATE_HOST_ERROR, host.state().detail()));
        };
        final var authorization = authorization(id);
        if (!profile.roles().contains(role)) {
            throw new MigrationRejectedException(Kind.ACCESS_DENIED,
                FailureReason.STATE_HOST_UNAUTHORIZED, "State Host " + id + " is not willing to be a "
                + name(role));
        }
        if (!authorization.roles().isEmpty() && !authorization.roles().contains(role)) {
            throw new MigrationRejectedException(Kind.ACCESS_DENIED,
                FailureReason.STATE_HOST_UNAUTHORIZED, "Policy does not let State Host " + id + " be a "
                + name(role) + ": see its role in authorized-host");
        }
        final var networks = authorization.virtualNetworks();
        if (!networks.isEmpty() && network.filter(networks::contains).isEmpty()) {
            throw new MigrationRejectedException(Kind.ACCESS_DENIED,
                FailureReason.STATE_HOST_UNAUTHORIZED, "Policy does not let State Host " + id
                + " see flows of " + network.map(VirtualNetwork::toString).orElse("no virtual network")
                + ": see its virtual-network in authorized-host");
        }
        return profile;
    }

    private Policy.Authorization authorization(final StateHostId id) throws MigrationRejectedException {
        final var authorization = policy.authorized().get(id);
        if (authorization == null) {
            throw new MigrationRejectedException(Kind.ACCESS_DENIED,
                FailureReason.STATE_HOST_UNAUTHORIZED, "Policy does not list State Host " + id
                + ": add it to authorized-host if it may take part");
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

    private static String name(final Role role) {
        return switch (role) {
            case SOURCE -> "source";
            case DESTINATION -> "destination";
        };
    }
}
