package org.opendaylight.statemigration.codec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Changes;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Commit;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Readiness;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Release;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AbortInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AbortInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AbortOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AbortOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.CommitInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.CommitInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.CommitOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.CommitOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.FollowInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.FollowInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.MigrationReference;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Omissions;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.ReleaseInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.ReleaseInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.ReleaseOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.ReleaseOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Selection;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChangesInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChangesInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChangesOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChangesOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.omissions.Omitted;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.omissions.OmittedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.omissions.OmittedKey;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;

/**
 * Messages of IF(M,A). Requests are encoded by the master and decoded by the agent, replies the other way round.
 */
public final class AgentCodec {
    /** Lease of a hold where a request names none, in seconds: the default in YANG. */
    private static final int DEFAULT_LEASE = 30;
    /** Size of a chunk where a request names none: the default in YANG. */
    private static final int DEFAULT_MAX_FLOWS = 500;

    private AgentCodec() {
        // Hidden on purpose
    }

    public static MigrationId migrationId(final MigrationReference message) {
        return new MigrationId(Required.value(message.getMigrationId(), "migration-id").getValue());
    }

    public static FlowSelection selection(final Selection message) {
        return new FlowSelection(VmCodec.decode(message.getVm()), AddressCodec.decodePrefixes(message.getPeer()));
    }

    // get-ready

    public static GetReadyInput getReady(final MigrationId migration, final FlowSelection selection,
            final Duration lease, final boolean hold) {
        return new GetReadyInputBuilder()
            .setMigrationId(encodeId(migration))
            .setVm(VmCodec.encode(selection.vm()))
            .setPeer(AddressCodec.encodePrefixes(selection.peers()))
            .setLease(Uint32.valueOf(lease.toSeconds()))
            .setHold(hold)
            .build();
    }

    public static Duration lease(final GetReadyInput input) {
        return Duration.ofSeconds(input.getLease() == null ? DEFAULT_LEASE : input.getLease().longValue());
    }

    public static boolean hold(final GetReadyInput input) {
        return !Boolean.FALSE.equals(input.getHold());
    }

    public static GetReadyOutput encodeReadiness(final Readiness readiness) {
        return new GetReadyOutputBuilder()
            .setHold(encodeHold(readiness.hold()))
            .setFlowsPerChunk(Uint32.valueOf(readiness.flowsPerChunk()))
            .setCredit(Uint8.valueOf(readiness.credit()))
            .build();
    }

    public static Readiness decodeReadiness(final GetReadyOutput output) {
        return new Readiness(HoldKind.values()[Required.value(output.getHold(), "hold").ordinal()],
            Required.value(output.getFlowsPerChunk(), "flows-per-chunk").intValue(),
            Required.value(output.getCredit(), "credit").intValue());
    }

    /**
     * Kind of hold to YANG.
     *
     * @param kind the kind
     * @return the same in YANG
     */
    public static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.HoldKind encodeHold(
            final HoldKind kind) {
        return org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123
            .HoldKind.values()[kind.ordinal()];
    }

    // upload

    public static UploadInput upload(final MigrationId migration, final FlowSelection selection, final int maxFlows,
            final Optional<String> cursor) {
        return new UploadInputBuilder()
            .setMigrationId(encodeId(migration))
            .setVm(VmCodec.encode(selection.vm()))
            .setPeer(AddressCodec.encodePrefixes(selection.peers()))
            .setMaxFlows(Uint32.valueOf(maxFlows))
            .setCursor(cursor.orElse(null))
            .build();
    }

    public static int maxFlows(final UploadInput input) {
        return input.getMaxFlows() == null ? DEFAULT_MAX_FLOWS : input.getMaxFlows().intValue();
    }

    public static Optional<String> cursor(final UploadInput input) {
        return Optional.ofNullable(input.getCursor());
    }

    public static UploadOutput encodeUpload(final Upload upload) {
        return new UploadOutputBuilder()
            .setTotalFlows(Uint32.valueOf(upload.totalFlows()))
            .setChunk(upload.chunk().map(ChunkCodec::encode).orElse(null))
            .setNextCursor(upload.nextCursor().orElse(null))
            .setOmitted(encodeOmissions(upload.omitted()))
            .build();
    }

    public static Upload decodeUpload(final UploadOutput output) {
        return new Upload(Required.value(output.getTotalFlows(), "total-flows").intValue(),
            Optional.ofNullable(output.getChunk()).map(ChunkCodec::decode),
            Optional.ofNullable(output.getNextCursor()),
            decodeOmissions(output));
    }

    private static Map<OmittedKey, Omitted> encodeOmissions(final List<Omission> omissions) {
        return BindingMap.ordered(omissions.stream()
            .map(omission -> new OmittedBuilder()
                .setReason(IdentityCodec.REFUSAL.encode(omission.reason()))
                .setProtocol(Uint8.valueOf(omission.protocol()))
                .setCount(Uint32.valueOf(omission.count()))
                .build())
            .toList());
    }

    private static List<Omission> decodeOmissions(final Omissions output) {
        return output.nonnullOmitted().values().stream()
            .map(omitted -> new Omission(IdentityCodec.REFUSAL.decode(omitted.getReason()),
                omitted.requireProtocol().intValue(), Required.value(omitted.getCount(), "count").intValue()))
            .toList();
    }

    // follow and upload-changes

    public static FollowInput follow(final MigrationId migration, final FlowSelection selection) {
        return new FollowInputBuilder()
            .setMigrationId(encodeId(migration))
            .setVm(VmCodec.encode(selection.vm()))
            .setPeer(AddressCodec.encodePrefixes(selection.peers()))
            .build();
    }

