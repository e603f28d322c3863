// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.daemon;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.config.AgentConfiguration;
import org.opendaylight.statemigration.agent.netconf.server.NetconfServer;
import org.opendaylight.statemigration.agent.soa.LocalAgent;

/** A running agent: a table, the agent on it, and the NETCONF server before it. */
public final class Daemon implements AutoCloseable {
    /** Closes a part without an exception of its own. */
    @FunctionalInterface
    private interface Part {
        void close();
    }

    private final Deque<Part> parts = new ArrayDeque<>();

    private Daemon() {
        // Only by start()
    }

    /**
     * Start an agent.
     *
     * @param configuration what the operator wants
     * @return the agent, listening and calling
     * @throws BackendException if the State Host cannot be used
     * @throws IOException if a file or a port cannot be used
     * @throws IllegalArgumentException if a file of flows is not one
     */
    public static Daemon start(final AgentConfiguration configuration) throws BackendException, IOException {
        final var daemon = new Daemon();
        boolean started = false;
        try {
            daemon.assemble(configuration);
            started = true;
        } finally {
            if (!started) {
                daemon.close();
            }
        }
        return daemon;
    }

    private void assemble(final AgentConfiguration configuration) throws BackendException, IOException {
        final var clock = new MonotonicClock();
        final var table = configuration.backend().open(clock);
        parts.push(table::close);
        final var scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lease").daemon().factory());
        parts.push(scheduler::shutdownNow);
        final var agent = new LocalAgent(configuration.settings(), table, clock, scheduler);
        parts.push(agent::close);
        final var server = new NetconfServer(agent, agent.statuses()::entries, configuration.ssh(),
            configuration.tls());
        parts.push(server::close);
        for (var listen : configuration.listen().entrySet()) {
            server.listen(listen.getKey(), listen.getValue());
        }
        configuration.callHome().forEach(server::callHome);
    }

    /** Stop, in the reverse order: first nobody can ask, then nothing is held, then the table is closed. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
