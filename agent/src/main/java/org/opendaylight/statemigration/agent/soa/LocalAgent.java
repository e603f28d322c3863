package org.opendaylight.statemigration.agent.soa;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;

/**
 * The State Orchestration Agent of one State Host.
 */
public final class LocalAgent implements StateOrchestrationAgent, AutoCloseable {
    /**
     * Begin to serve a State Host.
     *
     * @param settings what the operator decided
     * @param table the State Host's table; stays the caller's to close, after the agent
     * @param clock the time
     * @param scheduler runs the leases; stays the caller's to shut down, after the agent
     */
    public LocalAgent(final AgentSettings settings, final StateTable table, final InstantSource clock,
            final ScheduledExecutorService scheduler) {
        throw new UnsupportedOperationException();
    }

    /** {@return the journal, to look at and to listen to} */
    public Journal journal() {
        throw new UnsupportedOperationException();
    }

    @Override
    public HostProfile profile() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Readiness getReady(final MigrationId migration, final FlowSelection selection, final Duration lease,
            final boolean hold) throws AgentException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Upload upload(final MigrationId migration, final FlowSelection selection, final int maxFlows,
            final Optional<String> cursor) throws AgentException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Refusal> assess(final MigrationId migration, final FlowSelection selection, final Chunk chunk)
            throws AgentException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Download download(final MigrationId migration, final Chunk chunk)
            throws AgentException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Commit commit(final MigrationId migration, final int chunks, final int flows)
            throws AgentException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Release release(final MigrationId migration) throws AgentException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public int abort(final MigrationId migration, final String reason) throws AgentException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
