// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import com.google.common.base.Ascii;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AbortInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AbortInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.CommitInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.CommitInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.FollowInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.FollowInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.MigrationReference;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.ReleaseInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.ReleaseInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Selection;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChangesInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChangesInputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadInputBuilder;
import org.opendaylight.yangtools.yang.common.Uint32;

/** Requests of IF(M,A), which the master encodes and the agent decodes. */
public final class RequestCodec {
    /** Longest sentence for people that a message carries, in characters: the limit in YANG. */
    static final int MAX_TEXT = 1024;
    /** Lease of a hold where a request names none, in seconds: the default in YANG. */
    private static final int DEFAULT_LEASE = 30;
    /** Size of a chunk where a request names none: the default in YANG. */
    private static final int DEFAULT_MAX_FLOWS = 500;

    private RequestCodec() {
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

    // abort

    public static AbortInput abort(final MigrationId migration, final String reason) {
        return new AbortInputBuilder().setMigrationId(encodeId(migration))
            .setReason(Ascii.truncate(reason, MAX_TEXT, "...")).build();
    }

    public static String reason(final AbortInput input) {
        return input.getReason() == null ? "" : input.getReason();
    }

    private static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId encodeId(
            final MigrationId migration) {
        return new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123
            .MigrationId(migration.value());
    }
}
