// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent behind a session that can be lost: what is asked then ends as not answered. A request is sent on the thread
 * of its caller, which waits for the answer until it is interrupted or the session ends. What goes wrong is told with
 * the State Host that was asked, and what for.
 */
final class SessionAgent implements StateOrchestrationAgent {
    private static final Logger LOG = LoggerFactory.getLogger(SessionAgent.class);

    private final StateHostId host;
    private final StateOrchestrationAgent agent;
    private final Runnable answered;
    private final Set<PendingCall> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean lost;

    SessionAgent(final StateHostId host, final StateOrchestrationAgent agent, final Runnable answered) {
        this.host = requireNonNull(host);
        this.agent = requireNonNull(agent);
        this.answered = requireNonNull(answered);
    }

    /** The session has ended. */
    void lose() {
        lost = true;
        pending.forEach(PendingCall::giveUp);
    }

    private static AgentException noAnswer() {
        return new AgentException(AgentException.Kind.NO_ANSWER, "the session has ended");
    }

    @Override
    public HostProfile profile() throws AgentException, InterruptedException {
        return ask("get of its profile", agent::profile);
    }

    @Override
    public Readiness getReady(final MigrationId migration, final FlowSelection selection, final Duration lease,
            final boolean hold) throws AgentException, InterruptedException {
        return ask(hold ? "get-ready with hold" : "get-ready", () -> agent.getReady(migration, selection, lease, hold));
    }

    @Override
    public Upload upload(final MigrationId migration, final FlowSelection selection, final int maxFlows,
            final Optional<String> cursor) throws AgentException, InterruptedException {
        return ask("upload", () -> agent.upload(migration, selection, maxFlows, cursor));
    }

    @Override
    public void follow(final MigrationId migration, final FlowSelection selection)
            throws AgentException, InterruptedException {
        ask("follow", () -> {
            agent.follow(migration, selection);
            return Boolean.TRUE;
        });
    }

    @Override
    public Changes uploadChanges(final MigrationId migration, final long sequence)
            throws AgentException, InterruptedException {
        return ask("upload-changes", () -> agent.uploadChanges(migration, sequence));
    }

    @Override
    public List<Refusal> assess(final MigrationId migration, final FlowSelection selection, final Chunk chunk)
            throws AgentException, InterruptedException {
        return ask("assess", () -> agent.assess(migration, selection, chunk));
    }

    @Override
    public Download download(final MigrationId migration, final Chunk chunk)
            throws AgentException, InterruptedException {
        return ask("download", () -> agent.download(migration, chunk));
    }

    @Override
    public Commit commit(final MigrationId migration, final int chunks, final int flows)
            throws AgentException, InterruptedException {
        return ask("commit", () -> agent.commit(migration, chunks, flows));
    }

    @Override
    public Release release(final MigrationId migration, final List<FlowKey> keep)
            throws AgentException, InterruptedException {
        return ask("release", () -> agent.release(migration, keep));
    }

    @Override
    public int abort(final MigrationId migration, final String reason) throws AgentException, InterruptedException {
        return ask("abort", () -> agent.abort(migration, reason));
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private <T> T ask(final String operation, final Callable<T> request) throws AgentException, InterruptedException {
        final var call = new PendingCall();
        pending.add(call);
        final T value;
        try {
            if (lost) {
                throw noAnswer().at(host, operation);
            }
            value = request.call();
        } catch (Throwable e) {
            // Errors too: whoever asks has to know that there will be no answer
            throw failure(e, call.end()).at(host, operation);
        } finally {
            pending.remove(call);
            call.end();
        }
        answered.run();
        return value;
    }

    private AgentException failure(final Throwable cause, final boolean sessionEnded) throws InterruptedException {
        if (cause instanceof AgentException told) {
            if (told.kind() != AgentException.Kind.NO_ANSWER) {
                answered.run();
            }
            return told;
        }
        if (sessionEnded) {
            return noAnswer();
        }
        if (cause instanceof InterruptedException interruption) {
            throw interruption;
        }
        LOG.warn("Request to State Host {} failed in an unexpected way", host, cause);
        return new AgentException(AgentException.Kind.NO_ANSWER, "the controller failed to ask; its log says why",
            cause);
    }
}
