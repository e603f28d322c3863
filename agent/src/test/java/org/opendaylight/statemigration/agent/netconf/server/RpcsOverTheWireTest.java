// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.netconf.api.DocumentedException;
import org.opendaylight.netconf.api.xml.XmlUtil;
import org.opendaylight.statemigration.agent.netconf.rpc.AgentSchema;
import org.opendaylight.statemigration.agent.netconf.transport.Endpoint;
import org.opendaylight.statemigration.agent.netconf.transport.TransportKind;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.codec.ReplyCodec;
import org.opendaylight.statemigration.codec.RequestCodec;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Changes;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Commit;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Readiness;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Release;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AbortOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.CommitOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.ReleaseOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChangesOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadOutput;

@Timeout(60)
class RpcsOverTheWireTest {
    /** More than there are event loops, so that one of them shares the loop of the session before. */
    private static final int OTHER_SESSIONS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors() + 1);
    private static final String NS = RemoteAgent.NAMESPACE;
    private static final MigrationId MIGRATION = new MigrationId("m-1");
    private static final FlowSelection SELECTION = new FlowSelection(
        new VmIdentity(Set.of(InetAddresses.forString("10.0.0.5")), Optional.of(new VirtualNetwork.Vnid(7))),
        List.of(IpPrefix.parse("198.51.100.0/24")));
    private static final MigrationStatus ENTRY = new MigrationStatus(MIGRATION, Role.DESTINATION, AgentStage.IMPORTING,
        12,
        Optional.of(HoldKind.QUEUE), Optional.of(Instant.parse("2026-11-23T12:00:00Z")));

    @TempDir
    private static Path folder;
    private static TestKeys keys;

    private final RecordingAgent agent = new RecordingAgent();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private int port;
    private NetconfServer server;
    private TestClient client;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = new TestKeys(folder);
    }

    @BeforeEach
    void start() throws Exception {
        port = TestClient.freePort();
        server = new NetconfServer(agent, this::statuses, Optional.empty(), Optional.of(keys.tls()));
        server.listen(TransportKind.TLS, new Endpoint("127.0.0.1", port));
        client = TestClient.tls(keys.tlsOf(keys.controller), port);
    }

    @AfterEach
    void stop() throws Exception {
        agent.gate.countDown();
        client.close();
        server.close();
    }

    private List<MigrationStatus> statuses() {
        switch (fault.getAndSet(null)) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {
                return List.of(ENTRY);
            }
        }
    }

    private void assertCalled(final Object... call) {
        assertEquals(List.of(call), agent.calls.poll());
    }

    @Test
    void getReadyCarriesSelectionAndAnswersHowItIsReady() throws Exception {
        client.stream.hello();
        final var output = client.agent().invoke(GetReadyOutput.class, "get-ready",
            RequestCodec.getReady(MIGRATION, SELECTION, Duration.ofSeconds(45), false));
        assertCalled("get-ready", MIGRATION, SELECTION, Duration.ofSeconds(45), false);
        assertEquals(new Readiness(HoldKind.QUEUE, 1000, 4), ReplyCodec.decodeReadiness(output));
    }

    @Test
    void getReadyWithoutLeaseAndHoldMeansTheDefaults() throws Exception {
        client.stream.hello();
        client.stream.rpc("<get-ready xmlns='" + NS + "'><migration-id>m-1</migration-id><vm><address>10.0.0.5"
            + "</address></vm></get-ready>");
        assertCalled("get-ready", MIGRATION,
            FlowSelection.of(new VmIdentity(Set.of(InetAddresses.forString("10.0.0.5")), Optional.empty())),
            Duration.ofSeconds(30), true);
    }

    @Test
    void uploadHandsOverFlowsAsTheyAre() throws Exception {
        client.stream.hello();
        final var output = client.agent().invoke(UploadOutput.class, "upload",
            RequestCodec.upload(MIGRATION, SELECTION, 100, Optional.of("c1")));
        assertCalled("upload", MIGRATION, SELECTION, 100, Optional.of("c1"));
        final var upload = ReplyCodec.decodeUpload(output);
        assertEquals(new Upload(3, Optional.of(Chunk.of(MIGRATION, 1, RecordingAgent.flows(3))), Optional.of("c2"),
            List.of(new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, 50, 2))), upload);
        assertTrue(upload.chunk().orElseThrow().isIntact(MIGRATION));
    }

    @Test
    void followAndUploadChangesCarryWhatChanged() throws Exception {
        client.stream.hello();
        final var reply = client.stream.rpc(client.agent().xml("follow", RequestCodec.follow(MIGRATION, SELECTION)));
        assertTrue(reply.contains("<ok"), reply);
        assertCalled("follow", MIGRATION, SELECTION);
        final var changes = ReplyCodec.decodeChanges(client.agent().invoke(UploadChangesOutput.class,
            "upload-changes", RequestCodec.uploadChanges(MIGRATION, 7)));
        assertCalled("upload-changes", MIGRATION, 7L);
        assertEquals(new Changes(2, Optional.of(Chunk.of(MIGRATION, 7, RecordingAgent.flows(2),
            List.of(RecordingAgent.flow(7).key()))), true,
            List.of(new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, 50, 1))), changes);
        assertTrue(changes.chunk().orElseThrow().isIntact(MIGRATION));
    }

    @Test
    void assessNamesRefusedFlows() throws Exception {
        client.stream.hello();
        final var chunk = Chunk.of(MIGRATION, 1, RecordingAgent.flows(2));
        final var output = client.agent().invoke(AssessOutput.class, "assess",
            RequestCodec.assess(MIGRATION, SELECTION, chunk));
        assertCalled("assess", MIGRATION, SELECTION, chunk);
        assertEquals(List.of(new Refusal(0, RefusalReason.POLICY_DENIED, "Not here")),
            ReplyCodec.decodeAssessment(output));
    }

    @Test
    void downloadTakesOverAChunkOfAThousandFlows() throws Exception {
        client.stream.hello();
        final var chunk = Chunk.of(MIGRATION, 2, RecordingAgent.flows(1000));
        final var output = client.agent().invoke(DownloadOutput.class, "download",
            RequestCodec.download(MIGRATION, chunk));
        assertCalled("download", MIGRATION, chunk);
        assertEquals(new Download(999, List.of(new Refusal(1, RefusalReason.COLLISION, "Taken"))),
            ReplyCodec.decodeDownload(output));
    }

    @Test
    void commitReleaseAndAbortAnswerTheirCounts() throws Exception {
        client.stream.hello();
        final var kept = RecordingAgent.flows(2).stream().map(Flow::key).toList();
        assertEquals(new Commit(40, 1), ReplyCodec.decodeCommit(client.agent().invoke(CommitOutput.class, "commit",
            RequestCodec.commit(MIGRATION, 2, 40))));
        assertCalled("commit", MIGRATION, 2, 40);
        assertEquals(new Release(5, 2), ReplyCodec.decodeRelease(client.agent().invoke(ReleaseOutput.class, "release",
            RequestCodec.release(MIGRATION, kept))));
        assertCalled("release", MIGRATION, kept);
        assertEquals(9, ReplyCodec.decodeAbort(client.agent().invoke(AbortOutput.class, "abort",
            RequestCodec.abort(MIGRATION, "because & <so>"))));
        assertCalled("abort", MIGRATION, "because & <so>");
    }

    @ParameterizedTest
    @EnumSource(AgentException.Kind.class)
    void failureOfTheAgentIsAnErrorWithItsTagAndSentence(final AgentException.Kind kind) throws Exception {
        client.stream.hello();
        agent.failure = new AgentException(kind, "Flow <a> & \"b\" is not so", new IllegalStateException("secret"));
        final var reply = client.stream.rpc(client.agent().xml("release", RequestCodec.release(MIGRATION, List.of())));
        assertError(reply, "application", kind.errorTag(), "Flow &lt;a&gt; &amp; \"b\" is not so");
        assertTrue(!reply.contains("secret"), reply);
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void whatFailedIsAnIdentityThatOpenDaylightsClientKeeps(final FailureReason reason) throws Exception {
        client.stream.hello();
        agent.failure = new AgentException(AgentException.Kind.OPERATION_FAILED, reason, "It is so");
        final var reply = client.stream.rpc(client.agent().xml("release", RequestCodec.release(MIGRATION, List.of())));
        final var error = DocumentedException.fromXMLDocument(XmlUtil.readXmlToDocument(reply));
        assertEquals(Map.of("reason", reason.identity()), error.getErrorInfo());
        assertTrue(reply.contains("<reason xmlns=\"urn:opendaylight:statemigration:types\">"), reply);
    }

    @Test
    void unforeseenFailureTellsNothingOfTheProgram() throws Exception {
        client.stream.hello();
        // The count of flows cannot be encoded
        agent.gate = null;
        final var reply = client.stream.rpc(client.agent().xml("release", RequestCodec.release(MIGRATION, List.of())));
        agent.gate = new CountDownLatch(0);
        assertError(reply, "application", "operation-failed", "The agent failed in 'release'; its log tells more");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "<release xmlns='NS'/>|missing-element|'migration-id' is missing",
        "<release xmlns='NS'><migration-id>-x</migration-id></release>"
            + "|invalid-value|'-x' is not a value of 'migration-id', which is a migration-id of length 1..64",
        "<release xmlns='NS'><migration-id>m</migration-id><more/></release>|unknown-element|There is no 'more'",
        "<release xmlns='NS'><migration-id>m</migration-id><more xmlns='urn:x'/></release>"
            + "|unknown-namespace|Nothing in namespace 'urn:x' is expected at 'more'",
        "<release xmlns='NS'><migration-id>m</migration-id><migration-id>m</migration-id></release>"
            + "|bad-element|'migration-id' is given more than once",
        "<release xmlns='NS'><migration-id><x/></migration-id></release>"
            + "|unknown-element|'migration-id' has no children",
        "<commit xmlns='NS'><migration-id>m</migration-id><chunks>many</chunks><flows>1</flows></commit>"
            + "|invalid-value|'many' is not a value of 'chunks', which is a number in the range 0..4294967295",
        "<commit xmlns='NS'><migration-id>m</migration-id><chunks>1</chunks></commit>"
            + "|missing-element|'flows' is missing",
        "<get-ready xmlns='NS'><migration-id>m</migration-id><vm><address>10.0.0.5</address></vm>"
            + "<lease>3601</lease></get-ready>"
            + "|invalid-value|'3601' is not a value of 'lease', which is a number in the range 1..3600",
        "<get-ready xmlns='NS'><migration-id>m</migration-id><vm><address>10.0.0.500</address></vm></get-ready>"
            + "|invalid-value|'10.0.0.500' is not a value of 'vm/address'",
        "<get-ready xmlns='NS'><migration-id>m</migration-id><vm><address>10.0.0.5</address></vm>"
            + "<hold>perhaps</hold></get-ready>"
            + "|invalid-value|'perhaps' is not a value of 'hold', which is 'true' or 'false'",
        "<get-ready xmlns='NS'><migration-id>m</migration-id></get-ready>|missing-element|'vm' is missing",
        "<get-ready xmlns='NS'><migration-id>m</migration-id><vm/></get-ready>"
            + "|missing-element|'vm/address' is missing",
        "<get-ready xmlns='NS'><migration-id>m</migration-id><vm><address>224.0.0.1</address></vm></get-ready>"
            + "|invalid-value|224.0.0.1 cannot be the address of a VM",
        "<download xmlns='NS'><migration-id>m</migration-id><chunk><sequence>0</sequence></chunk></download>"
            + "|invalid-value|'0' is not a value of 'chunk/sequence', which is a number in the range 1..",
        "<download xmlns='NS'><migration-id>m</migration-id><chunk><sequence>1</sequence><digest>AA==</digest></chunk>"
            + "</download>"
            + "|invalid-value|'AA==' is not a value of 'chunk/digest', which is base64 of sha256 of length 32",
        "<download xmlns='NS'><migration-id>m</migration-id><chunk><sequence>1</sequence></chunk></download>"
            + "|missing-element|'chunk/digest' is missing",
    })
    void badInputIsAnsweredWithASentenceThatNamesThePlace(final String rpc, final String tag, final String message)
            throws Exception {
        client.stream.hello();
        final var reply = client.stream.rpc(rpc.replace("NS", NS));
        assertError(reply, "application", tag, message);
        assertTrue(agent.calls.isEmpty());
        // The session lives on
        assertTrue(client.stream.rpc(client.agent().xml("abort", RequestCodec.abort(MIGRATION, "")))
            .contains("removed"));
    }

    @Test
    void flowThatContradictsItselfIsAnsweredWithASentence() throws Exception {
        client.stream.hello();
        final var chunk = Chunk.of(MIGRATION, 1, RecordingAgent.flows(1));
        final var xml = client.agent().xml("download", RequestCodec.download(MIGRATION, chunk))
            .replaceFirst("<destination-address>198.51.100.7</destination-address>",
                "<destination-address>2001:db8::1</destination-address>");
        assertError(client.stream.rpc(xml), "application", "invalid-value", "are of different address families");
    }

    @Test
    void unknownEnumerationNamesThePossibleOnes() throws Exception {
        client.stream.hello();
        final var chunk = Chunk.of(MIGRATION, 1, RecordingAgent.flows(1));
        final var xml = client.agent().xml("download", RequestCodec.download(MIGRATION, chunk))
            .replaceFirst("<state>established</state>", "<state>fine</state>");
        assertError(client.stream.rpc(xml), "application", "invalid-value",
            "'fine' is not a value of 'chunk/flow/tcp/state', which is one of syn-sent, syn-received");
    }

    @Test
    void unknownRpcIsNotSupported() throws Exception {
        client.stream.hello();
        assertError(client.stream.rpc("<reboot xmlns='" + NS + "'/>"), "protocol", "operation-not-supported",
            "Module statemigration-agent has no RPC 'reboot'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "<edit-config><target><candidate/></target><config><state-host xmlns='NS'/></config></edit-config>|edit-config",
        "<copy-config><target><running/></target><source><candidate/></source></copy-config>|copy-config",
        "<kill-session><session-id>1</session-id></kill-session>|kill-session",
        "<start-exi xmlns='urn:ietf:params:xml:ns:netconf:exi:1.0'/>|start-exi",
        "<no-such xmlns='urn:x'/>|no-such",
    })
    void operationsThatMakeNoSenseHereAreNotSupported(final String rpc, final String name) throws Exception {
        client.stream.hello();
        assertError(client.stream.rpc(rpc.replace("NS", NS)), "protocol", "operation-not-supported",
            "This agent does not support operation '" + name + "'");
        assertTrue(!client.stream.rpc("<get-config><source><running/></source></get-config>").contains("state-host"));
    }

    @Test
    void messagesThatAreNoRequestsAreAnsweredWithAnError() throws Exception {
        client.stream.hello();
        client.stream.send("<greetings/>");
        assertError(client.stream.receive(), "rpc", "unknown-element", "not 'greetings'");
        assertError(client.stream.rpc(""), "protocol", "missing-element", "The rpc names no operation");
    }

    @Test
    void rpcWithoutMessageIdIsRefused() throws Exception {
        client.stream.hello();
        client.stream.send("<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><release xmlns='" + NS
            + "'><migration-id>m</migration-id></release></rpc>");
        assertError(client.stream.receive(), "rpc", "missing-attribute", "The rpc has no message-id");
        assertTrue(agent.calls.isEmpty());
    }

    @Test
    void malformedXmlIsAnsweredAndTheSessionLivesOn() throws Exception {
        client.stream.hello();
        client.stream.send("<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='1'><release></rpc>");
        assertError(client.stream.receive(), "rpc", "malformed-message", "The message is not well-formed XML");
        assertEquals(9, ReplyCodec.decodeAbort(client.agent().invoke(AbortOutput.class, "abort",
            RequestCodec.abort(MIGRATION, ""))));
    }

    @Test
    void oversizedChunkEndsTheSessionWithAnError() throws Exception {
        client.stream.hello();
        client.stream.raw("\n#17000000\n");
        assertError(client.stream.receive(), "rpc", "malformed-message", "a chunk is too large");
        assertThrows(IOException.class, client.stream::receive);
        assertOtherSessionsWork();
    }

    @Test
    void brokenFramingEndsTheSessionWithAnError() throws Exception {
        client.stream.hello();
        client.stream.raw("<rpc/>");
        assertError(client.stream.receive(), "rpc", "malformed-message", "The framing of the message is broken");
        assertThrows(IOException.class, client.stream::receive);
        assertOtherSessionsWork();
    }

    @Test
    void slowRpcDelaysNeitherOtherSessionsNorTheirKeepAlives() throws Exception {
        client.stream.hello();
        agent.gate = new CountDownLatch(1);
        client.stream.sendRpc(client.agent().xml("release", RequestCodec.release(MIGRATION, List.of())));
        for (int i = 0; i < OTHER_SESSIONS; i++) {
            assertOtherSessionsWork();
        }
        agent.gate.countDown();
        assertTrue(client.stream.receive().contains("released"));
    }

    @Test
    void repliesComeInOrderOfRequests() throws Exception {
        client.stream.hello();
        agent.gate = new CountDownLatch(1);
        client.stream.sendRpc(client.agent().xml("release", RequestCodec.release(MIGRATION, List.of())));
        client.stream.sendRpc("<get-config><source><running/></source></get-config>");
        client.stream.sendRpc(client.agent().xml("abort", RequestCodec.abort(MIGRATION, "")));
        client.stream.sendRpc("<get><filter><state-host xmlns='" + NS + "'/></filter></get>");
        for (int i = 0; i < 100; i++) {
            client.stream.sendRpc(client.agent().xml("commit", RequestCodec.commit(MIGRATION, i, i)));
        }
        // Of more sessions than event loops, which come later and are served, so that all of these have been read
        for (int i = 0; i < OTHER_SESSIONS; i++) {
            assertOtherSessionsWork();
        }
        assertEquals(1 + OTHER_SESSIONS, agent.calls.size(), "One RPC of a session after the other");
        agent.gate.countDown();
        for (var expected : List.of("<released", "<data", "<removed", "<state-host")) {
            final var reply = client.stream.receive();
            assertTrue(reply.contains(expected), reply);
        }
        for (int i = 0; i < 100; i++) {
            final var reply = client.stream.receive();
            assertTrue(reply.contains("message-id=\"" + (5 + i) + "\"") && reply.contains(">" + i + "</verified"),
                reply);
        }
    }

    @Test
    void sessionThatEndsDuringItsRpcLeavesTheServerWell() throws Exception {
        client.stream.hello();
        agent.gate = new CountDownLatch(1);
        client.stream.sendRpc(client.agent().xml("release", RequestCodec.release(MIGRATION, List.of())));
        client.close();
        assertOtherSessionsWork();
        agent.gate.countDown();
        assertOtherSessionsWork();
    }

    @Test
    void getShowsProfileAndMigrations() throws Exception {
        client.stream.hello();
        final var reply = client.stream.rpc("<get><filter type='subtree'><state-host xmlns='" + NS
            + "'/></filter></get>");
        for (var expected : List.of("<host-id>fw-1</host-id>", "<nat-pool>203.0.113.0/24</nat-pool>",
            "<flows-per-chunk>1000</flows-per-chunk>", "<migration-id>m-1</migration-id>",
            "<stage>importing</stage>", "<role>destination</role>", "<hold>queue</hold>", "<flows>12</flows>",
            "<lease-expires>2026-11-23T12:00:00Z</lease-expires>")) {
            assertTrue(reply.contains(expected), () -> expected + " in " + reply);
        }
    }

    static Stream<Throwable> requestThatFailsUnforeseenEndsAlone() {
        return Stream.of(new IllegalStateException("a bug"), new OutOfMemoryError("none left"));
    }

    @ParameterizedTest
    @MethodSource
    void requestThatFailsUnforeseenEndsAlone(final Throwable thrown) throws Exception {
        client.stream.hello();
        fault.set(thrown);
        final var get = "<get><filter type='subtree'><state-host xmlns='" + NS + "'/></filter></get>";
        final var failed = client.stream.rpc(get);
        assertTrue(failed.contains("<error-tag>operation-failed</error-tag>"), failed);
        final var answered = client.stream.rpc(get);
        assertTrue(answered.contains("<host-id>fw-1</host-id>"), answered);
    }

    @Test
    void controllerLearnsEveryModuleFromTheServer() throws Exception {
        final var hello = client.stream.hello();
        final var library = client.stream.rpc("<get><filter><yang-library xmlns="
            + "'urn:ietf:params:xml:ns:yang:ietf-yang-library'/></filter></get>");
        final var monitoring = client.stream.rpc("<get><filter><netconf-state xmlns="
            + "'urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'><schemas/></netconf-state></filter></get>");
        for (var module : AgentSchema.get().context().getModules()) {
            final var name = module.getName();
            assertTrue(hello.contains("module=" + name + "&amp;"), () -> name + " in " + hello);
            assertTrue(library.contains("<name>" + name + "</name>"), () -> name + " in " + library);
            assertTrue(monitoring.contains("<identifier>" + name + "</identifier>"), () -> name + " in " + monitoring);
            final var source = client.stream.rpc("<get-schema xmlns="
                + "'urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'><identifier>" + name
                + "</identifier></get-schema>");
            assertTrue(source.contains("module " + name + " {"), () -> name + " in " + source);
        }
        assertTrue(hello.contains("yang-library:1.1?revision=2019-01-04&amp;content-id="), hello);
        assertTrue(!hello.contains("capability:url"), hello);
    }

    @Test
    void messagesRightAfterTheHelloAreNotLost() throws Exception {
        client.stream.raw(NetconfStream.HELLO + "]]>]]>");
        client.stream.sendRpc(client.agent().xml("abort", RequestCodec.abort(MIGRATION, "")));
        while (client.stream.octet() != ']') {
            // The server's hello
        }
        client.stream.octet();
        client.stream.octet();
        client.stream.octet();
        client.stream.octet();
        client.stream.octet();
        assertTrue(client.stream.receive().contains("removed"));
    }

    private void assertOtherSessionsWork() throws Exception {
        try (var other = TestClient.tls(keys.tlsOf(keys.controller), port)) {
            other.stream.hello();
            assertEquals(9, ReplyCodec.decodeAbort(other.agent().invoke(AbortOutput.class, "abort",
                RequestCodec.abort(MIGRATION, ""))));
            assertTrue(other.stream.rpc("<get-config><source><running/></source></get-config>").contains("<data"));
        }
    }

    private static void assertError(final String reply, final String type, final String tag, final String message) {
        assertTrue(reply.contains("<error-type>" + type + "</error-type>"), reply);
        assertTrue(reply.contains("<error-tag>" + tag + "</error-tag>"), reply);
        assertTrue(reply.contains("<error-severity>error</error-severity>"), reply);
        assertTrue(reply.contains(message), () -> message + " in " + reply);
        assertTrue(!reply.contains("Exception") && !reply.contains("java."), reply);
    }
}
