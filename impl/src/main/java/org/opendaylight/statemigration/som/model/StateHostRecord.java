// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * What the master shows of a State Host; YANG list {@code state-host} says what each means.
 *
 * @param hostId identity
 * @param status whether it can take part
 * @param detail what to do where the status is not connected, else empty
 * @param registeredAt when its profile was read
 * @param lastContact when it last answered
 * @param connectedFrom address of the other end of the session
 * @param profile what it told of itself
 */
public record StateHostRecord(StateHostId hostId, Status status, String detail, Optional<Instant> registeredAt,
        Optional<Instant> lastContact, Optional<InetAddress> connectedFrom, Optional<HostProfile> profile) {
    public StateHostRecord {
        requireNonNull(hostId);
        requireNonNull(status);
        requireNonNull(detail);
        requireNonNull(registeredAt);
        requireNonNull(lastContact);
        requireNonNull(connectedFrom);
        requireNonNull(profile);
    }

    /** Whether a State Host can take part. */
    public enum Status {
        /** Registered and ready. */
        CONNECTED,
        /** Authorized, but there is no session. */
        DISCONNECTED,
        /** Policy does not know it or forbids it. */
        UNAUTHORIZED,
        /** Its profile cannot be read or contradicts its identity. */
        UNUSABLE
    }
}
