// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Changes;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Commit;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Readiness;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Release;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AbortOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AbortOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.CommitOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.CommitOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Omissions;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.ReleaseOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.ReleaseOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChangesOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChangesOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.omissions.Omitted;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.omissions.OmittedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.omissions.OmittedKey;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;

/** Replies of IF(M,A), which the agent encodes and the master decodes. */
public final class ReplyCodec {
    private ReplyCodec() {
        // Hidden on purpose
    }

    /**
     * Encode the reply to {@code get-ready}.
     *
     * @param readiness how the destination is ready
     * @return the output
     * @throws IllegalArgumentException if a number does not fit: 8 bits for the credit
     */
    public static GetReadyOutput encodeReadiness(final Readiness readiness) {
        return new GetReadyOutputBuilder()
            .setHold(EnumCodec.HOLD.encode(readiness.hold()))
            .setFlowsPerChunk(Uint32.valueOf(readiness.flowsPerChunk()))
            .setCredit(Uint8.valueOf(readiness.credit()))
            .build();
    }

    /**
     * Decode the reply to {@code get-ready}.
     *
     * @param output the output
     * @return how the destination is ready
     * @throws IllegalArgumentException if anything is missing
     */
    public static Readiness decodeReadiness(final GetReadyOutput output) {
        return new Readiness(EnumCodec.HOLD.decode(Required.value(output.getHold(), "hold")),
            Required.value(output.getFlowsPerChunk(), "flows-per-chunk").intValue(),
            Required.value(output.getCredit(), "credit").intValue());
    }

    /**
     * Encode the reply to {@code upload}.
     *
     * @param upload a chunk of what is there
     * @return the output
     */
    public static UploadOutput encodeUpload(final Upload upload) {
        return new UploadOutputBuilder()
            .setTotalFlows(Uint32.valueOf(upload.totalFlows()))
            .setChunk(upload.chunk().map(ChunkCodec::encode).orElse(null))
            .setNextCursor(upload.nextCursor().orElse(null))
            .setOmitted(encodeOmissions(upload.omitted()))
            .build();
    }

    /**
     * Decode the reply to {@code upload}.
     *
     * @param output the output
     * @return a chunk of what is there; its digest is not checked yet
     * @throws IllegalArgumentException if something that YANG demands is missing, a flow contradicts itself, or a
     *     reason is not known
     */
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

    /**
     * Encode the reply to {@code upload-changes}. That to {@code follow} has nothing in it.
     *
     * @param changes a chunk of what has changed
     * @return the output
     */
    public static UploadChangesOutput encodeChanges(final Changes changes) {
        return new UploadChangesOutputBuilder()
            .setTotalFlows(Uint32.valueOf(changes.totalFlows()))
            .setChunk(changes.chunk().map(chunk -> new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration
                .agent.rev261123.upload.changes.output.ChunkBuilder(ChunkCodec.encode(chunk)).build()).orElse(null))
            .setMore(changes.more() ? Boolean.TRUE : null)
            .setOmitted(encodeOmissions(changes.omitted()))
            .build();
    }

    /**
     * Decode the reply to {@code upload-changes}.
     *
     * @param output the output
     * @return a chunk of what has changed; its digest is not checked yet
     * @throws IllegalArgumentException if something that YANG demands is missing, a flow contradicts itself, or a
     *     reason is not known
     */
    public static Changes decodeChanges(final UploadChangesOutput output) {
        return new Changes(Required.value(output.getTotalFlows(), "total-flows").intValue(),
            Optional.ofNullable(output.getChunk()).map(ChunkCodec::decode),
            Boolean.TRUE.equals(output.getMore()), decodeOmissions(output));
    }

    /**
     * Encode the reply to {@code assess}.
     *
     * @param refusals flows that would be refused
     * @return the output
     */
    public static AssessOutput encodeAssessment(final List<Refusal> refusals) {
        return new AssessOutputBuilder().setRefused(ChunkCodec.encodeRefusals(refusals)).build();
    }

    /**
     * Decode the reply to {@code assess}.
     *
     * @param output the output
     * @return flows that would be refused
     * @throws IllegalArgumentException if something of a refusal is missing, or its reason is not known
     */
    public static List<Refusal> decodeAssessment(final AssessOutput output) {
        return ChunkCodec.decodeRefusals(output);
    }

    /**
     * Encode the reply to {@code download}.
     *
     * @param download what was taken over and what was not
     * @return the output
     */
    public static DownloadOutput encodeDownload(final Download download) {
        return new DownloadOutputBuilder()
            .setAccepted(Uint32.valueOf(download.accepted()))
            .setRefused(ChunkCodec.encodeRefusals(download.refused()))
            .build();
    }

    /**
     * Decode the reply to {@code download}.
     *
     * @param output the output
     * @return what was taken over and what was not
     * @throws IllegalArgumentException if the number of flows or something of a refusal is missing, or its reason is
     *     not known
     */
    public static Download decodeDownload(final DownloadOutput output) {
        return new Download(Required.value(output.getAccepted(), "accepted").intValue(),
            ChunkCodec.decodeRefusals(output));
    }

    /**
     * Encode the reply to {@code commit}.
     *
     * @param commit what was read back
     * @return the output
     */
    public static CommitOutput encodeCommit(final Commit commit) {
        return new CommitOutputBuilder()
            .setVerified(Uint32.valueOf(commit.verified()))
            .setVanished(Uint32.valueOf(commit.vanished()))
            .build();
    }

    /**
     * Decode the reply to {@code commit}.
     *
     * @param output the output
     * @return what was read back; no flow has vanished where the reply does not say
     * @throws IllegalArgumentException if the number of verified flows is missing
     */
    public static Commit decodeCommit(final CommitOutput output) {
        return new Commit(Required.value(output.getVerified(), "verified").intValue(),
            output.getVanished() == null ? 0 : output.getVanished().intValue());
    }

    /**
     * Encode the reply to {@code release}.
     *
     * @param release what was deleted
     * @return the output
     */
    public static ReleaseOutput encodeRelease(final Release release) {
        return new ReleaseOutputBuilder()
            .setReleased(Uint32.valueOf(release.released()))
            .setGone(Uint32.valueOf(release.gone()))
            .build();
    }

    /**
     * Decode the reply to {@code release}.
     *
     * @param output the output
     * @return what was deleted
     * @throws IllegalArgumentException if a number is missing
     */
    public static Release decodeRelease(final ReleaseOutput output) {
        return new Release(Required.value(output.getReleased(), "released").intValue(),
            Required.value(output.getGone(), "gone").intValue());
    }

    /**
     * Encode the reply to {@code abort}.
     *
     * @param removed flows that were deleted
     * @return the output
     * @throws IllegalArgumentException if the number is negative
     */
    public static AbortOutput encodeAbort(final int removed) {
        return new AbortOutputBuilder().setRemoved(Uint32.valueOf(removed)).build();
    }

    /**
     * Decode the reply to {@code abort}.
     *
     * @param output the output
     * @return flows that were deleted
     * @throws IllegalArgumentException if the number is missing
     */
    public static int decodeAbort(final AbortOutput output) {
        return Required.value(output.getRemoved(), "removed").intValue();
    }
}
