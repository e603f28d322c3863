package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.som.FailureReason;

/** What is asked of the source of a leg. */
public final class SourceSide {
    /**
     * Rounds after the hold is in place. The source sees no packets any more, so what changes then does so by time
     * alone; a flow that changes nevertheless after the last round stays at the source.
     */
    private static final int MAX_LAST_ROUNDS = 16;

    private final ChunkCheck check;
    private final Terms terms;
    private final Pipe pipe;
    private final Tally tally;
    private final Releaser releaser;
    private final Runnable progressed;
    private final CountDownLatch held = new CountDownLatch(1);

    SourceSide(final ChunkCheck check, final Terms terms, final Pipe pipe, final Tally tally, final Refusals refusals,
            final Runnable progressed) {
        this.check = requireNonNull(check);
        this.terms = requireNonNull(terms);
        this.pipe = requireNonNull(pipe);
        this.tally = requireNonNull(tally);
        releaser = new Releaser(check, tally, refusals);
        this.progressed = requireNonNull(progressed);
    }

    /**
     * Upload all chunks; where the machine has yet to move, what changes too, until {@link #held} and nothing does.
     *
     * @param source its agent
     * @throws AgentException if the source does not give them
     * @throws StepFailedException if one is not acceptable
     * @throws InterruptedException if interrupted
     */
    public void upload(final StateOrchestrationAgent source)
            throws AgentException, StepFailedException, InterruptedException {
        if (terms.beforehand()) {
            source.follow(check.migration(), check.selection());
        }
        final var chunks = new Chunks(check);
        for (var chunk = chunks.next(source); ; chunk = chunks.next(source)) {
            tally.uploaded(chunks.total(), chunks.received(), Sentences.count(chunks.omitted()));
            requireNothingOmitted(chunks.omitted());
            if (chunk.isEmpty()) {
                break;
            }
            pipe.put(new Portion(chunk.orElseThrow(), chunks.received()));
            progressed.run();
        }
        if (terms.beforehand()) {
            keepCurrent(source, new ChangedFlows(check, chunks.chunks(), chunks.total()));
        }
        pipe.end();
    }

    /** Packets are held at the destination, so there will be a last change. */
    public void held() {
        held.countDown();
    }

    /**
     * Delete what was handed over, unless it is in use again.
     *
     * @param source its agent
     * @param inUse whether the machine was said to have come back to the source
     * @throws AgentException if it does not
     * @throws StepFailedException if what it tells of its flows is not acceptable
     * @throws InterruptedException if interrupted
     */
    public void release(final StateOrchestrationAgent source, final BooleanSupplier inUse)
            throws AgentException, StepFailedException, InterruptedException {
        releaser.release(source, inUse);
    }

    private void keepCurrent(final StateOrchestrationAgent source, final ChangedFlows changes)
            throws AgentException, StepFailedException, InterruptedException {
        int lastRounds = 0;
        boolean last = held.getCount() == 0;
        while (true) {
            final boolean changed = round(source, changes);
            if (last && (!changed || ++lastRounds == MAX_LAST_ROUNDS)) {
                return;
            }
            if (!last) {
                pipe.current();
                // Told before the round begins: what that round does not tell of then will never have happened
                last = held.await(terms.interval().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** {@return whether something has changed} */
    private boolean round(final StateOrchestrationAgent source, final ChangedFlows changes)
            throws AgentException, StepFailedException, InterruptedException {
        boolean changed = false;
        do {
            final var portion = changes.next(source);
            tally.omitted(Sentences.count(changes.last().omitted()));
            requireNothingOmitted(changes.last().omitted());
            if (portion.isPresent()) {
                changed = true;
                tally.changed(portion.orElseThrow());
                pipe.put(portion.orElseThrow());
                progressed.run();
            }
        } while (changes.last().more());
        tally.round();
        return changed;
    }

    private void requireNothingOmitted(final List<Omission> omitted) throws StepFailedException {
        if (!terms.partial() && !omitted.isEmpty()) {
            throw new StepFailedException(FailureReason.FLOWS_REFUSED, Sentences.omitted(check.source(), omitted));
        }
    }
}
