// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;

/**
 * The source of a migration whose State Host has died: hands over the flows of the last checkpoint. There is nothing to
 * delete at the source now; what the dead host may still have is deleted when it comes back.
 */
final class CheckpointAgent implements StateOrchestrationAgent {
    private final HostProfile profile;
    private final List<Flow> flows;
    private final Runnable released;
    private int chunkSize;

    /**
     * A source.
     *
     * @param profile profile of the State Host when it lived
     * @param flows flows that were selected
     * @param released called when they are at their destination
     */
    CheckpointAgent(final HostProfile profile, final List<Flow> flows, final Runnable released) {
        this.profile = requireNonNull(profile);
        this.flows = List.copyOf(flows);
        this.released = requireNonNull(released);
    }

    @Override
    public HostProfile profile() {
        return profile;
    }

    @Override
    public synchronized Upload upload(final MigrationId migration, final FlowSelection selection, final int maxFlows,
            final Optional<String> cursor) {
        if (chunkSize == 0) {
            chunkSize = maxFlows;
        }
        final int from = cursor.map(Integer::parseInt).orElse(0);
        final int to = Math.min(from + chunkSize, flows.size());
        return new Upload(flows.size(), from == to ? Optional.empty()
            : Optional.of(Chunk.of(migration, from / chunkSize + 1L, flows.subList(from, to))),
            to == flows.size() ? Optional.empty() : Optional.of(Integer.toString(to)), List.of());
    }

    @Override
    public Release release(final MigrationId migration, final List<FlowKey> keep) {
        released.run();
        return new Release(0, 0);
    }

    @Override
    public int abort(final MigrationId migration, final String reason) {
        return 0;
    }

    @Override
    public void follow(final MigrationId migration, final FlowSelection selection) throws AgentException {
        throw dead();
    }

    @Override
    public Changes uploadChanges(final MigrationId migration, final long sequence) throws AgentException {
        throw dead();
    }

    @Override
    public Readiness getReady(final MigrationId migration, final FlowSelection selection, final Duration lease,
            final boolean hold) throws AgentException {
        throw dead();
    }

    @Override
    public List<Refusal> assess(final MigrationId migration, final FlowSelection selection, final Chunk chunk)
            throws AgentException {
        throw dead();
    }

    @Override
    public Download download(final MigrationId migration, final Chunk chunk) throws AgentException {
        throw dead();
    }

    @Override
    public Commit commit(final MigrationId migration, final int chunks, final int flowCount) throws AgentException {
        throw dead();
    }

    private AgentException dead() {
        return new AgentException(Kind.OPERATION_FAILED, "it is dead: there is only its last checkpoint");
    }
}
