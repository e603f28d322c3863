// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.som.registry.PendingCall;
import org.opendaylight.statemigration.som.transfer.StepFailedException;
import org.opendaylight.statemigration.time.Backoff;

/**
 * Whether a State Host that there is a session with answers. Only a request that has no answer tells that it does not:
 * one that is not asked anything may well live. Requests that have no answer for long are given up; then the State Host
 * is sent a single request now and then, until it answers. Its monitor is not held over a request.
 */
final class FailureDetector {
    /** After how long without an answer a State Host seems to be dead, even to those it has a session with. */
    static final Duration SILENCE = Duration.ofSeconds(10);
    /** How long a request may take at a State Host that answers others meanwhile. */
    static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(1);
    private static final Backoff PROBES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final StateHostId host;
    private final ProtectionContext context;
    private final Map<PendingCall, Instant> pending = new HashMap<>();
    /** Since when an answer is owed and nothing was answered; null if none is owed. */
    private Instant unansweredSince;
    /** Requests given up since the last answer. */
    private int timeouts;
    private Instant nextProbe = Instant.MIN;

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

    /**
     * Whether to send a request now. If one was given up this is true for one caller only, now and then.
     *
     * @return whether to send it
     */
    synchronized boolean tryAsk() {
        if (timeouts > 0) {
            final var now = context.clock().instant();
            if (now.isBefore(nextProbe)) {
                return false;
            }
            nextProbe = now.plus(SILENCE).plus(PROBES.after(timeouts));
        }
        return true;
    }

    /** {@return what {@link #tryAsk} would return, for one who sends nothing yet} */
    synchronized boolean mayAsk() {
        return timeouts == 0 || !context.clock().instant().isBefore(nextProbe);
    }

    /**
     * Send a request and wait for the answer.
     *
     * @param request the request; may be repeated
     * @return whether there is more
     * @throws AgentException if the answer is no, or the session has ended
     * @throws StepFailedException if the answer is not acceptable
     * @throws TimeoutException if it was given up
     * @throws InterruptedException if interrupted by somebody else
     */
    // The interruption is how a request without answer is given up, and says nothing of its own
    @SuppressWarnings("checkstyle:AvoidHidingCauseException")
    boolean ask(final Request request)
            throws AgentException, StepFailedException, TimeoutException, InterruptedException {
        final var call = new PendingCall();
        begin(call);
        boolean answered = false;
        try {
            final boolean more = request.send();
            answered = true;
            return more;
        } catch (AgentException e) {
            answered = e.kind() != AgentException.Kind.NO_ANSWER;
            throw e;
        } catch (StepFailedException e) {
            answered = true;
            throw e;
        } catch (InterruptedException e) {
            if (call.end()) {
                timedOut();
                throw new TimeoutException("State Host " + host + " has not answered");
            }
            throw e;
        } finally {
            end(call, call.end(), answered);
        }
    }

    /** {@return whether it has owed an answer for long, and has answered nobody else meanwhile} */
    boolean isSilent() {
        final var limit = context.clock().instant().minus(SILENCE);
        return isUnansweredSince(limit) && !context.hasAnswered(host, limit);
    }

    /** Give up requests that have waited for too long. */
    void giveUpOverdue() {
        final var now = context.clock().instant();
        final var limit = now.minus(isSilent() ? SILENCE : REQUEST_TIMEOUT);
        sentBefore(limit).forEach(PendingCall::giveUp);
    }

    /** There is no session any more: whether the State Host answers is not known. */
    synchronized void sessionEnded() {
        timeouts = 0;
        if (pending.isEmpty()) {
            unansweredSince = null;
        }
    }

    private synchronized boolean isUnansweredSince(final Instant limit) {
        return unansweredSince != null && unansweredSince.isBefore(limit);
    }

    private synchronized List<PendingCall> sentBefore(final Instant limit) {
        return pending.entrySet().stream().filter(one -> one.getValue().isBefore(limit)).map(Map.Entry::getKey)
            .toList();
    }

    private synchronized void begin(final PendingCall call) {
        final var now = context.clock().instant();
        pending.put(call, now);
        if (unansweredSince == null) {
            unansweredSince = now;
        }
    }

    private synchronized void timedOut() {
        timeouts++;
        nextProbe = context.clock().instant().plus(PROBES.after(timeouts));
    }

    private synchronized void end(final PendingCall call, final boolean givenUp, final boolean answered) {
        pending.remove(call);
        if (answered) {
            timeouts = 0;
            unansweredSince = pending.isEmpty() ? null : context.clock().instant();
        } else if (!givenUp && pending.isEmpty()) {
            unansweredSince = null;
        }
    }
}