    public static UploadChangesInput uploadChanges(final MigrationId migration, final long sequence) {
        return new UploadChangesInputBuilder()
            .setMigrationId(encodeId(migration))
            .setSequence(Uint32.valueOf(sequence))
            .build();
    }

    public static long sequence(final UploadChangesInput input) {
        return Required.value(input.getSequence(), "sequence").toJava();
    }

    public static UploadChangesOutput encodeChanges(final Changes changes) {
        return new UploadChangesOutputBuilder()
            .setTotalFlows(Uint32.valueOf(changes.totalFlows()))
            .setChunk(changes.chunk().map(chunk -> new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration
                .agent.rev261123.upload.changes.output.ChunkBuilder(ChunkCodec.encode(chunk)).build()).orElse(null))
            .setMore(changes.more() ? Boolean.TRUE : null)
            .setOmitted(encodeOmissions(changes.omitted()))
            .build();
    }

    public static Changes decodeChanges(final UploadChangesOutput output) {
        return new Changes(Required.value(output.getTotalFlows(), "total-flows").intValue(),
            Optional.ofNullable(output.getChunk()).map(ChunkCodec::decode),
            Boolean.TRUE.equals(output.getMore()), decodeOmissions(output));
    }

    // assess

    public static AssessInput assess(final MigrationId migration, final FlowSelection selection, final Chunk chunk) {
        return new AssessInputBuilder()
            .setMigrationId(encodeId(migration))
            .setVm(VmCodec.encode(selection.vm()))
            .setPeer(AddressCodec.encodePrefixes(selection.peers()))
            .setChunk(new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123
                .assess.input.ChunkBuilder(
                ChunkCodec.encode(chunk)).build())
            .build();
    }

    public static Chunk assessedChunk(final AssessInput input) {
        return ChunkCodec.decode(input.getChunk());
    }

    public static AssessOutput encodeAssessment(final List<Refusal> refusals) {
        return new AssessOutputBuilder().setRefused(ChunkCodec.encodeRefusals(refusals)).build();
    }

    public static List<Refusal> decodeAssessment(final AssessOutput output) {
        return ChunkCodec.decodeRefusals(output);
    }

    // download

    public static DownloadInput download(final MigrationId migration, final Chunk chunk) {
        return new DownloadInputBuilder()
            .setMigrationId(encodeId(migration))
            .setChunk(new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123
                .download.input.ChunkBuilder(
                ChunkCodec.encode(chunk)).build())
            .build();
    }

    public static Chunk downloadedChunk(final DownloadInput input) {
        return ChunkCodec.decode(input.getChunk());
    }

    public static DownloadOutput encodeDownload(final Download download) {
        return new DownloadOutputBuilder()
            .setAccepted(Uint32.valueOf(download.accepted()))
            .setRefused(ChunkCodec.encodeRefusals(download.refused()))
            .build();
    }

    public static Download decodeDownload(final DownloadOutput output) {
        return new Download(Required.value(output.getAccepted(), "accepted").intValue(),
            ChunkCodec.decodeRefusals(output));
    }

    // commit

    public static CommitInput commit(final MigrationId migration, final int chunks, final int flows) {
        return new CommitInputBuilder()
            .setMigrationId(encodeId(migration))
            .setChunks(Uint32.valueOf(chunks))
            .setFlows(Uint32.valueOf(flows))
            .build();
    }

    public static int chunks(final CommitInput input) {
        return Required.value(input.getChunks(), "chunks").intValue();
    }

    public static int flows(final CommitInput input) {
        return Required.value(input.getFlows(), "flows").intValue();
    }

    public static CommitOutput encodeCommit(final Commit commit) {
        return new CommitOutputBuilder()
            .setVerified(Uint32.valueOf(commit.verified()))
            .setVanished(Uint32.valueOf(commit.vanished()))
            .build();
    }

    public static Commit decodeCommit(final CommitOutput output) {
        return new Commit(Required.value(output.getVerified(), "verified").intValue(),
            output.getVanished() == null ? 0 : output.getVanished().intValue());
    }

    // release

    public static ReleaseInput release(final MigrationId migration, final List<FlowKey> keep) {
        return new ReleaseInputBuilder()
            .setMigrationId(encodeId(migration))
            .setKeep(FlowKeyCodec.encodeKept(keep))
            .build();
    }

    public static List<FlowKey> kept(final ReleaseInput input) {
        return FlowKeyCodec.decodeKept(input.nonnullKeep());
    }

    public static ReleaseOutput encodeRelease(final Release release) {
        return new ReleaseOutputBuilder()
            .setReleased(Uint32.valueOf(release.released()))
            .setGone(Uint32.valueOf(release.gone()))
            .build();
    }

    public static Release decodeRelease(final ReleaseOutput output) {
        return new Release(Required.value(output.getReleased(), "released").intValue(),
            Required.value(output.getGone(), "gone").intValue());
    }

    // abort

    public static AbortInput abort(final MigrationId migration, final String reason) {
        return new AbortInputBuilder().setMigrationId(encodeId(migration)).setReason(Text.bounded(reason)).build();
    }

    public static String reason(final AbortInput input) {
        return input.getReason() == null ? "" : input.getReason();
    }

    public static AbortOutput encodeAbort(final int removed) {
        return new AbortOutputBuilder().setRemoved(Uint32.valueOf(removed)).build();
    }

    public static int decodeAbort(final AbortOutput output) {
        return Required.value(output.getRemoved(), "removed").intValue();
    }

    private static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId encodeId(
            final MigrationId migration) {
        return new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123
            .MigrationId(migration.value());
    }
}
