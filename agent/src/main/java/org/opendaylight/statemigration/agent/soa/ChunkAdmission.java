// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;

/**
 * The flows of a chunk, sorted into those that the table may see and those refused before.
 *
 * @param flows all flows of the chunk
 * @param admitted indices of those that the table may see
 * @param refused the others
 */
record ChunkAdmission(List<Flow> flows, List<Integer> admitted, List<Refusal> refused) {
    ChunkAdmission {
        flows = List.copyOf(flows);
        admitted = List.copyOf(admitted);
        refused = List.copyOf(refused);
    }

    /**
     * Sort the flows of a chunk.
     *
     * @param chunk the chunk
     * @param screening what is asked of each flow
     * @param taken flows that the migration has brought before and that have not ended
     * @param limits bounds of the State Host
     * @return the flows, sorted
     * @throws AgentException if the chunk as a whole is too large
     */
    static ChunkAdmission of(final Chunk chunk, final FlowValidator validator, final Set<FlowKey> taken,
            final HostProfile.Limits limits) throws AgentException {
        requireFitting(chunk, limits);
        int room = limits.flowsPerMigration() - taken.size();
        final var admitted = new ArrayList<Integer>();
        final var refused = new ArrayList<Refusal>();
        final var keys = new HashSet<FlowKey>();
        for (int index = 0; index < chunk.flows().size(); index++) {
            final var flow = chunk.flows().get(index);
            final var refusal = validator.check(index, flow);
            if (refusal.isPresent()) {
                refused.add(refusal.orElseThrow());
            } else if (!keys.add(flow.key())) {
                refused.add(new Refusal(index, RefusalReason.COLLISION, "Flow " + flow.key()
                    + " came twice in one chunk"));
            } else if (!taken.contains(flow.key()) && room-- <= 0) {
                refused.add(new Refusal(index, RefusalReason.NO_ROOM, "This State Host permits no more than "
                    + limits.flowsPerMigration() + " flows in one migration"));
            } else {
                admitted.add(index);
            }
        }
        return new ChunkAdmission(chunk.flows(), admitted, refused);
    }

    /**
     * Check the size of a chunk, its ended flows included.
     *
     * @param chunk the chunk
     * @param limits bounds of the State Host
     * @throws AgentException if it is too large
     */
    static void requireFitting(final Chunk chunk, final HostProfile.Limits limits) throws AgentException {
        final int size = chunk.flows().size() + chunk.ended().size();
        if (size > limits.flowsPerChunk()) {
            throw new AgentException(Kind.RESOURCE_DENIED, "Chunk " + chunk.sequence() + " has " + size
                + " flows, more than the " + limits.flowsPerChunk() + " that this State Host takes at a time");
        }
    }

    /** {@return the flows that the table may see} */
    List<Flow> admittedFlows() {
        return admitted.stream().map(flows::get).toList();
    }

    /** {@return keys of those flows that are refused, and that did not come a second time} */
    Set<FlowKey> refusedKeys() {
        final var keys = new HashSet<FlowKey>();
        refused.forEach(refusal -> keys.add(flows.get(refusal.index()).key()));
        admitted.forEach(index -> keys.remove(flows.get(index).key()));
        return keys;
    }

    /**
     * Add what the table refused.
     *
     * @param byTable refusals by index of {@link #admittedFlows()}
     * @return all refusals by index of the chunk, in this order
     */
    List<Refusal> refusals(final List<Refusal> byTable) {
        final var all = new ArrayList<>(refused);
        byTable.forEach(refusal -> all.add(
            new Refusal(admitted.get(refusal.index()), refusal.reason(), refusal.detail())));
        all.sort(Comparator.comparingInt(Refusal::index));
        return all;
    }
}
