// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.mdsal.dom.api.DOMMountPoint;
import org.opendaylight.mdsal.dom.api.DOMRpcService;
import org.opendaylight.mdsal.dom.api.DOMSchemaService;
import org.opendaylight.statemigration.agent.backend.memory.MemoryStateTable;
import org.opendaylight.statemigration.agent.netconf.rpc.AgentSchema;
import org.opendaylight.statemigration.agent.netconf.transport.CallHomeParameters;
import org.opendaylight.statemigration.agent.netconf.transport.Endpoint;
import org.opendaylight.statemigration.agent.netconf.transport.TransportKind;
import org.opendaylight.statemigration.agent.soa.AgentSettings;
import org.opendaylight.statemigration.agent.soa.LocalAgent;
import org.opendaylight.statemigration.codec.ReplyCodec;
import org.opendaylight.statemigration.codec.RequestCodec;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile.Limits;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;
import org.opendaylight.statemigration.time.Backoff;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadOutput;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.YangConstants;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Absolute;

/** The real agent calls home to the real call home server of OpenDaylight, which mounts it and has it do RPCs. */
@Timeout(120)
class OpenDaylightCallHomeTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

    @TempDir
    private Path folder;
    private TestKeys keys;
    private OpenDaylightController controller;
    private MemoryStateTable table;
    private ScheduledExecutorService scheduler;
    private LocalAgent agent;
    private NetconfServer server;

    @BeforeEach
    void start() throws Exception {
        keys = new TestKeys(folder);
        table = new MemoryStateTable(Clock.systemUTC());
        table.seed(RecordingAgent.flows(3));
        scheduler = Executors.newSingleThreadScheduledExecutor();
        agent = new LocalAgent(new AgentSettings(new StateHostId("fw-1"), Set.of(FunctionType.FIREWALL),
            Set.of(Role.values()), List.of(), Set.of(), Limits.DEFAULT), table, Clock.systemUTC(), scheduler);
        server = new NetconfServer(agent, agent.statuses()::entries, Optional.of(keys.ssh()), Optional.of(keys.tls()));
        controller = new OpenDaylightController(keys, TestClient.freePort(), TestClient.freePort());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        agent.close();
        table.close();
        scheduler.shutdownNow();
        controller.close();
    }

    private void callHome(final TransportKind kind) {
        server.callHome(parameters(kind));
    }

    private CallHomeParameters parameters(final TransportKind kind) {
        final int port = switch (kind) {
            case SSH -> controller.sshPort();
            case TLS -> controller.tlsPort();
        };
        return new CallHomeParameters(kind, new Endpoint("127.0.0.1", port), BACKOFF, Duration.ofMinutes(1));
    }

    @Test
    void agentIsMountedOverTlsAndDoesRpcs() throws Exception {
        controller.allowTls("fw-tls");
        callHome(TransportKind.TLS);
        assertServes(controller.awaitMount("fw-tls"));
    }

    @Test
    void agentIsMountedOverSshAndDoesRpcs() throws Exception {
        controller.allowSsh("fw-ssh");
        callHome(TransportKind.SSH);
        assertServes(controller.awaitMount("fw-ssh"));
    }

    @Test
    void agentThatIsAllowedLaterIsMountedThen() throws Exception {
        try (var caller = new CountingCaller(agent, keys.tls(), parameters(TransportKind.TLS))) {
            caller.awaitEndOfACall();
            controller.allowTls("fw-tls");
            assertServes(controller.awaitMount("fw-tls"));
        }
    }

    private static void assertServes(final DOMMountPoint mount) throws Exception {
        final var model = AgentSchema.get();
        final var context = mount.getService(DOMSchemaService.class).orElseThrow().getGlobalContext();
        for (var module : List.of("statemigration-agent", "statemigration-flow-state", "statemigration-types")) {
            assertEquals(1, context.findModuleStatements(module).size(), module);
        }
        final var name = QName.create(model.agentModule().localQNameModule(), "upload");
        final var migration = new MigrationId("m-1");
        final var flow = RecordingAgent.flow(0);
        final var result = mount.getService(DOMRpcService.class).orElseThrow().invokeRpc(name,
            model.codec().toNormalizedNodeRpcData(RequestCodec.upload(migration, FlowSelection.of(new VmIdentity(
                Set.of(flow.key().original().source()), flow.key().network())), 100, Optional.empty())))
            .get(20, TimeUnit.SECONDS);
        assertTrue(result.errors().isEmpty(), () -> result.errors().toString());
        final Upload upload = ReplyCodec.decodeUpload((UploadOutput) model.codec().fromNormalizedNodeRpcData(
            Absolute.of(name, YangConstants.operationOutputQName(name.getModule())), result.value()));
        assertEquals(3, upload.totalFlows());
        assertTrue(upload.chunk().orElseThrow().isIntact(migration));

        final var bad = mount.getService(DOMRpcService.class).orElseThrow().invokeRpc(name,
            model.codec().toNormalizedNodeRpcData(RequestCodec.upload(migration, FlowSelection.of(new VmIdentity(
                Set.of(InetAddresses.forString("192.0.2.99")), Optional.empty())), 100, Optional.of("none"))))
            .get(20, TimeUnit.SECONDS);
        final var error = bad.errors().iterator().next();
        assertEquals("invalid-value", error.getTag().elementBody(), error.toString());
    }
}
