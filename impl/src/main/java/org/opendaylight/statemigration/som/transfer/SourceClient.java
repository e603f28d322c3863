// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.util.function.BooleanSupplier;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;

/** What is asked of the source of a leg. */
public final class SourceClient {
    private final ChunkValidator validator;
    private final TransferOptions options;
    private final ChunkQueue queue;
    private final TransferCounters counters;
    private final SourceRelease release;
    private final LegTransfer.Listener listener;
    private final Ticker ticker;
    private volatile boolean held;

    SourceClient(final ChunkValidator validator, final TransferOptions options, final ChunkQueue queue,
            final TransferCounters counters, final RefusedFlows refused, final LegTransfer.Listener listener,
            final Ticker ticker) {
        this.validator = requireNonNull(validator);
        this.options = requireNonNull(options);
        this.queue = requireNonNull(queue);
        this.counters = requireNonNull(counters);
        this.listener = requireNonNull(listener);
        this.ticker = requireNonNull(ticker);
        release = new SourceRelease(validator, counters, refused);
    }

    /**
     * Upload all chunks; of a pre-copy what changes too, until packets are {@link #held} and nothing changes.
     *
     * @param source its agent
     * @return the step
     */
    public StepTask upload(final StateOrchestrationAgent source) {
        return new UploadTask(source, validator, options, queue, counters, () -> held, listener::progressed, ticker);
    }

    /** Packets are held at the destination, so there will be a last change. */
    public void held() {
        held = true;
        listener.sourceReady();
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
        release.release(source, inUse);
    }
}
