// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.protection.PollSchedule.Next;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.transfer.FlowReplica;
import org.opendaylight.statemigration.som.transfer.StepFailedException;
import org.opendaylight.statemigration.som.transfer.TransferLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the flows of one VM at one State Host, a request at a time. While the State Host does not tell of them the
 * copy stays as it was; when it does again the copy is made anew. One thread at a time takes a step; any thread may
 * read.
 */
final class FlowCopier {
    private static final Logger LOG = LoggerFactory.getLogger(FlowCopier.class);

    /** The State Host follows the flows. */
    private static final class Following {
        private final StateOrchestrationAgent agent;
        private final HostProfile profile;
        private final FlowReplica flows;
        private boolean loaded;
        private boolean roundBegun;
        /** When the round was begun, or the State Host had begun to follow. */
        private Instant asked;

        Following(final StateOrchestrationAgent agent, final HostProfile profile, final FlowReplica flows) {
            this.agent = agent;
            this.profile = profile;
            this.flows = flows;
        }
    }

    private final CheckpointKey key;
    private final ProtectionContext context;
    private final CheckpointRoom room;
    private final FailureDetector failureDetector;
    private final PollSchedule pollSchedule;
    private volatile CopyProgress progress;
    private Following following;

    FlowCopier(final CheckpointKey key, final ProtectionContext context, final FlowQuota quota,
            final CheckpointSlots slots, final FailureDetector failureDetector, final PollSchedule pollSchedule) {
        this.key = requireNonNull(key);
        this.context = requireNonNull(context);
        room = new CheckpointRoom(key, quota, slots, () -> context.policy().get().protections().flows());
        this.failureDetector = requireNonNull(failureDetector);
        this.pollSchedule = requireNonNull(pollSchedule);
        progress = new CopyProgress(context.newId().apply("c"), Optional.empty(), Optional.empty(), "");
    }

    CopyProgress progress() {
        return progress;
    }

    /** {@return how old a copy is: when the State Host was lost, or now if it is not} */
    Duration age(final FlowCopy of) {
        return Duration.between(of.takenAt(), progress.lostAt().orElseGet(context.clock()::instant));
    }

    /**
     * Send one request.
     *
     * @return when to send the next one
     * @throws InterruptedException if interrupted by somebody else than the failure detector
     */
    Next step() throws InterruptedException {
        final var host = context.connected(key.host());
        if (host.isEmpty()) {
            end();
            failureDetector.sessionEnded();
            lost("State Host " + key.host() + " is not connected");
            return Next.WHEN_WOKEN;
        }
        if (following != null && following.agent != host.orElseThrow().agent().orElseThrow()) {
            end();
        }
        if (!failureDetector.tryAsk()) {
            return Next.WHEN_WOKEN;
        }
        try {
            return ask(host.orElseThrow());
        } catch (TimeoutException e) {
            // May be repeated: if it was done, the answer is the same
            LOG.info("Checkpoint of {} is not continued: {}", key, e.getMessage());
            return Next.WHEN_WOKEN;
        } catch (AgentException e) {
            LOG.debug("Checkpoint of {} is interrupted", key, e);
            final var next = keep(e.getMessage());
            if (e.kind() == AgentException.Kind.NO_ANSWER) {
                lost(e.getMessage());
                return pollSchedule.afterNoAnswer();
            }
            return next;
        } catch (StepFailedException e) {
            LOG.warn("There is no checkpoint of {}: {}", key, e.getMessage());
            return drop(e.getMessage());
        }
    }

    /** Something unexpected went wrong: begin anew later. An old copy is better than none. */
    Next failed(final Throwable cause) {
        LOG.error("Checkpoint of {} is interrupted by an error", key, cause);
        return keep("It was interrupted by an internal error: see the log of the controller");
    }

    /** Give it up, and have the State Host follow no longer. */
    void close() {
        giveUp();
        progress = progress.with(Optional.empty(), progress.detail());
        room.change(0);
    }

