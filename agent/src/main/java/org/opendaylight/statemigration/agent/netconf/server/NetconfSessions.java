// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Futures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.opendaylight.mdsal.binding.dom.adapter.BindingAdapterFactory;
import org.opendaylight.mdsal.binding.dom.adapter.ConstantAdapterContext;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.mdsal.dom.api.DOMSchemaService;
import org.opendaylight.mdsal.dom.broker.DOMRpcRouter;
import org.opendaylight.mdsal.dom.broker.RouterDOMRpcService;
import org.opendaylight.mdsal.dom.broker.SerializedDOMDataBroker;
import org.opendaylight.mdsal.dom.spi.FixedDOMSchemaService;
import org.opendaylight.mdsal.dom.store.inmemory.InMemoryDOMDataStoreFactory;
import org.opendaylight.netconf.api.CapabilityURN;
import org.opendaylight.netconf.common.di.DefaultNetconfTimer;
import org.opendaylight.netconf.server.NetconfServerSessionNegotiatorFactory;
import org.opendaylight.netconf.server.ServerTransportInitializer;
import org.opendaylight.netconf.server.impl.DefaultSessionIdProvider;
import org.opendaylight.netconf.server.mdsal.MdsalNetconfOperationServiceFactory;
import org.opendaylight.netconf.server.osgi.AggregatedNetconfOperationServiceFactory;
import org.opendaylight.netconf.server.osgi.NetconfMonitoringServiceImpl;
import org.opendaylight.netconf.transport.api.TransportChannel;
import org.opendaylight.statemigration.agent.netconf.rpc.AgentRpcDispatcher;
import org.opendaylight.statemigration.agent.netconf.rpc.AgentSchema;
import org.opendaylight.statemigration.agent.netconf.rpc.RpcExecution;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.monitoring.rev101004.NetconfState;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.monitoring.rev101004.NetconfStateBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.library.rev190104.YangLibrary;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything above the transports: puts a NETCONF session with IF(M,A) on any channel it is given. */
final class NetconfSessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetconfSessions.class);
    /** Time a peer has for its hello, in milliseconds. */
    private static final long HELLO_TIMEOUT = 20_000;
    /** Time that RPCs which are under way have to end, in seconds. */
    private static final long RPC_TIMEOUT = 10;
    /** Requests that are executed at one time. A session has at most one of them. */
    private static final int RPC_THREADS = 32;
    /** Sessions whose request may wait for a thread. */
    private static final int RPC_QUEUE = 1000;

    private final DefaultNetconfTimer timer = new DefaultNetconfTimer();
    private final ExecutorService commits = Executors.newSingleThreadExecutor(
        Thread.ofPlatform().name("datastore").daemon().factory());
    private final ExecutorService rpcs = rpcPool();
    private final AgentSchema model = AgentSchema.get();
    private final NetconfMonitoringServiceImpl monitoring;
    private final ServerTransportInitializer initializer;
    private final OperationalState state;
    private final RpcExecution execution;

    NetconfSessions(final StateOrchestrationAgent agent, final Supplier<List<MigrationStatus>> statuses) {
        execution = new RpcExecution(model, new AgentRpcDispatcher(requireNonNull(agent)));

        final DOMSchemaService.YangTextSourceExtension sources = id -> {
            final var source = model.sources().yangTextSource(id);
            return source == null ? Futures.immediateFailedFuture(new IllegalArgumentException("No module " + id))
                : Futures.immediateFuture(source);
        };
        final var schemas = new FixedDOMSchemaService(model::context, sources);
        final var broker = new SerializedDOMDataBroker(Map.of(
            LogicalDatastoreType.CONFIGURATION, InMemoryDOMDataStoreFactory.create("config", schemas),
            LogicalDatastoreType.OPERATIONAL, InMemoryDOMDataStoreFactory.create("operational", schemas)), commits);
        state = new OperationalState(new BindingAdapterFactory(new ConstantAdapterContext(model.codec()))
            .createDataBroker(broker), agent, statuses);

        final var operations = new AggregatedNetconfOperationServiceFactory();
        // Adds itself to the operations; must be there before the monitoring looks
        new MdsalNetconfOperationServiceFactory(schemas, broker, new RouterDOMRpcService(new DOMRpcRouter(schemas)),
            operations);
        monitoring = new NetconfMonitoringServiceImpl(operations);
        final var library = YangLibraryContent.of(model.context());
        final var shown = new MonitoringService(monitoring, library.getContentId());
        operations.onAddNetconfOperationServiceFactory(new GetSchemaFactory(shown));
        state.write(DataObjectIdentifier.builder(YangLibrary.class).build(), library);
        state.write(DataObjectIdentifier.builder(NetconfState.class).build(), new NetconfStateBuilder()
            .setCapabilities(shown.getCapabilities()).setSchemas(shown.getSchemas()).build());
        state.refresh();

        initializer = new ServerTransportInitializer(NetconfServerSessionNegotiatorFactory.builder()
            .setTimer(timer)
            .setIdProvider(new DefaultSessionIdProvider())
            .setAggregatedOpService(operations)
            .setConnectionTimeoutMillis(HELLO_TIMEOUT)
            .setMonitoringService(shown)
            // And 1.0, always. Neither EXI, which is slower than XML here, nor notifications, as the modules have none
            .setBaseCapabilities(Set.of(CapabilityURN.BASE_1_1))
            .build());
    }

    private static ExecutorService rpcPool() {
        final var pool = new ThreadPoolExecutor(RPC_THREADS, RPC_THREADS, 1, TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(RPC_QUEUE), Thread.ofPlatform().daemon().name("rpc-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Begin a session.
     *
     * @param channel a channel whose other end is authenticated
     * @return the handler of its RPCs
     */
    RpcHandler begin(final TransportChannel channel) {
        initializer.onTransportChannelEstablished(channel);
        final var handler = new RpcHandler(model, execution, state, rpcs);
        handler.install(channel.channel());
        return handler;
    }

    @Override
    public void close() {
        rpcs.shutdown();
        try {
            if (!rpcs.awaitTermination(RPC_TIMEOUT, TimeUnit.SECONDS)) {
                LOG.warn("RPCs are interrupted that did not end within {} seconds", RPC_TIMEOUT);
            }
        } catch (InterruptedException e) {
            LOG.debug("Not waiting for RPCs to end", e);
            Thread.currentThread().interrupt();
        }
        rpcs.shutdownNow();
        monitoring.close();
        timer.close();
        commits.shutdown();
    }
}
