// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Readiness;
import org.opendaylight.statemigration.som.model.FailureReason;

/** What is asked of the destination of a leg. */
public final class DestinationClient {
    /** How often to speak to a destination that stands by, so that it is noticed in time when it is lost. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final StateHostId host;
    private final ChunkValidator about;
    private final boolean partial;
    private final Duration renewal;
    private final ChunkQueue chunkQueue;
    private final TransferCounters transferCounters;
    private final Refusals refusals;
    private final LegTransfer.Listener listener;
    private volatile boolean hold;
    private volatile Readiness readiness;
    private volatile long spokenAt;

    DestinationClient(final StateHostId host, final ChunkValidator about, final TransferOptions transferOptions,
            final ChunkQueue chunkQueue,
            final TransferCounters transferCounters, final Refusals refusals, final LegTransfer.Listener listener) {
        this.host = requireNonNull(host);
        this.about = requireNonNull(about);
        this.chunkQueue = requireNonNull(chunkQueue);
        this.transferCounters = requireNonNull(transferCounters);
        this.refusals = requireNonNull(refusals);
        this.listener = requireNonNull(listener);
        partial = transferOptions.partial();
        hold = !transferOptions.beforehand();
        final var lease = about.bounds().renewal();
        renewal = transferOptions.beforehand() && HEARTBEAT.compareTo(lease) < 0 ? HEARTBEAT : lease;
    }

    /** {@return how packets are held, once it is ready} */
    Optional<HoldKind> holdKind() {
        return Optional.ofNullable(readiness).map(Readiness::hold);
    }

    /**
     * Have it get ready, and hold packets if the VM has moved.
     *
     * @param destination its agent
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public void getReady(final StateOrchestrationAgent destination) throws AgentException, InterruptedException {
        chunkQueue.widen(renew(destination).credit());
    }

    /**
     * Have it hold packets from now on. May be asked beside everything else.
     *
     * @param destination its agent
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public void hold(final StateOrchestrationAgent destination) throws AgentException, InterruptedException {
        hold = true;
        renew(destination);
    }

    /**
     * Keep its lease from running out, until interrupted.
     *
     * @param destination its agent
     * @throws AgentException if it cannot be kept
     * @throws InterruptedException if interrupted, which is how it ends
     */
    public void keepReady(final StateOrchestrationAgent destination) throws AgentException, InterruptedException {
        while (true) {
            Thread.sleep(about.bounds().renewal());
            renew(destination);
        }
    }

    /**
     * Download all chunks as they come.
     *
     * @param destination its agent
     * @throws AgentException if it does not take them
     * @throws StepFailedException if it does not take each flow, and has to
     * @throws InterruptedException if interrupted
     */
    public void download(final StateOrchestrationAgent destination)
            throws AgentException, StepFailedException, InterruptedException {
        while (true) {
            final var item = chunkQueue.take(untilRenewal());
            if (untilRenewal().isZero()) {
                renew(destination);
            }
            if (item.isPresent()) {
                switch (item.orElseThrow()) {
                    case ChunkQueue.Item.Next(var queuedChunk) -> handOver(destination, queuedChunk);
                    case ChunkQueue.Item.Current() -> listener.copyCurrent();
                    case ChunkQueue.Item.End() -> {
                        return;
                    }
                }
            }
        }
    }

    /**
     * Commit.
     *
     * @param destination its agent
     * @throws AgentException if it does not
     * @throws StepFailedException if it read back something else than it created
     * @throws InterruptedException if interrupted
     */
    public void commit(final StateOrchestrationAgent destination)
            throws AgentException, StepFailedException, InterruptedException {
        final var sent = transferCounters.counts();
        final var commit = destination.commit(about.migration(), sent.chunks(), sent.accepted());
        if (commit.verified() < 0 || commit.vanished() < 0
                || (long) commit.verified() + commit.vanished() != sent.accepted()) {
            throw new StepFailedException(FailureReason.VERIFICATION_FAILED, "State Host " + host + " created "
                + sent.accepted() + " flows, but read back " + commit.verified() + " and knows that "
                + commit.vanished() + " have ended");
        }
        transferCounters.verified(commit.verified());
    }

    private Duration untilRenewal() {
        final var left = renewal.minusNanos(System.nanoTime() - spokenAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Readiness renew(final StateOrchestrationAgent destination) throws AgentException, InterruptedException {
        final boolean wanted = hold;
        final var answer = destination.getReady(about.migration(), about.selection(), about.bounds().lease(), wanted);
        ready(wanted, answer);
        spokenAt = System.nanoTime();
        return answer;
    }

    /** An answer from before the hold counts only as long as there is no other: it may come after that of the hold. */
    private synchronized void ready(final boolean held, final Readiness answer) {
        if (held == hold || readiness == null) {
            readiness = answer;
        }
    }

    private void handOver(final StateOrchestrationAgent destination, final QueuedChunk queuedChunk)
            throws AgentException, StepFailedException, InterruptedException {
        final var chunk = queuedChunk.chunk();
        if (chunk.flows().size() > readiness.flowsPerChunk()) {
            throw new StepFailedException(FailureReason.LIMIT_EXCEEDED, "State Host " + host + " now takes "
                + readiness.flowsPerChunk() + " flows in a chunk, fewer than its profile says: set flows-per-chunk"
                + " to that number and retry the migration");
        }
        final var answer = destination.download(about.migration(), chunk);
        spokenAt = System.nanoTime();
        if (!isPlausible(chunk, answer)) {
            throw new StepFailedException(FailureReason.INTEGRITY_VIOLATED, "State Host " + host + " accepts "
                + answer.accepted() + " and refuses " + answer.refused().size() + " flows of chunk "
                + chunk.sequence() + ", which has " + chunk.flows().size());
        }
        refusals.update(chunk, answer.refused());
        transferCounters.downloaded(queuedChunk.total() - refusals.count(), refusals.count());
        listener.progressed();
        if (!partial && !answer.refused().isEmpty()) {
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
