// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import com.google.common.util.concurrent.ListenableFuture;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.opendaylight.netconf.transport.api.TransportChannel;
import org.opendaylight.netconf.transport.api.TransportChannelListener;
import org.opendaylight.netconf.transport.api.TransportStack;
import org.opendaylight.netconf.transport.api.UnsupportedConfigurationException;
import org.opendaylight.netconf.transport.ssh.SSHTransportStackFactory;
import org.opendaylight.statemigration.agent.netconf.transport.CallHomeParameters;
import org.opendaylight.statemigration.agent.netconf.transport.Endpoint;
import org.opendaylight.statemigration.agent.netconf.transport.SecureTransport;
import org.opendaylight.statemigration.agent.netconf.transport.TlsParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TlsTransport;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.lab.time.Await;

/** Calls home over TLS, and counts the calls. A call begins when the one before has ended. */
final class CountingCaller implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 30;

    private final AtomicInteger calls = new AtomicInteger();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final SSHTransportStackFactory stacks = new SSHTransportStackFactory("caller", 0);
    private final NetconfSessions sessions;
    private final CallHome callHome;

    CountingCaller(final StateOrchestrationAgent agent, final TlsParameters tls, final CallHomeParameters parameters)
            throws Exception {
        sessions = new NetconfSessions(agent, List::of);
        callHome = new CallHome(parameters, new CountedTransport(new TlsTransport(stacks, tls)), sessions, thread);
        callHome.start();
    }

    /** Wait until a call that began after this has failed or ended. */
    void awaitEndOfACall() throws Exception {
        final int before = calls.get();
        Await.until("a call home has ended and the next one has begun", () -> calls.get() >= before + 2);
    }

    @Override
    public void close() throws Exception {
        thread.submit(callHome::stop).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        thread.shutdownNow();
        sessions.close();
        stacks.close();
    }

    private final class CountedTransport implements SecureTransport {
        private final SecureTransport transport;

        CountedTransport(final SecureTransport transport) {
            this.transport = transport;
        }

        @Override
        public ListenableFuture<? extends TransportStack> listen(final Endpoint endpoint,
                final TransportChannelListener<TransportChannel> listener) throws UnsupportedConfigurationException {
            return transport.listen(endpoint, listener);
        }

        @Override
        public ListenableFuture<? extends TransportStack> connect(final Endpoint endpoint,
                final TransportChannelListener<TransportChannel> listener) throws UnsupportedConfigurationException {
            calls.incrementAndGet();
            return transport.connect(endpoint, listener);
        }
    }
}
