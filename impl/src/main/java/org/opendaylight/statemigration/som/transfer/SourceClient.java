// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.som.model.FailureReason;

/** What is asked of the source of a leg. */
public final class SourceClient {
    /**
     * Rounds after the hold is in place. The source sees no packets any more, so what changes then does so by time
     * alone; a flow that changes nevertheless after the last round stays at the source.
     */
    private static final int MAX_LAST_ROUNDS = 16;

    private final ChunkValidator check;
    private final TransferOptions transferOptions;
    private final ChunkQueue chunkQueue;
    private final TransferCounters transferCounters;
    private final SourceRelease sourceRelease;
    private final Runnable progressed;
    private final CountDownLatch held = new CountDownLatch(1);

    SourceClient(final ChunkValidator check, final TransferOptions transferOptions, final ChunkQueue chunkQueue,
            final TransferCounters transferCounters, final Refusals refusals,
            final Runnable progressed) {
        this.check = requireNonNull(check);
        this.transferOptions = requireNonNull(transferOptions);
        this.chunkQueue = requireNonNull(chunkQueue);
        this.transferCounters = requireNonNull(transferCounters);
        sourceRelease = new SourceRelease(check, transferCounters, refusals);
        this.progressed = requireNonNull(progressed);
    }

    /**
     * Upload all chunks; where the VM has yet to move, what changes too, until {@link #held} and nothing does.
     *
     * @param source its agent
     * @throws AgentException if the source does not give them
     * @throws StepFailedException if one is not acceptable
     * @throws InterruptedException if interrupted
     */
    public void upload(final StateOrchestrationAgent source)
            throws AgentException, StepFailedException, InterruptedException {
        if (transferOptions.beforehand()) {
            source.follow(check.migration(), check.selection());
        }
        final var snapshotReader = new SnapshotReader(check);
        for (var chunk = snapshotReader.next(source); ; chunk = snapshotReader.next(source)) {
            transferCounters.uploaded(snapshotReader.total(), snapshotReader.received(),
                Sentences.count(snapshotReader.omitted()));
            requireNothingOmitted(snapshotReader.omitted());
            if (chunk.isEmpty()) {
                break;
            }
            chunkQueue.put(new QueuedChunk(chunk.orElseThrow(), snapshotReader.received()));
            progressed.run();
        }
        if (transferOptions.beforehand()) {
            keepCurrent(source, new ChangeReader(check, snapshotReader.chunks(), snapshotReader.total()));
        }
        chunkQueue.end();
    }

    /** Packets are held at the destination, so there will be a last change. */
    public void held() {
        held.countDown();
    }

    /**
     * Delete what was handed over, unless it is in use again.
     *
     * @param source its agent
     * @param inUse whether the VM was said to have come back to the source
     * @throws AgentException if it does not
     * @throws StepFailedException if what it tells of its flows is not acceptable
     * @throws InterruptedException if interrupted
     */
    public void release(final StateOrchestrationAgent source, final BooleanSupplier inUse)
            throws AgentException, StepFailedException, InterruptedException {
        sourceRelease.release(source, inUse);
    }

    private void keepCurrent(final StateOrchestrationAgent source, final ChangeReader changes)
            throws AgentException, StepFailedException, InterruptedException {
        int lastRounds = 0;
        boolean last = held.getCount() == 0;
        while (true) {
            final boolean changed = round(source, changes);
            if (last && (!changed || ++lastRounds == MAX_LAST_ROUNDS)) {
                return;
            }
            if (!last) {
                chunkQueue.current();
                // Told before the round begins: what that round does not tell of then will never have happened
                last = held.await(transferOptions.interval().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** {@return whether something has changed} */
    private boolean round(final StateOrchestrationAgent source, final ChangeReader changes)
            throws AgentException, StepFailedException, InterruptedException {
        boolean changed = false;
        do {
            final var portion = changes.next(source);
            transferCounters.omitted(Sentences.count(changes.last().omitted()));
            requireNothingOmitted(changes.last().omitted());
            if (portion.isPresent()) {
                changed = true;
                transferCounters.changed(portion.orElseThrow());
                chunkQueue.put(portion.orElseThrow());
                progressed.run();
            }
        } while (changes.last().more());
        transferCounters.round();
        return changed;
    }

    private void requireNothingOmitted(final List<Omission> omitted) throws StepFailedException {
        if (!transferOptions.partial() && !omitted.isEmpty()) {
            throw new StepFailedException(FailureReason.FLOWS_REFUSED, Sentences.omitted(check.source(), omitted));
        }
    }
}
