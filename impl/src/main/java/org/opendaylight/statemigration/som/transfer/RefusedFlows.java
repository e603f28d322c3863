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
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.som.model.Failure;
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

    /** {@return the first flows of a chunk that are refused, as they are shown} */
    static List<RefusedFlow> first(final Chunk chunk, final List<Refusal> refusals) {
        return refusals.stream().limit(RefusedFlow.MAX_SHOWN).map(refusal -> refusedFlow(chunk, refusal)).toList();
    }

    private static RefusedFlow refusedFlow(final Chunk chunk, final Refusal refusal) {
        return new RefusedFlow(chunk.flows().get(refusal.index()).key(), refusal.reason(), refusal.detail());
    }

    /** What the destination made of a chunk: a flow that it takes now, or that has ended, is not refused any more. */
    synchronized void update(final Chunk chunk, final List<Refusal> refusals) throws StepFailedException {
        if (!refused.isEmpty()) {
            chunk.flows().forEach(flow -> refused.remove(flow.key()));
            chunk.ended().forEach(refused::remove);
        }
        for (var refusal : refusals) {
            refused.put(chunk.flows().get(refusal.index()).key(), refused.size() < RefusedFlow.MAX_SHOWN
                ? Optional.of(refusedFlow(chunk, refusal)) : Optional.empty());
        }
        if (refused.size() > MAX_KEPT) {
            throw new StepFailedException(new Failure.TooManyRefused(destination, refused.size(), MAX_KEPT));
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
