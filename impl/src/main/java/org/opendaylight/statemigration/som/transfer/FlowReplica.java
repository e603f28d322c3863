// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;

/**
 * A copy of flows that follows those at a State Host. One thread keeps it current; any thread may read it, and sees
 * what the last whole chunk brought.
 */
public final class FlowReplica {
    private final Map<FlowKey, Flow> flows = new LinkedHashMap<>();
    private final ChunkValidator validator;
    private final SnapshotReader snapshotReader;
    private ChangeReader changes;

    /**
     * A replica without flows.
     *
     * @param migration under which identity the State Host is to follow
     * @param selection which flows
     * @param host name of the State Host
     * @param limits what is permitted
     */
    public FlowReplica(final MigrationId migration, final FlowSelection selection, final StateHostId host,
            final TransferLimits limits) {
        validator = new ChunkValidator(migration, selection, host, limits);
        snapshotReader = new SnapshotReader(validator);
    }

    /** {@return the flows, in the order in which they became known} */
    public List<Flow> flows() {
        synchronized (flows) {
            return new ArrayList<>(flows.values());
        }
    }

    /** {@return how many there are} */
    public int size() {
        synchronized (flows) {
            return flows.size();
        }
    }

    /**
     * Have the State Host follow the flows.
     *
     * @param agent agent of the State Host
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public void follow(final StateOrchestrationAgent agent) throws AgentException, InterruptedException {
        agent.follow(validator.migration(), validator.selection());
    }

    /**
     * Copy the next chunk of the flows that there are.
     *
     * @param agent agent of the State Host
     * @return whether there are more
     * @throws AgentException if it does not give them
     * @throws StepFailedException if what it gives is not acceptable
     * @throws InterruptedException if interrupted
     */
    public boolean load(final StateOrchestrationAgent agent)
            throws AgentException, StepFailedException, InterruptedException {
        snapshotReader.next(agent).ifPresent(this::apply);
        if (!snapshotReader.hasMore()) {
            changes = new ChangeReader(validator, snapshotReader.chunks(), snapshotReader.total());
        }
        return snapshotReader.hasMore();
    }

    /** {@return how many flows there are to load, once the first chunk is} */
    public int total() {
        return snapshotReader.total();
    }

    /**
     * Copy the next chunk of what has changed, once all is loaded.
     *
     * @param agent agent of the State Host
     * @return whether there are more
     * @throws AgentException if it does not tell
     * @throws StepFailedException if what it tells is not acceptable
     * @throws InterruptedException if interrupted
     */
    public boolean refresh(final StateOrchestrationAgent agent)
            throws AgentException, StepFailedException, InterruptedException {
        changes.next(agent).ifPresent(queuedChunk -> apply(queuedChunk.chunk()));
        return changes.last().more();
    }

    private void apply(final Chunk chunk) {
        synchronized (flows) {
            chunk.ended().forEach(flows::remove);
            chunk.flows().forEach(flow -> flows.put(flow.key(), flow));
        }
    }
}
