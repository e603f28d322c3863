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

    /**
     * Decode which migration a request is about.
     *
     * @param message input of an RPC
     * @return the migration
     * @throws IllegalArgumentException if it is missing, or no identifier
     */
    public static MigrationId migrationId(final MigrationReference message) {
        return new MigrationId(Required.value(message.getMigrationId(), "migration-id").getValue());
    }

    /**
     * Decode which flows {@code get-ready}, {@code upload}, {@code follow} and {@code assess} are about.
     *
     * @param message input of one of these RPCs
     * @return VM and peers
     * @throws IllegalArgumentException if the VM is missing or has no usable address, or a prefix is none
     */
    public static FlowSelection selection(final Selection message) {
        return new FlowSelection(VmCodec.decode(message.getVm()), AddressCodec.decodePrefixes(message.getPeer()));
    }

    /**
     * Encode RPC {@code get-ready}: prepare to take over flows.
     *
     * @param migration the migration
     * @param selection which flows
     * @param lease after how long without a message the destination undoes everything, in whole seconds
     * @param hold whether to hold packets
     * @return the input
     * @throws IllegalArgumentException if the lease does not fit into 32 bits
     */
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

    /**
     * Decode the lease of {@code get-ready}.
     *
     * @param input the input
     * @return the lease; 30 seconds where the request names none
     */
    public static Duration lease(final GetReadyInput input) {
        return Duration.ofSeconds(input.getLease() == null ? DEFAULT_LEASE : input.getLease().longValue());
    }

    /**
     * Decode whether {@code get-ready} asks to hold packets.
     *
     * @param input the input
     * @return whether; so where the request does not say
     */
    public static boolean hold(final GetReadyInput input) {
        return !Boolean.FALSE.equals(input.getHold());
    }

    /**
     * Encode RPC {@code upload}: hand over a chunk of what is there.
     *
     * @param migration the migration
     * @param selection which flows
     * @param maxFlows largest number of flows in the chunk
     * @param cursor what the answer before named; empty for the first chunk
     * @return the input
     * @throws IllegalArgumentException if the number is negative
     */
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

    /**
     * Decode the largest number of flows in a chunk of {@code upload}.
     *
     * @param input the input
     * @return the number; 500 where the request names none
     */
    public static int maxFlows(final UploadInput input) {
        return input.getMaxFlows() == null ? DEFAULT_MAX_FLOWS : input.getMaxFlows().intValue();
    }

    /**
     * Decode where {@code upload} goes on.
     *
     * @param input the input
     * @return the cursor; empty for the first chunk
     */
    public static Optional<String> cursor(final UploadInput input) {
        return Optional.ofNullable(input.getCursor());
    }

    /**
     * Encode RPC {@code follow}: note from now on what changes.
     *
     * @param migration the migration
     * @param selection which flows
     * @return the input
     */
    public static FollowInput follow(final MigrationId migration, final FlowSelection selection) {
        return new FollowInputBuilder()
            .setMigrationId(encodeId(migration))
            .setVm(VmCodec.encode(selection.vm()))
            .setPeer(AddressCodec.encodePrefixes(selection.peers()))
            .build();
    }

    /**
     * Encode RPC {@code upload-changes}: hand over a chunk of what has changed.
     *
     * @param migration the migration
     * @param sequence sequence number that the chunk is to have
     * @return the input
     * @throws IllegalArgumentException if the number does not fit into 32 bits
     */
    public static UploadChangesInput uploadChanges(final MigrationId migration, final long sequence) {
        return new UploadChangesInputBuilder()
            .setMigrationId(encodeId(migration))
            .setSequence(Uint32.valueOf(sequence))
            .build();
    }

    /**
     * Decode the sequence number of the chunk that {@code upload-changes} asks for.
     *
     * @param input the input
     * @return the number
     * @throws IllegalArgumentException if it is missing
     */
    public static long sequence(final UploadChangesInput input) {
        return Required.value(input.getSequence(), "sequence").toJava();
    }

    /**
     * Encode RPC {@code assess}: say which flows would be refused.
     *
     * @param migration the migration
     * @param selection which flows
     * @param chunk the flows
     * @return the input
     */
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

    /**
     * Decode the flows of {@code assess}.
     *
     * @param input the input
     * @return the chunk; its digest is not checked yet
     * @throws IllegalArgumentException if something that YANG demands is missing, a list has gaps, or a flow
     *     contradicts itself
     */
    public static Chunk assessedChunk(final AssessInput input) {
        return ChunkCodec.decode(input.getChunk());
    }

    /**
     * Encode RPC {@code download}: take over a chunk.
     *
     * @param migration the migration
     * @param chunk the chunk
     * @return the input
     */
    public static DownloadInput download(final MigrationId migration, final Chunk chunk) {
        return new DownloadInputBuilder()
            .setMigrationId(encodeId(migration))
            .setChunk(new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123
                .download.input.ChunkBuilder(
                ChunkCodec.encode(chunk)).build())
            .build();
    }

    /**
     * Decode the chunk of {@code download}.
     *
     * @param input the input
     * @return the chunk; its digest is not checked yet
     * @throws IllegalArgumentException if something that YANG demands is missing, a list has gaps, or a flow
     *     contradicts itself
     */
    public static Chunk downloadedChunk(final DownloadInput input) {
        return ChunkCodec.decode(input.getChunk());
    }

    /**
     * Encode RPC {@code commit}: read back, compare, and release the hold.
     *
     * @param migration the migration
     * @param chunks chunks that were sent
     * @param flows flows that the migration has at the destination
     * @return the input
     * @throws IllegalArgumentException if a number is negative
     */
    public static CommitInput commit(final MigrationId migration, final int chunks, final int flows) {
        return new CommitInputBuilder()
            .setMigrationId(encodeId(migration))
            .setChunks(Uint32.valueOf(chunks))
            .setFlows(Uint32.valueOf(flows))
            .build();
    }

    /**
     * Decode how many chunks {@code commit} says were sent.
     *
     * @param input the input
     * @return the number
     * @throws IllegalArgumentException if it is missing
     */
    public static int chunks(final CommitInput input) {
        return Required.value(input.getChunks(), "chunks").intValue();
    }

    /**
     * Decode how many flows {@code commit} says the destination has.
     *
     * @param input the input
     * @return the number
     * @throws IllegalArgumentException if it is missing
     */
    public static int flows(final CommitInput input) {
        return Required.value(input.getFlows(), "flows").intValue();
    }

    /**
     * Encode RPC {@code release}: delete what was taken over.
     *
     * @param migration the migration
     * @param keep flows that stay at the source
     * @return the input
     */
    public static ReleaseInput release(final MigrationId migration, final List<FlowKey> keep) {
        return new ReleaseInputBuilder()
            .setMigrationId(encodeId(migration))
            .setKeep(FlowKeyCodec.encodeKept(keep))
            .build();
    }

    /**
     * Decode which flows {@code release} lets stay.
     *
     * @param input the input
     * @return their keys
     * @throws IllegalArgumentException if something of a key is missing, or the list has gaps
     */
    public static List<FlowKey> kept(final ReleaseInput input) {
        return FlowKeyCodec.decodeKept(input.nonnullKeep());
    }

    /**
     * Encode RPC {@code abort}: undo.
     *
     * @param migration the migration
     * @param reason why, for people; cut to 1024 characters
     * @return the input
     */
    public static AbortInput abort(final MigrationId migration, final String reason) {
        return new AbortInputBuilder().setMigrationId(encodeId(migration))
            .setReason(Ascii.truncate(reason, MAX_TEXT, "...")).build();
    }

    /**
     * Decode why {@code abort} is asked for.
     *
     * @param input the input
     * @return a sentence; the empty string where the request names none
     */
    public static String reason(final AbortInput input) {
        return input.getReason() == null ? "" : input.getReason();
    }

    private static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId encodeId(
            final MigrationId migration) {
        return new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123
            .MigrationId(migration.value());
    }
}
