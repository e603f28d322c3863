// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;

/** State Hosts are not there, or may not do together what is asked of them. */
public sealed interface HostRejection extends Rejection {
    @Override
    default Kind kind() {
        return Kind.ACCESS_DENIED;
    }

    @Override
    default FailureReason reason() {
        return FailureReason.STATE_HOST_UNAUTHORIZED;
    }

    /**
     * The flows lose functions, or meet functions that know nothing of them.
     *
     * @param functions the functions, at least one
     */
    record UnmatchedFunctions(List<Unmatched> functions) implements HostRejection {
        public UnmatchedFunctions {
            functions = List.copyOf(functions);
        }
    }

    /**
     * Two State Hosts have no function in common.
     *
     * @param source the source
     * @param destination the destination
     */
    record NoCommonFunction(StateHostId source, StateHostId destination) implements HostRejection {
        public NoCommonFunction {
            requireNonNull(source);
            requireNonNull(destination);
        }
    }

    /**
     * Two State Hosts have no representation in common.
     *
     * @param source the source
     * @param offered what the source offers
     * @param destination the destination
     * @param taken what the destination offers
     */
    record NoCommonRepresentation(StateHostId source, Set<Representation> offered, StateHostId destination,
            Set<Representation> taken) implements HostRejection {
        public NoCommonRepresentation {
            requireNonNull(source);
            offered = Set.copyOf(offered);
            requireNonNull(destination);
            taken = Set.copyOf(taken);
        }

        @Override
        public Kind kind() {
            return Kind.OPERATION_FAILED;
        }

        @Override
        public FailureReason reason() {
            return FailureReason.STATE_HOST_ERROR;
        }
    }

    /**
     * A State Host is neither connected nor known to policy.
     *
     * @param host the State Host
     */
    record UnknownHost(StateHostId host) implements HostRejection {
        public UnknownHost {
            requireNonNull(host);
        }

        @Override
        public Kind kind() {
            return Kind.INVALID_VALUE;
        }

        @Override
        public FailureReason reason() {
            return FailureReason.STATE_HOST_UNKNOWN;
        }
    }

    /**
     * A State Host cannot be asked at present.
     *
     * @param host the State Host
     * @param kind why
     * @param reason what is wrong with it
     * @param detail what is shown of it, a sentence that names it
     */
    record Unavailable(StateHostId host, Kind kind, FailureReason reason, String detail) implements HostRejection {
        public Unavailable {
            requireNonNull(host);
            requireNonNull(kind);
            requireNonNull(reason);
            requireNonNull(detail);
        }
    }

    /**
     * The session with a State Host has ended between two requests.
     *
     * @param host the State Host
     */
    record SessionEnded(StateHostId host) implements HostRejection {
        public SessionEnded {
            requireNonNull(host);
        }

        @Override
        public Kind kind() {
            return Kind.OPERATION_FAILED;
        }

        @Override
        public FailureReason reason() {
            return FailureReason.STATE_HOST_DISCONNECTED;
        }
    }

    /**
     * A State Host does not offer a role.
     *
     * @param host the State Host
     * @param role the role
     */
    record RoleNotOffered(StateHostId host, Role role) implements HostRejection {
        public RoleNotOffered {
            requireNonNull(host);
            requireNonNull(role);
        }
    }

    /**
     * Policy does not let a State Host have a role.
     *
     * @param host the State Host
     * @param role the role
     */
    record RoleForbidden(StateHostId host, Role role) implements HostRejection {
        public RoleForbidden {
            requireNonNull(host);
            requireNonNull(role);
        }
    }

    /**
     * Policy does not let a State Host see flows of a virtual network.
     *
     * @param host the State Host
     * @param network the virtual network; empty for flows of none
     */
    record NetworkForbidden(StateHostId host, Optional<VirtualNetwork> network) implements HostRejection {
        public NetworkForbidden {
            requireNonNull(host);
            requireNonNull(network);
        }
    }

    /**
     * Policy does not list a State Host.
     *
     * @param host the State Host
     */
    record NotListed(StateHostId host) implements HostRejection {
        public NotListed {
            requireNonNull(host);
        }
    }
}
