// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.util.Optional;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.model.Failure;

/** What is asked of the destination of a leg. */
public final class DestinationClient {
    private final StateHostId host;
    private final ChunkValidator validator;
    private final TransferOptions options;
    private final ChunkQueue queue;
    private final TransferCounters counters;
    private final RefusedFlows refused;
    private final LegTransfer.Listener listener;
    private final DestinationLease lease;

    DestinationClient(final StateHostId host, final ChunkValidator validator, final TransferOptions options,
            final ChunkQueue queue, final TransferCounters counters, final RefusedFlows refused,
            final LegTransfer.Listener listener, final Ticker ticker) {
        this.host = requireNonNull(host);
        this.validator = requireNonNull(validator);
        this.options = requireNonNull(options);
        this.queue = requireNonNull(queue);
        this.counters = requireNonNull(counters);
        this.refused = requireNonNull(refused);
        this.listener = requireNonNull(listener);
        lease = new DestinationLease(validator, options.preCopy(), ticker);
    }

    /** {@return how packets are held, once it is ready} */
    Optional<HoldKind> holdKind() {
        return lease.holdKind();
    }

    /**
     * Have it get ready, and hold packets if the VM has moved.
     *
     * @param destination its agent
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public void getReady(final StateOrchestrationAgent destination) throws AgentException, InterruptedException {
        queue.grantCredit(lease.renew(destination).credit());
    }

    /**
     * Have it hold packets from now on. May be asked beside everything else.
     *
     * @param destination its agent
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public void hold(final StateOrchestrationAgent destination) throws AgentException, InterruptedException {
        lease.requireHold();
        lease.renew(destination);
    }

    /**
     * Keep its lease from running out, until the step is stopped.
     *
     * @param destination its agent
     * @return the step, which is never done
     */
    public StepTask keepReady(final StateOrchestrationAgent destination) {
        return () -> {
            if (lease.untilRenewal().isZero()) {
                lease.renew(destination);
            }
            return new StepTask.Next.Within(lease.untilRenewal());
        };
    }

    /**
     * Download all chunks as they come.
     *
     * @param destination its agent
     * @return the step
     */
    public StepTask download(final StateOrchestrationAgent destination) {
        return new DownloadTask(destination, host, validator, options.partial(), queue, counters, refused, lease,
            listener);
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
        final var sent = counters.counts();
        final var commit = destination.commit(validator.migration(), sent.chunks(), sent.accepted());
        if (commit.verified() < 0 || commit.vanished() < 0
                || (long) commit.verified() + commit.vanished() != sent.accepted()) {
            throw new StepFailedException(new Failure.NotVerified(host, sent.accepted(), commit.verified(),
                commit.vanished()));
        }
        counters.verified(commit.verified());
    }
}
