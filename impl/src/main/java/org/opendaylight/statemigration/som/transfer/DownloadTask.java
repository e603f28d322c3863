// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.InvalidAnswer;

/** Downloads the chunks of a leg as they come, and renews the destination's lease while there are none. */
final class DownloadTask implements StepTask {
    private final StateOrchestrationAgent destination;
    private final StateHostId host;
    private final ChunkValidator validator;
    private final boolean partial;
    private final ChunkQueue queue;
    private final TransferCounters counters;
    private final RefusedFlows refused;
    private final DestinationLease lease;
    private final LegTransfer.Listener listener;

    DownloadTask(final StateOrchestrationAgent destination, final StateHostId host, final ChunkValidator validator,
            final boolean partial, final ChunkQueue queue, final TransferCounters counters,
            final RefusedFlows refused, final DestinationLease lease, final LegTransfer.Listener listener) {
        this.destination = requireNonNull(destination);
        this.host = requireNonNull(host);
        this.validator = requireNonNull(validator);
        this.partial = partial;
        this.queue = requireNonNull(queue);
        this.counters = requireNonNull(counters);
        this.refused = requireNonNull(refused);
        this.lease = requireNonNull(lease);
        this.listener = requireNonNull(listener);
    }

    @Override
    public Next run() throws AgentException, StepFailedException, InterruptedException {
        final var item = queue.poll();
        if (lease.untilRenewal().isZero()) {
            lease.renew(destination);
        }
        if (item.isEmpty()) {
            return new Next.Within(lease.untilRenewal());
        }
        return switch (item.orElseThrow()) {
            case ChunkQueue.Item.Next(var chunk) -> {
                download(chunk);
                yield Next.NOW;
            }
            case ChunkQueue.Item.Current() -> {
                listener.copyCurrent();
                yield Next.NOW;
            }
            case ChunkQueue.Item.End() -> Next.DONE;
        };
    }

    private void download(final QueuedChunk queued) throws AgentException, StepFailedException, InterruptedException {
        final var chunk = queued.chunk();
        if (chunk.flows().size() > lease.flowsPerChunk()) {
            throw new StepFailedException(new Failure.ChunksTooLarge(host, lease.flowsPerChunk()));
        }
        final var answer = destination.download(validator.migration(), chunk);
        lease.contacted();
        if (!isPlausible(chunk, answer)) {
            throw new StepFailedException(new Failure.NotBelieved(host, new InvalidAnswer.WrongAcceptance(
                chunk.sequence(), chunk.flows().size(), answer.accepted(), answer.refused().size())));
        }
        refused.update(chunk, answer.refused());
        counters.downloaded(queued.total() - refused.count(), refused.count());
        listener.progressed();
        if (!partial && !answer.refused().isEmpty()) {
            throw new StepFailedException(new Failure.FlowsRefused(host, chunk.sequence(), chunk.flows().size(),
                answer.refused().size(), RefusedFlows.first(chunk, answer.refused())));
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
