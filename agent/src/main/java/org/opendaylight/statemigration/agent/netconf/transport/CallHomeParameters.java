// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.opendaylight.statemigration.time.Backoff;

/**
 * A controller to call home to (RFC 8071).
 *
 * @param transport over what
 * @param controller where the controller listens
 * @param backoff pauses between calls
 * @param idleTimeout the call is made anew if the controller asked nothing for so long: it may have lost the session
 *                    without the connection having ended. Longer than the controller's keep-alive interval.
 */
public record CallHomeParameters(TransportKind transport, Endpoint controller, Backoff backoff, Duration idleTimeout) {
    public CallHomeParameters {
        requireNonNull(transport);
        requireNonNull(controller);
        requireNonNull(backoff);
        if (!idleTimeout.isPositive()) {
            throw new IllegalArgumentException("The idle time-out must be longer than nothing");
        }
    }
}
