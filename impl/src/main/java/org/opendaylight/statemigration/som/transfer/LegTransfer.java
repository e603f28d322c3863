package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Readiness;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.FailureReason;
import org.opendaylight.statemigration.som.MigrationRecord.Counts;

/**
 * One leg, from get-ready to release: what is asked of its two State Hosts, and what is made of their answers. Upload
 * and download have a thread each; every other step follows the one before it.
 *
 * <p>All or nothing: a flow that the source cannot hand over or that the destination does not take is a lost
 * connection, so either fails the leg while the source still has everything.
 */
public final class LegTransfer {
    private final MigrationId migration;
    private final Leg leg;
    private final FlowSelection selection;
    private final Bounds bounds;
    private final Runnable progressed;
    private final Chunks chunks;
    private final Pipe pipe = new Pipe();
    private final Tally tally = new Tally();
    private volatile Readiness readiness;

    /**
     * A leg of which nothing has been done.
     *
     * @param migration the migration, as both State Hosts are to know it
     * @param leg the State Hosts
     * @param selection which flows
     * @param bounds what is permitted
     * @param progressed called after each chunk
     */
    public LegTransfer(final MigrationId migration, final Leg leg, final FlowSelection selection, final Bounds bounds,
            final Runnable progressed) {
        this.migration = requireNonNull(migration);
        this.leg = requireNonNull(leg);
        this.selection = requireNonNull(selection);
        this.bounds = requireNonNull(bounds);
        this.progressed = requireNonNull(progressed);
        chunks = new Chunks(migration, selection, leg.source(), bounds);
    }

    /** {@return the counts so far} */
    public Counts counts() {
        return tally.counts();
    }

    /** {@return how the destination holds packets, once it is ready} */
    public Optional<HoldKind> hold() {
        return Optional.ofNullable(readiness).map(Readiness::hold);
    }

    /**
     * Have the destination get ready.
     *
     * @param destination its agent
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public void getReady(final StateOrchestrationAgent destination) throws AgentException, InterruptedException {
        final var answer = renew(destination);
        pipe.widen(answer.credit());
        readiness = answer;
    }

    /**
     * Keep the destination's lease from running out, until interrupted.
     *
     * @param destination its agent
     * @throws AgentException if it cannot be kept
     * @throws InterruptedException if interrupted, which is how it ends
     */
    public void keepReady(final StateOrchestrationAgent destination) throws AgentException, InterruptedException {
        while (true) {
            Thread.sleep(bounds.renewal());
            renew(destination);
        }
    }

    /**
     * Upload all chunks.
     *
     * @param source agent of the source
     * @throws AgentException if the source does not give them
     * @throws StepFailedException if one is not acceptable
     * @throws InterruptedException if interrupted
     */
    public void upload(final StateOrchestrationAgent source)
            throws AgentException, StepFailedException, InterruptedException {
        for (var chunk = chunks.next(source); ; chunk = chunks.next(source)) {
            tally.uploaded(chunks.total(), chunks.received(), Sentences.count(chunks.omitted()));
            if (!chunks.omitted().isEmpty()) {
                throw new StepFailedException(FailureReason.FLOWS_REFUSED,
                    Sentences.omitted(leg.source(), chunks.omitted()));
            }
            if (chunk.isEmpty()) {
                pipe.end();
                return;
            }
            pipe.put(chunk.orElseThrow());
            progressed.run();
        }
    }

    /**
     * Download all chunks as they come.
     *
     * @param destination agent of the destination
     * @throws AgentException if the destination does not take them
     * @throws StepFailedException if it does not take each flow
     * @throws InterruptedException if interrupted
     */
    public void download(final StateOrchestrationAgent destination)
            throws AgentException, StepFailedException, InterruptedException {
        while (true) {
            final var item = pipe.take(bounds.renewal());
            if (item.isEmpty()) {
                renew(destination);
                continue;
            }
            switch (item.orElseThrow()) {
                case Pipe.Item.Next(var chunk) -> handOver(destination, chunk);
                case Pipe.Item.End() -> {
                    return;
                }
            }
        }
    }

    /**
     * Commit at the destination.
     *
     * @param destination its agent
     * @throws AgentException if it does not
     * @throws StepFailedException if it read back something else than it created
     * @throws InterruptedException if interrupted
     */
    public void commit(final StateOrchestrationAgent destination)
            throws AgentException, StepFailedException, InterruptedException {
        final var sent = tally.counts();
        final var commit = destination.commit(migration, sent.chunks(), sent.accepted());
        if (commit.verified() < 0 || commit.vanished() < 0
                || (long) commit.verified() + commit.vanished() != sent.accepted()) {
            throw new StepFailedException(FailureReason.VERIFICATION_FAILED, "State Host " + leg.destination()
                + " created " + sent.accepted() + " flows, but read back " + commit.verified() + " and knows that "
                + commit.vanished() + " have ended");
        }
        tally.verified(commit.verified());
    }

    /**
     * Delete at the source.
     *
     * @param source its agent
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public void release(final StateOrchestrationAgent source) throws AgentException, InterruptedException {
        final var release = source.release(migration, List.of());
        tally.released(release.released(), release.gone());
    }

    /**
     * Undo at either side.
     *
     * @param agent its agent
     * @param reason why, for the agent's log
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public void abort(final StateOrchestrationAgent agent, final String reason)
            throws AgentException, InterruptedException {
        try {
            agent.abort(migration, reason);
        } catch (AgentException e) {
            if (e.kind() != AgentException.Kind.DATA_MISSING) {
                throw e;
            }
            // Not known there: nothing to undo
        }
    }

    private Readiness renew(final StateOrchestrationAgent destination) throws AgentException, InterruptedException {
        return destination.getReady(migration, selection, bounds.lease(), true);
    }

    private void handOver(final StateOrchestrationAgent destination, final Chunk chunk)
            throws AgentException, StepFailedException, InterruptedException {
        final StateHostId host = leg.destination();
        if (chunk.flows().size() > readiness.flowsPerChunk()) {
            throw new StepFailedException(FailureReason.LIMIT_EXCEEDED, "State Host " + host + " now takes "
                + readiness.flowsPerChunk() + " flows in a chunk, fewer than its profile says: set flows-per-chunk"
                + " to that number and retry the migration");
        }
        final var answer = destination.download(migration, chunk);
        if (!isPlausible(chunk, answer)) {
            throw new StepFailedException(FailureReason.INTEGRITY_VIOLATED, "State Host " + host + " accepts "
                + answer.accepted() + " and refuses " + answer.refused().size() + " flows of chunk "
                + chunk.sequence() + ", which has " + chunk.flows().size());
        }
        tally.downloaded(answer.accepted(), answer.refused().size());
        progressed.run();
        if (!answer.refused().isEmpty()) {
            throw new StepFailedException(FailureReason.FLOWS_REFUSED,
                Sentences.refused(host, chunk, answer.refused()));
        }
    }

    private static boolean isPlausible(final Chunk chunk, final Download answer) {
        final var indexes = new HashSet<Integer>();
        for (Refusal refusal : answer.refused()) {
            if (refusal.index() < 0 || refusal.index() >= chunk.flows().size() || !indexes.add(refusal.index())) {
                return false;
            }
        }
        return answer.accepted() == chunk.flows().size() - indexes.size();
    }
}
