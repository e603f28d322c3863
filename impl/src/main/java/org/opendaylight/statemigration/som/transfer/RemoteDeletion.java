// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;

/**
 * Deletes flows that have gone elsewhere while their State Host could not be asked to: an upload that goes nowhere, and
 * its release. The first may take long, and changes nothing.
 */
public final class RemoteDeletion {
    private final ChunkValidator validator;

    /**
     * A deletion that has not begun.
     *
     * @param migration an identity that no migration has
     * @param selection which flows
     * @param host name of the State Host
     * @param limits what is permitted
     */
    public RemoteDeletion(final MigrationId migration, final FlowSelection selection, final StateHostId host,
            final TransferLimits limits) {
        validator = new ChunkValidator(migration, requireNonNull(selection), host, limits);
    }

    /**
     * Have the State Host make a list of them.
     *
     * @param agent agent of the State Host
     * @throws AgentException if it does not
     * @throws StepFailedException if what it tells of its flows is not acceptable
     * @throws InterruptedException if interrupted
     */
    public void list(final StateOrchestrationAgent agent)
            throws AgentException, StepFailedException, InterruptedException {
        final var snapshotReader = new SnapshotReader(validator);
        while (snapshotReader.next(agent).isPresent()) {
            // Only the list that the State Host makes of them matters
        }
    }

    /**
     * Delete what is listed.
     *
     * @param agent agent of the State Host
     * @return flows deleted
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public int erase(final StateOrchestrationAgent agent) throws AgentException, InterruptedException {
        return agent.release(validator.migration(), List.of()).released();
    }

    /**
     * Have the State Host forget the list. Once that is answered nothing is deleted any more.
     *
     * @param agent agent of the State Host
     * @param why for the agent's log
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public void giveUp(final StateOrchestrationAgent agent, final String why)
            throws AgentException, InterruptedException {
        agent.abort(validator.migration(), why);
    }
}
