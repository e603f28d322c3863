// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Translations of a flow's original direction (RFC 8512).
 *
 * @param source what the source is translated to
 * @param destination what the destination is translated to
 */
public record Nat(Optional<Endpoint> source, Optional<Endpoint> destination) {
    /** No translation. */
    public static final Nat NONE = new Nat(Optional.empty(), Optional.empty());

    public Nat {
        requireNonNull(source);
        requireNonNull(destination);
    }

    /**
     * What something is translated to, exactly.
     *
     * @param address the address
     * @param port the port, ICMP identifier or GRE key, for protocols that have one
     */
    public record Endpoint(InetAddress address, OptionalInt port) {
        public Endpoint {
            requireNonNull(address);
            requireNonNull(port);
        }
    }

    /** {@return whether nothing is translated} */
    public boolean isNone() {
        return source.isEmpty() && destination.isEmpty();
    }
}
