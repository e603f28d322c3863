// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.opendaylight.statemigration.flow.CanonicalJson;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;

/**
 * A bounded number of flows, protected against loss, doubling, reordering and change (YANG grouping {@code chunk}).
 *
 * @param sequence position in the migration, beginning with 1
 * @param digest lower case hexadecimal SHA-256
 * @param flows the flows
 * @param ended flows that came before in the same migration and have ended since
 */
public record Chunk(long sequence, String digest, List<Flow> flows, List<FlowKey> ended) {
    public Chunk {
        flows = List.copyOf(flows);
        ended = List.copyOf(ended);
        if (sequence < 1 || sequence > 0xffffffffL) {
            throw new IllegalArgumentException("Sequence number " + sequence + " is not in the range 1..4294967295");
        }
    }

    public Chunk(final long sequence, final String digest, final List<Flow> flows) {
        this(sequence, digest, flows, List.of());
    }

    /**
     * Make a chunk with its digest.
     *
     * @param migration the migration
     * @param sequence position in it
     * @param flows the flows
     * @return a chunk
     */
    public static Chunk of(final MigrationId migration, final long sequence, final List<Flow> flows) {
        return of(migration, sequence, flows, List.of());
    }

    /**
     * Make a chunk of changes with its digest.
     *
     * @param migration the migration
     * @param sequence position in it
     * @param flows flows that are new or changed
     * @param ended flows that have ended
     * @return a chunk
     */
    public static Chunk of(final MigrationId migration, final long sequence, final List<Flow> flows,
            final List<FlowKey> ended) {
        return new Chunk(sequence, digest(migration, sequence, flows, ended), flows, ended);
    }

    /**
     * Whether the digest is that of these flows in this place of this migration.
     *
     * @param migration the migration
     * @return true if it is
     */
    public boolean isIntact(final MigrationId migration) {
        return digest(migration, sequence, flows, ended).equals(digest);
    }

    private static String digest(final MigrationId migration, final long sequence, final List<Flow> flows,
            final List<FlowKey> ended) {
        final MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
        sha.update(migration.value().getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt((int) sequence).array());
        for (var flow : flows) {
            sha.update(CanonicalJson.of(flow).getBytes(StandardCharsets.UTF_8));
            sha.update((byte) '\n');
        }
        for (var key : ended) {
            sha.update((byte) '-');
            sha.update(CanonicalJson.of(key).getBytes(StandardCharsets.UTF_8));
            sha.update((byte) '\n');
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
