// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.som.transfer.StepFailedException;

/**
 * Whether a State Host that there is a session with answers. Only a request that has no answer tells that it does not:
 * one that is not asked anything may well live.
 */
final class FailureDetector {
    /** After how long without an answer a State Host seems to be dead, even to those it has a session with. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    private final StateHostId host;
    private final ProtectionContext context;
    private volatile Instant asked;

    /** Something that a State Host is asked. */
    @FunctionalInterface
    interface Request {
        /** {@return whether there is more} */
        boolean send() throws AgentException, StepFailedException, InterruptedException;
    }

    FailureDetector(final StateHostId host, final ProtectionContext context) {
        this.host = requireNonNull(host);
        this.context = requireNonNull(context);
    }

    /** {@return whether there is more} */
    boolean ask(final Request request) throws AgentException, StepFailedException, InterruptedException {
        asked = context.clock().instant();
        try {
            return request.send();
        } finally {
            asked = null;
        }
    }

    /** {@return whether it has owed an answer for long, and has answered nobody else meanwhile} */
    boolean isSilent() {
        final var since = asked;
        final var limit = context.clock().instant().minus(SILENCE);
        return since != null && since.isBefore(limit) && !context.hasAnswered(host, limit);
    }
}