    private Next ask(final RegisteredHost host)
            throws AgentException, StepFailedException, TimeoutException, InterruptedException {
        if (following == null) {
            begin(host);
            return Next.AT_ONCE;
        }
        final var agent = following.agent;
        final var flows = following.flows;
        if (!following.loaded) {
            final boolean more = failureDetector.ask(() -> flows.load(agent));
            makeRoom(flows.total());
            following.loaded = !more;
            return more ? Next.AT_ONCE : completeRound();
        }
        if (!following.roundBegun) {
            following.roundBegun = true;
            following.asked = context.clock().instant();
        }
        final boolean more = failureDetector.ask(() -> flows.refresh(agent));
        room.take(flows.size());
        return more ? Next.AT_ONCE : completeRound();
    }

    private void begin(final RegisteredHost host)
            throws AgentException, StepFailedException, TimeoutException, InterruptedException {
        final var agent = host.agent().orElseThrow();
        final var profile = host.state().profile().orElseThrow();
        final var id = context.newId().apply("c");
        progress = new CopyProgress(id, progress.copy(), progress.lostAt(), progress.detail());
        room.takeSlot(profile);
        final var flows = new FlowReplica(id, FlowSelection.of(key.vm()), key.host(),
            TransferLimits.of(context.policy().get(), profile, profile));
        following = new Following(agent, profile, flows);
        boolean answered = false;
        try {
            failureDetector.ask(() -> {
                flows.follow(agent);
                return false;
            });
            answered = true;
        } finally {
            if (!answered) {
                giveUp();
            }
        }
        following.asked = context.clock().instant();
        // What a State Host that is back does from now on is not in the copy
        progress = new CopyProgress(id, progress.copy(), Optional.empty(), progress.copy().isEmpty() ? progress.detail()
            : "State Host " + key.host() + " is back, and its flows are being copied anew");
    }

    private Next completeRound() throws StepFailedException {
        progress = progress.with(Optional.of(new FlowCopy(following.flows, following.profile, following.asked)), "");
        following.roundBegun = false;
        final var next = pollSchedule.afterRound();
        room.take(following.flows.size());
        return next;
    }

    private Next keep(final String why) {
        giveUp();
        // Nothing is loaded any more
        room.change(progress.copy().map(copy -> copy.flows().size()).orElse(0));
        progress = progress.with(progress.copy(), why);
        return pollSchedule.afterRefusal();
    }

    private Next drop(final String why) {
        giveUp();
        progress = progress.with(Optional.empty(), why);
        room.change(0);
        return pollSchedule.afterRefusal();
    }

    /** The State Host lives, so the copy that is being made is worth more than the one that there is. */
    private void makeRoom(final int flows) throws StepFailedException {
        final var old = progress.copy();
        if (old.isPresent() && room.change(old.orElseThrow().flows().size() + flows)) {
            return;
        }
        progress = progress.with(Optional.empty(), progress.detail());
        room.take(flows);
    }

    private void lost(final String why) {
        final var before = progress;
        progress = before.lost(context.clock().instant(), why);
        if (before.lostAt().isEmpty()) {
            LOG.info("The checkpoint of {} stays as it is: {}", key, why);
        }
    }

    private void end() {
        following = null;
        room.giveSlotBack();
    }

    /** Has the State Host follow no longer. If it cannot be told, it forgets by itself. */
    private void giveUp() {
        final var open = following;
        end();
        if (open != null) {
            final var id = progress.id();
            context.executor(key.host()).execute(() -> abort(open.agent, id));
        }
    }

    private void abort(final StateOrchestrationAgent agent, final MigrationId id) {
        if (!failureDetector.tryAsk()) {
            return;
        }
        try {
            failureDetector.ask(() -> {
                agent.abort(id, "The checkpoint is given up");
                return false;
            });
        } catch (AgentException | StepFailedException | TimeoutException e) {
            LOG.debug("{} is forgotten in time", id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
