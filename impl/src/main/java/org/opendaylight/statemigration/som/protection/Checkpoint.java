// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.CheckpointRecord.State;
import org.opendaylight.statemigration.som.model.FailureReason;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.transfer.FlowReplica;
import org.opendaylight.statemigration.som.transfer.StepFailedException;
import org.opendaylight.statemigration.som.transfer.TransferLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of the flows of one VM at one State Host, on a thread of its own. While the host does not tell of
 * them the copy stays as it was; when it does again the copy is made anew.
 */
final class Checkpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    /** How soon it is noticed that a State Host is back. */
    private static final Duration LOOK = Duration.ofMillis(200);

    /**
     * What is to be had.
     *
     * @param mirror the flows
     * @param profile profile of the State Host
     * @param takenAt the flows are those of this time or later
     */
    record Copy(FlowReplica mirror, HostProfile profile, Instant takenAt) {
    }

    private final CheckpointKey key;
    private final ProtectionContext context;
    private final FlowQuota budget;
    private final CheckpointSlots checkpointSlots;
    private final FailureDetector failureDetector;
    private final PollSchedule pollSchedule;
    private final Thread thread;
    private volatile MigrationId id;
    private volatile Copy copy;
    private volatile Instant lostAt;
    private volatile String trouble = "";
    private int booked;

    Checkpoint(final CheckpointKey key, final Duration interval, final ProtectionContext context,
            final FlowQuota budget,
            final CheckpointSlots checkpointSlots) {
        this.key = requireNonNull(key);
        this.context = requireNonNull(context);
        this.budget = requireNonNull(budget);
        this.checkpointSlots = requireNonNull(checkpointSlots);
        failureDetector = new FailureDetector(key.host(), context);
        pollSchedule = new PollSchedule(interval);
        id = context.newId().apply("c");
        thread = Thread.ofPlatform().daemon().name("checkpoint-of-" + key).unstarted(this::run);
    }

    CheckpointKey key() {
        return key;
    }

    void start() {
        thread.start();
    }

    void every(final Duration interval) {
        pollSchedule.every(interval);
    }

    /** Give it up, and have the State Host follow no longer. */
    void stop() {
        thread.interrupt();
    }

    /** {@return the copy as it is; empty if there is none} */
    Optional<Copy> copy() {
        return Optional.ofNullable(copy);
    }

    /** {@return how old the copy is: when the State Host was found dead, or now if it is not known to be} */
    Duration age(final Copy of) {
        final var lost = lostAt;
        return Duration.between(of.takenAt(), lost == null ? context.clock().instant() : lost);
    }

    /** {@return whether the State Host does not answer although there is a session with it} */
    boolean isSilent() {
        return failureDetector.isSilent();
    }

    boolean isOrphaned() {
        return lostAt != null || isSilent();
    }

    CheckpointRecord show(final Optional<String> vmName) {
        final var now = copy();
        final var wrong = isSilent() ? "State Host " + key.host() + " has not answered for more than "
            + FailureDetector.SILENCE.toSeconds() + " s" : trouble;
        final var state = now.isEmpty() ? wrong.isEmpty() ? State.STARTING : State.IMPOSSIBLE
            : wrong.isEmpty() ? State.CURRENT : State.ORPHANED;
        return new CheckpointRecord(key, vmName, id, state, now.map(one -> one.mirror().size()).orElse(0),
            now.map(Copy::takenAt), now.map(one -> Duration.between(one.takenAt(), context.clock().instant())),
            wrong);
    }

    private void run() {
        try {
            while (true) {
                final var host = context.connected(key.host());
                if (host.isPresent()) {
                    keep(host.orElseThrow());
                } else {
                    lost("State Host " + key.host() + " is not connected");
                    Thread.sleep(LOOK);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("No further checkpoints of {}", key, e);
        } finally {
            book(0);
        }
    }

    private void keep(final RegisteredHost host) throws InterruptedException {
        final var agent = host.agent().orElseThrow();
        final var profile = host.state().profile().orElseThrow();
        id = context.newId().apply("c");
        try {
            follow(agent, profile);
        } catch (AgentException e) {
            LOG.debug("Checkpoint of {} is interrupted", key, e);
            // Nothing is loaded any more
            book(copy().map(one -> one.mirror().size()).orElse(0));
            if (e.kind() == AgentException.Kind.NO_ANSWER) {
                lost(e.getMessage());
                Thread.sleep(LOOK);
            } else {
                // It may be about to go, so better an old copy than none
                trouble = e.getMessage();
                pollSchedule.rest();
            }
        } catch (StepFailedException e) {
            LOG.warn("There is no checkpoint of {}: {}", key, e.getMessage());
            copy = null;
            book(0);
            trouble = e.getMessage();
            pollSchedule.rest();
        } finally {
            checkpointSlots.giveBack(key);
            Thread.ofPlatform().daemon().name("checkpoint-end-" + id).start(new Forget(agent, id));
        }
    }

    private void follow(final StateOrchestrationAgent agent, final HostProfile profile)
            throws AgentException, StepFailedException, InterruptedException {
        takePlace(profile);
        final var flowReplica = new FlowReplica(id, FlowSelection.of(key.vm()), key.host(),
            TransferLimits.of(context.policy().get(), profile, profile));
        failureDetector.ask(() -> {
            flowReplica.follow(agent);
            return false;
        });
        alive();
        var asked = context.clock().instant();
        boolean more = true;
        while (more) {
            more = failureDetector.ask(() -> flowReplica.load(agent));
            makeRoom(flowReplica.total());
        }
        while (true) {
            copy = new Copy(flowReplica, profile, asked);
            trouble = "";
            pollSchedule.works();
            takeRoom(flowReplica.size());
            pollSchedule.awaitRound();
            asked = context.clock().instant();
            do {
                more = failureDetector.ask(() -> flowReplica.refresh(agent));
                takeRoom(flowReplica.size());
            } while (more);
        }
    }

    /** A State Host that permits no further migrations must not do so because of checkpoints. */
    private void takePlace(final HostProfile profile) throws StepFailedException {
        final int most = profile.limits().migrationsBeforehand();
        if (!checkpointSlots.take(key, most)) {
            throw new StepFailedException(FailureReason.LIMIT_EXCEEDED, "State Host " + key.host() + " permits "
                + profile.limits().migrations() + " open migrations, of which checkpoints get " + most
                + ", and other VMs have those already");
        }
    }

    /** What a State Host that is back does from now on is not in the copy. */
    private void alive() {
        lostAt = null;
        if (copy != null) {
            trouble = "State Host " + key.host() + " is back, and its flows are being copied anew";
        }
    }

    /** The State Host lives, so the copy that is being made is worth more than the one that there is. */
    private void makeRoom(final int flows) throws StepFailedException {
        final var old = copy;
        if (old != null && book(old.mirror().size() + flows)) {
            return;
        }
        copy = null;
        takeRoom(flows);
    }

    private void takeRoom(final int flows) throws StepFailedException {
        if (!book(flows)) {
            throw new StepFailedException(FailureReason.LIMIT_EXCEEDED, "There is no room for the " + flows
                + " flows of " + key + ": all checkpoints together may have "
                + context.policy().get().protections().flows() + ", see checkpointed-flows");
        }
    }

    private boolean book(final int flows) {
        final boolean possible = budget.change(booked, flows);
        if (possible) {
            booked = flows;
        }
        return possible;
    }

    private void lost(final String why) {
        if (lostAt == null) {
            lostAt = context.clock().instant();
            LOG.info("The checkpoint of {} stays as it is: {}", key, why);
        }
        trouble = why;
        pollSchedule.works();
    }

    /** Has a State Host follow no longer. If it cannot be told, it forgets by itself. */
    private record Forget(StateOrchestrationAgent agent, MigrationId id) implements Runnable {
        @Override
        public void run() {
            try {
                agent.abort(id, "The checkpoint is given up");
            } catch (AgentException | InterruptedException e) {
                LOG.debug("{} is forgotten in time", id, e);
            }
        }
    }
}
