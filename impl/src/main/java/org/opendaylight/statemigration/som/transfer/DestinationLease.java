// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Readiness;

/** That the destination is ready, and holds packets once the VM has moved: it ends unless it is renewed in time. */
final class DestinationLease {
    /** How often to contact the destination of a pre-copy, so that it is noticed in time when it is lost. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final ChunkValidator validator;
    private final Ticker ticker;
    private final Duration renewal;
    private volatile boolean hold;
    private volatile Readiness readiness;
    private volatile long contactedAt;

    DestinationLease(final ChunkValidator validator, final boolean preCopy, final Ticker ticker) {
        this.validator = requireNonNull(validator);
        this.ticker = requireNonNull(ticker);
        hold = !preCopy;
        final var lease = validator.limits().renewal();
        renewal = preCopy && HEARTBEAT.compareTo(lease) < 0 ? HEARTBEAT : lease;
    }

    /** {@return how packets are held, once the destination is ready} */
    Optional<HoldKind> holdKind() {
        return Optional.ofNullable(readiness).map(Readiness::hold);
    }

    /** {@return flows that the destination takes in a chunk} */
    int flowsPerChunk() {
        return readiness.flowsPerChunk();
    }

    /** From now on packets are to be held. */
    void requireHold() {
        hold = true;
    }

    /** The destination has answered something, which renews the lease. */
    void contacted() {
        contactedAt = ticker.read();
    }

    /** {@return how long until the lease is to be renewed; zero if it is time} */
    Duration untilRenewal() {
        final var left = renewal.minusNanos(ticker.read() - contactedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Begin or renew the lease. */
    Readiness renew(final StateOrchestrationAgent destination) throws AgentException, InterruptedException {
        final boolean wanted = hold;
        final var answer = destination.getReady(validator.migration(), validator.selection(),
            validator.limits().lease(), wanted);
        ready(wanted, answer);
        contacted();
        return answer;
    }

    /** An answer from before the hold counts only as long as there is no other: it may come after that of the hold. */
    private synchronized void ready(final boolean held, final Readiness answer) {
        if (held == hold || readiness == null) {
            readiness = answer;
        }
    }
}
