// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import com.google.common.util.concurrent.Futures;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.opendaylight.netconf.transport.api.TransportChannel;
import org.opendaylight.netconf.transport.api.TransportChannelListener;
import org.opendaylight.netconf.transport.api.TransportStack;
import org.opendaylight.netconf.transport.api.UnsupportedConfigurationException;
import org.opendaylight.netconf.transport.ssh.SSHTransportStackFactory;
import org.opendaylight.statemigration.agent.netconf.transport.CallHomeParameters;
import org.opendaylight.statemigration.agent.netconf.transport.Endpoint;
import org.opendaylight.statemigration.agent.netconf.transport.SecureTransport;
import org.opendaylight.statemigration.agent.netconf.transport.SshParameters;
import org.opendaylight.statemigration.agent.netconf.transport.SshTransport;
import org.opendaylight.statemigration.agent.netconf.transport.TlsParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TlsTransport;
import org.opendaylight.statemigration.agent.netconf.transport.TransportKind;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A NETCONF server (RFC 6241) that offers an agent to controllers: module {@code statemigration-agent}, with everything
 * a controller needs to learn about it (RFC 6022, RFC 8525). Not safe for use by several threads.
 */
public final class NetconfServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetconfServer.class);
    /** Time a step of starting or stopping may take, in seconds. */
    private static final long TIMEOUT = 10;

    private final Map<TransportKind, SecureTransport> transports = new EnumMap<>(TransportKind.class);
    private final List<TransportStack> listening = new ArrayList<>();
    private final List<CallHome> calls = new ArrayList<>();
    private final ScheduledThreadPoolExecutor callThread = new ScheduledThreadPoolExecutor(1,
        Thread.ofPlatform().name("call-home").daemon().factory());
    private final SSHTransportStackFactory stacks = new SSHTransportStackFactory("netconf", 0);
    private final NetconfSessions sessions;

    /**
     * Create a server that neither listens nor calls yet.
     *
     * @param agent the agent
     * @param statuses its list of migrations
     * @param ssh keys for SSH, if it is used
     * @param tls keys for TLS, if it is used
     * @throws IOException if a key or certificate cannot be used; the message says which and why
     */
    public NetconfServer(final StateOrchestrationAgent agent, final Supplier<List<MigrationStatus>> statuses,
            final Optional<SshParameters> ssh, final Optional<TlsParameters> tls) throws IOException {
        try {
            if (ssh.isPresent()) {
                transports.put(TransportKind.SSH, new SshTransport(stacks, ssh.orElseThrow()));
            }
            if (tls.isPresent()) {
                transports.put(TransportKind.TLS, new TlsTransport(stacks, tls.orElseThrow()));
            }
        } catch (GeneralSecurityException e) {
            stacks.close();
            throw new IOException(e.getMessage(), e);
        }
        sessions = new NetconfSessions(agent, statuses);
    }

    /**
     * Wait for controllers.
     *
     * @param kind over what
     * @param endpoint where; an IP address of this machine, or 0.0.0.0 or :: for all
     * @throws IOException if it cannot; the message says why
     */
    public void listen(final TransportKind kind, final Endpoint endpoint) throws IOException {
        try {
            listening.add(transport(kind).listen(endpoint, new Listener(kind)).get(TIMEOUT, TimeUnit.SECONDS));
        } catch (ExecutionException | UnsupportedConfigurationException | TimeoutException e) {
            final var cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new IOException("Cannot listen on " + endpoint + " for " + kind + ": " + cause.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted before listening on " + endpoint, e);
        }
        LOG.info("Listening on {} for {}", endpoint, kind);
    }

    /**
     * Call a controller home, and go on until the server is closed.
     *
     * @param parameters whom and how
     */
    public void callHome(final CallHomeParameters parameters) {
        final var call = new CallHome(parameters, transport(parameters.transport()), sessions, callThread);
        calls.add(call);
        call.start();
    }

    private SecureTransport transport(final TransportKind kind) {
        final var transport = transports.get(kind);
        if (transport == null) {
            throw new IllegalArgumentException("There are no keys for " + kind);
        }
        return transport;
    }

    /** End all sessions. RPCs that are under way are waited for. */
    @Override
    public void close() {
        if (callThread.isShutdown()) {
            return;
        }
        try {
            callThread.submit(() -> calls.forEach(CallHome::stop)).get(TIMEOUT, TimeUnit.SECONDS);
            callThread.shutdownNow();
            Futures.whenAllComplete(listening.stream().map(TransportStack::shutdown).toList())
                .run(() -> LOG.debug("No longer listening"), Runnable::run)
                .get(TIMEOUT, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Connections did not close", e);
        } catch (InterruptedException e) {
            LOG.debug("Not waiting for connections to close", e);
            Thread.currentThread().interrupt();
        }
        sessions.close();
        stacks.close();
    }

    /** Begins a session on each channel. */
    private final class Listener implements TransportChannelListener<TransportChannel> {
        private final TransportKind kind;

        Listener(final TransportKind kind) {
            this.kind = kind;
        }

        @Override
        public void onTransportChannelEstablished(final TransportChannel channel) {
            LOG.debug("Session with {} over {}", channel.channel().remoteAddress(), kind);
            sessions.begin(channel);
        }

        @Override
        public void onTransportChannelFailed(final Throwable cause) {
            LOG.warn("Somebody who tried {} was not let in: {}", kind, cause.getMessage());
        }
    }
}
