package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.protection.CheckpointRecord.State;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.transfer.Bounds;
import org.opendaylight.statemigration.som.transfer.Mirror;
import org.opendaylight.statemigration.som.transfer.StepFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of the flows of one machine at one State Host, on a thread of its own. While the host does not answer
 * the copy stays as it was; when the host is back it is made anew.
 */
final class Checkpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    /** How soon it is noticed that a State Host is back. */
    private static final Duration LOOK = Duration.ofMillis(200);
    /** After how long without an answer a State Host seems to be dead, even to those it has a session with. */
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** How long to wait before another try where a State Host does not do what it is asked to. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /**
     * What is to be had.
     *
     * @param mirror the flows
     * @param profile profile of the State Host
     * @param takenAt the flows are those of this time or later
     */
    record Copy(Mirror mirror, HostProfile profile, Instant takenAt) {
    }

    private final CheckpointKey key;
    private final Shelter around;
    private final FlowBudget budget;
    private final Thread thread;
    private volatile Duration interval;
    private volatile MigrationId id;
    private volatile Copy copy;
    private volatile Instant lostAt;
    private volatile String trouble = "";
    private int booked;

    Checkpoint(final CheckpointKey key, final Duration interval, final Shelter around, final FlowBudget budget) {
        this.key = requireNonNull(key);
        this.interval = requireNonNull(interval);
        this.around = requireNonNull(around);
        this.budget = requireNonNull(budget);
        id = around.newId().apply("c");
        thread = Thread.ofPlatform().daemon().name("checkpoint-of-" + key).unstarted(this::run);
    }

    CheckpointKey key() {
        return key;
    }

    void start() {
        thread.start();
    }

    void every(final Duration newInterval) {
        interval = newInterval;
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
        return Duration.between(of.takenAt(), lost == null ? around.clock().instant() : lost);
    }

    /** {@return whether the State Host has not answered for long} */
    boolean isSilent() {
        final var now = copy;
        return now != null && age(now).compareTo(interval.plus(SILENCE)) > 0;
    }

    boolean isOrphaned() {
        return lostAt != null;
    }

    CheckpointRecord show(final Optional<String> vmName) {
        final var now = copy();
        final var state = now.isEmpty() ? trouble.isEmpty() ? State.STARTING : State.IMPOSSIBLE
            : lostAt != null ? State.ORPHANED : State.CURRENT;
        return new CheckpointRecord(key, vmName, id, state, now.map(one -> one.mirror().size()).orElse(0),
            now.map(Copy::takenAt), now.map(one -> Duration.between(one.takenAt(), around.clock().instant())),
            trouble);
    }

    private void run() {
        try {
            while (true) {
                final var host = around.connected(key.host());
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
        id = around.newId().apply("c");
        try {
            follow(agent, profile);
        } catch (AgentException e) {
            LOG.debug("Checkpoint of {} is interrupted", key, e);
            if (e.kind() == AgentException.Kind.NO_ANSWER) {
                lost(e.getMessage());
                Thread.sleep(LOOK);
            } else {
                impossible(e.getMessage());
            }
        } catch (StepFailedException e) {
            LOG.warn("There is no checkpoint of {}: {}", key, e.getMessage());
            impossible(e.getMessage());
        } finally {
            Thread.ofPlatform().daemon().name("checkpoint-end-" + id).start(new Forget(agent, id));
        }
    }

    private void follow(final StateOrchestrationAgent agent, final HostProfile profile)
            throws AgentException, StepFailedException, InterruptedException {
        final var mirror = new Mirror(id, FlowSelection.of(key.vm()), key.host(),
            Bounds.of(around.policy().get(), profile, profile));
        var asked = around.clock().instant();
        mirror.begin(agent);
        while (book(mirror.size())) {
            copy = new Copy(mirror, profile, asked);
            lostAt = null;
            trouble = "";
            TimeUnit.MILLISECONDS.sleep(interval.toMillis());
            asked = around.clock().instant();
            mirror.refresh(agent);
        }
        impossible("There is no room for the " + mirror.size() + " flows of " + key
            + ": all checkpoints together may have " + around.policy().get().protections().flows()
            + ", see checkpointed-flows");
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
            lostAt = around.clock().instant();
            LOG.info("The checkpoint of {} stays as it is: {}", key, why);
        }
        trouble = why;
    }

    private void impossible(final String why) throws InterruptedException {
        copy = null;
        book(0);
        trouble = why;
        Thread.sleep(PAUSE);
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
