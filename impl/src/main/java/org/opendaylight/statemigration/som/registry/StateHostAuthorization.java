// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.registry;

import com.google.common.net.InetAddresses;
import java.util.Optional;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.text.EnumNames;

/**
 * The rules by which a connected State Host may take part. Each gives a sentence that says what to do if it may not.
 */
final class StateHostAuthorization {
    private StateHostAuthorization() {
        // Hidden on purpose
    }

    /** F1: why policy does not authorize the other end of a session. */
    static Optional<String> whyUnauthorized(final Policy policy, final StateHostId id, final HostSession session) {
        final var authorization = policy.authorized().get(id);
        if (authorization == null) {
            return Optional.of("Policy does not list State Host " + id
                + ": add it to authorized-host if it may take part");
        }
        if (!session.keyVerified() && !authorization.acceptUnverifiedKey()) {
            return Optional.of("The key of State Host " + id + " was not verified: let it call home, or set"
                + " accept-unverified-key");
        }
        if (authorization.permittedNetworks().isEmpty()) {
            return Optional.empty();
        }
        if (session.from().isEmpty()) {
            return Optional.of("It is not known where State Host " + id + " connects from, and policy permits some"
                + " networks only");
        }
        final var from = session.from().orElseThrow();
        return authorization.permittedNetworks().stream().anyMatch(network -> network.contains(from))
            ? Optional.empty() : Optional.of("State Host " + id + " connects from " + InetAddresses.toAddrString(from)
                + ", which is in none of its permitted networks");
    }

    /** F2: why a profile is of no use. */
    static Optional<String> whyUnusable(final StateHostId id, final HostProfile profile) {
        if (!profile.hostId().equals(id)) {
            return Optional.of("It says that it is State Host " + profile.hostId() + ", but it is connected as " + id
                + ": set the same name at both ends");
        }
        if (!profile.protocolVersions().contains(HostProfile.PROTOCOL_VERSION)) {
            return Optional.of("State Host " + id + " speaks versions " + profile.protocolVersions()
                + " of IF(M,A), but not " + HostProfile.PROTOCOL_VERSION);
        }
        if (profile.representations().isEmpty()) {
            return Optional.of("State Host " + id + " speaks no representation of state that is known here: "
                + String.join(" or ", EnumNames.all(Representation.class)) + " is needed");
        }
        return Optional.empty();
    }
}
