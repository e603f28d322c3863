// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.som.model.Failure;

/**
 * Uploads all chunks of a leg; of a pre-copy the changes too, round after round, until packets are held and nothing
 * changes any more. A piece is one request to the source.
 */
final class UploadTask implements StepTask {
    /**
     * Rounds after the hold is in place. The source sees no packets any more, so what changes then does so by time
     * alone; a flow that changes nevertheless after the last round stays at the source.
     */
    private static final int MAX_LAST_ROUNDS = 16;
    /** Whoever grants credit says so. */
    private static final Next AWAIT_CREDIT = new Next.Within(Duration.ofSeconds(10));

    /** What the next piece is about. */
    private enum Part {
        FOLLOW, SNAPSHOT, REST, ROUND
    }

    private final StateOrchestrationAgent source;
    private final ChunkValidator validator;
    private final TransferOptions options;
    private final ChunkQueue queue;
    private final TransferCounters counters;
    private final BooleanSupplier held;
    private final Runnable progressed;
    private final Ticker ticker;
    private final SnapshotReader snapshot;
    private ChangeReader changes;
    private Part part;
    private long roundDue;
    private boolean changedInRound;
    /** Whether packets were held before the round began: what it does not tell of will never have happened. */
    private boolean heldInRound;
    private int lastRounds;

    UploadTask(final StateOrchestrationAgent source, final ChunkValidator validator, final TransferOptions options,
            final ChunkQueue queue, final TransferCounters counters, final BooleanSupplier held,
            final Runnable progressed, final Ticker ticker) {
        this.source = requireNonNull(source);
        this.validator = requireNonNull(validator);
        this.options = requireNonNull(options);
        this.queue = requireNonNull(queue);
        this.counters = requireNonNull(counters);
        this.held = requireNonNull(held);
        this.progressed = requireNonNull(progressed);
        this.ticker = requireNonNull(ticker);
        snapshot = new SnapshotReader(validator);
        part = options.preCopy() ? Part.FOLLOW : Part.SNAPSHOT;
    }

    @Override
    public Next run() throws AgentException, StepFailedException, InterruptedException {
        return switch (part) {
            case FOLLOW -> follow();
            case SNAPSHOT -> queue.hasCredit() ? uploadChunk() : AWAIT_CREDIT;
            case REST -> rest();
            case ROUND -> queue.hasCredit() ? uploadChanges() : AWAIT_CREDIT;
        };
    }

    private Next follow() throws AgentException, InterruptedException {
        source.follow(validator.migration(), validator.selection());
        part = Part.SNAPSHOT;
        return Next.NOW;
    }

    private Next uploadChunk() throws AgentException, StepFailedException, InterruptedException {
        final var chunk = snapshot.next(source);
        counters.uploaded(snapshot.total(), snapshot.received(), Omission.count(snapshot.omitted()));
        requireNothingOmitted(snapshot.omitted());
        if (chunk.isPresent()) {
            queue.put(new QueuedChunk(chunk.orElseThrow(), snapshot.received()));
            progressed.run();
        }
        if (snapshot.hasMore()) {
            return Next.NOW;
        } else if (!options.preCopy()) {
            return end();
        }
        changes = new ChangeReader(validator, snapshot.chunks(), snapshot.total());
        return beginRound();
    }

    private Next beginRound() {
        heldInRound = held.getAsBoolean();
        changedInRound = false;
        part = Part.ROUND;
        return Next.NOW;
    }

    private Next uploadChanges() throws AgentException, StepFailedException, InterruptedException {
        final var chunk = changes.next(source);
        counters.omitted(Omission.count(changes.last().omitted()));
        requireNothingOmitted(changes.last().omitted());
        if (chunk.isPresent()) {
            changedInRound = true;
            counters.changed(chunk.orElseThrow());
            queue.put(chunk.orElseThrow());
            progressed.run();
        }
        return changes.last().more() ? Next.NOW : endRound();
    }

    private Next endRound() {
        counters.round();
        if (!heldInRound) {
            queue.putCurrent();
            roundDue = ticker.read() + options.interval().toNanos();
            part = Part.REST;
            return rest();
        }
        lastRounds++;
        return !changedInRound || lastRounds == MAX_LAST_ROUNDS ? end() : beginRound();
    }

    private Next rest() {
        final long left = roundDue - ticker.read();
        return left <= 0 || held.getAsBoolean() ? beginRound() : new Next.Within(Duration.ofNanos(left));
    }

    private Next end() {
        queue.putEnd();
        return Next.DONE;
    }

    private void requireNothingOmitted(final List<Omission> omitted) throws StepFailedException {
        if (!options.partial() && !omitted.isEmpty()) {
            throw new StepFailedException(new Failure.FlowsOmitted(validator.source(), omitted));
        }
    }
}
