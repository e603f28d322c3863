// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.RandomFlows;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.Chunk;
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
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.download.input.ChunkBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.FlowKey;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint32;

class MessageCodecTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private static final FlowSelection SELECTION = new FlowSelection(
        new VmIdentity(Set.of(InetAddresses.forString("10.1.1.10"), InetAddresses.forString("2001:db8::10")),
            Optional.of(new VirtualNetwork.Vnid(7))),
        List.of(IpPrefix.parse("10.3.0.0/16"), IpPrefix.parse("2001:db8:3::/48")));

    private static List<Flow> flows(final int count) {
        return Stream.generate(new RandomFlows(count)::next).limit(count).toList();
    }

    @Test
    void getReadyArrives() {
        final var input = RequestCodec.getReady(ID, SELECTION, Duration.ofSeconds(17), false);
        assertEquals(ID, RequestCodec.migrationId(input));
        assertEquals(SELECTION, RequestCodec.selection(input));
        assertEquals(Duration.ofSeconds(17), RequestCodec.lease(input));
        assertEquals(false, RequestCodec.hold(input));
    }

    @Test
    void getReadyHasTheDefaultsOfYang() {
        final var input = new GetReadyInputBuilder().build();
        assertEquals(Duration.ofSeconds(30), RequestCodec.lease(input));
        assertTrue(RequestCodec.hold(input));
        assertEquals("migration-id is missing",
            assertThrows(IllegalArgumentException.class, () -> RequestCodec.migrationId(input)).getMessage());
        assertEquals("vm is missing",
            assertThrows(IllegalArgumentException.class, () -> RequestCodec.selection(input)).getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void readinessArrives(final HoldKind kind) {
        final var readiness = new Readiness(kind, 1000, 4);
        assertEquals(readiness, ReplyCodec.decodeReadiness(ReplyCodec.encodeReadiness(readiness)));
    }

    @Test
    void uploadArrivesIntact() {
        final var upload = new Upload(77, Optional.of(Chunk.of(ID, 3, flows(40))), Optional.of("next"),
            List.of(new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, 47, 2)));
        final var arrived = ReplyCodec.decodeUpload(ReplyCodec.encodeUpload(upload));
        assertEquals(upload, arrived);
        assertTrue(arrived.chunk().orElseThrow().isIntact(ID));
    }

    @Test
    void changesArriveIntact() {
        final var flows = flows(40);
        final var changes = new Changes(77,
            Optional.of(Chunk.of(ID, 3, flows.subList(0, 30),
                flows.subList(30, 40).stream().map(Flow::key).toList())),
            true, List.of(new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, 47, 2)));
        final var arrived = ReplyCodec.decodeChanges(ReplyCodec.encodeChanges(changes));
        assertEquals(changes, arrived);
        assertTrue(arrived.chunk().orElseThrow().isIntact(ID));
        assertEquals(changes.chunk().orElseThrow(),
            RequestCodec.downloadedChunk(RequestCodec.download(ID, changes.chunk().orElseThrow())));
        final var none = new Changes(0, Optional.empty(), false, List.of());
        assertEquals(none, ReplyCodec.decodeChanges(ReplyCodec.encodeChanges(none)));
    }

    @Test
    void requestsOfPlannedMovesArrive() {
        assertEquals(SELECTION, RequestCodec.selection(RequestCodec.follow(ID, SELECTION)));
        assertEquals(0xffffffffL, RequestCodec.sequence(RequestCodec.uploadChanges(ID, 0xffffffffL)));
        final var keys = flows(20).stream().map(Flow::key).toList();
        assertEquals(keys, RequestCodec.kept(RequestCodec.release(ID, keys)));
    }

    @Test
    void uploadRequestArrives() {
        final var input = RequestCodec.upload(ID, SELECTION, 250, Optional.of("c2"));
        assertEquals(250, RequestCodec.maxFlows(input));
        assertEquals(Optional.of("c2"), RequestCodec.cursor(input));
        assertEquals(SELECTION, RequestCodec.selection(input));
    }

    @Test
    void downloadArrives() {
        final var chunk = Chunk.of(ID, 1, flows(100));
        assertEquals(chunk, RequestCodec.downloadedChunk(RequestCodec.download(ID, chunk)));
        assertEquals(chunk, RequestCodec.assessedChunk(RequestCodec.assess(ID, SELECTION, chunk)));
        final var download = new Download(98, List.of(new Refusal(3, RefusalReason.COLLISION, "owned by m-9"),
            new Refusal(50, RefusalReason.NO_ROOM, "")));
        assertEquals(download, ReplyCodec.decodeDownload(ReplyCodec.encodeDownload(download)));
        assertEquals(download.refused(),
            ReplyCodec.decodeAssessment(ReplyCodec.encodeAssessment(download.refused())));
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalReasonHasAnIdentity(final RefusalReason reason) {
        assertEquals(reason, IdentityCodec.REFUSAL.decode(IdentityCodec.REFUSAL.encode(reason)));
    }

    @Test
    void gapInIndexesIsRefused() {
        final var flow = FlowCodec.encode(flows(1).getFirst()).withKey(new FlowKey(Uint32.TWO)).build();
        final var input = new DownloadInputBuilder()
            .setChunk(new ChunkBuilder().setFlow(BindingMap.of(flow)).build())
            .build();
        assertEquals("Flow indexes of a chunk begin with 0 and have no gaps, but 0 is missing",
            assertThrows(IllegalArgumentException.class, () -> RequestCodec.downloadedChunk(input)).getMessage());
    }

    @Test
    void badFlowIsNamedByItsIndex() {
        final var flow = FlowCodec.encode(flows(1).getFirst()).withKey(new FlowKey(Uint32.ZERO)).setTimeout(null)
            .build();
        final var input = new DownloadInputBuilder()
            .setChunk(new ChunkBuilder().setFlow(BindingMap.of(flow)).build())
            .build();
        assertEquals("Flow 0 of the chunk: timeout is missing",
            assertThrows(IllegalArgumentException.class, () -> RequestCodec.downloadedChunk(input)).getMessage());
    }

    @Test
    void theOtherMessagesArrive() {
        final var commit = RequestCodec.commit(ID, 4, 1900);
        assertEquals(4, RequestCodec.chunks(commit));
        assertEquals(1900, RequestCodec.flows(commit));
        assertEquals(new Commit(1899, 1),
            ReplyCodec.decodeCommit(ReplyCodec.encodeCommit(new Commit(1899, 1))));
        assertEquals(ID, RequestCodec.migrationId(RequestCodec.release(ID, List.of())));
        assertEquals(new Release(5, 6), ReplyCodec.decodeRelease(ReplyCodec.encodeRelease(new Release(5, 6))));
        assertEquals("because", RequestCodec.reason(RequestCodec.abort(ID, "because")));
        assertEquals(12, ReplyCodec.decodeAbort(ReplyCodec.encodeAbort(12)));
        assertEquals(1024, RequestCodec.reason(RequestCodec.abort(ID, "x".repeat(5000))).length());
    }

    @Test
    void profileArrives() {
        final var profile = new HostProfile(new StateHostId("fw1"), "Linux", List.of("1.0"),
            Set.of(FunctionType.FIREWALL, FunctionType.NAT), Set.of(Role.SOURCE), Set.of(Representation.YANG_LIST),
            Set.of(6, 17), Set.of(InetAddresses.forString("192.0.2.1")), List.of(IpPrefix.parse("198.51.100.0/24")),
            true, Optional.of("ab".repeat(32)), HostProfile.Limits.DEFAULT);
        assertEquals(profile, ProfileCodec.decode(ProfileCodec.encode(profile)));
    }
}
