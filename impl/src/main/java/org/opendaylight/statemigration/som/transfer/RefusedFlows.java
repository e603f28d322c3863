// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.som.model.MigrationRecord.RefusedFlow;

/** Flows that the destination does not take, and that policy lets stay at the source. */
final class RefusedFlows {
    /** How many a release can name. */
    static final int MAX_KEPT = 100_000;

    private final StateHostId destination;
    /** Only the first ones are told with the reason, to bound what is shown. */
    private final Map<FlowKey, Optional<RefusedFlow>> refused = new LinkedHashMap<>();

    RefusedFlows(final StateHostId destination) {
        this.destination = requireNonNull(destination);
    }

    /** What the destination made of a chunk: a flow that it takes now, or that has ended, is not refused any more. */
    synchronized void update(final Chunk chunk, final List<Refusal> refusals) throws StepFailedException {
        if (!refused.isEmpty()) {
            chunk.flows().forEach(flow -> refused.remove(flow.key()));
            chunk.ended().forEach(refused::remove);
        }
        for (var refusal : refusals) {
            final var key = chunk.flows().get(refusal.index()).key();
            refused.put(key, refused.size() < RefusedFlow.MAX_SHOWN
                ? Optional.of(new RefusedFlow(key, refusal.reason(), refusal.detail())) : Optional.empty());
        }
        if (refused.size() > MAX_KEPT) {
            throw new StepFailedException(FailureReason.FLOWS_REFUSED, "State Host " + destination
                + " does not take " + refused.size() + " flows, more than the " + MAX_KEPT
                + " that can be told to stay at the source");
        }
    }

    synchronized int count() {
        return refused.size();
    }

    synchronized List<FlowKey> keys() {
        return new ArrayList<>(refused.keySet());
    }

    /** {@return the first of them, with the reason} */
    synchronized List<RefusedFlow> shown() {
        return refused.values().stream().flatMap(Optional::stream).toList();
    }
}
