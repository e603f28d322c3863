// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import com.google.common.base.Ascii;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.upload.output.ChunkBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.refusals.Refused;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.refusals.RefusedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.refusals.RefusedKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Sha256;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint32;

/**
 * Chunks and refusals. How the flows of a chunk are represented is a matter of {@link ChunkEncoding}: what is here is
 * the same for all representations.
 */
final class ChunkCodec {
    private ChunkCodec() {
        // Hidden on purpose
    }

    /**
     * Chunk to YANG, in the representation that every agent of IF(M,A) 1.0 offers: its messages cannot ask for another.
     * Other containers that use grouping {@code chunk} are built from the result.
     */
    static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.upload.output.Chunk encode(
            final Chunk chunk) {
        return encode(chunk, Representation.YANG_LIST);
    }

    static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.upload.output.Chunk encode(
            final Chunk chunk, final Representation representation) {
        final var message = new ChunkBuilder()
            .setSequence(Uint32.valueOf(chunk.sequence()))
            .setDigest(new Sha256(HexFormat.of().parseHex(chunk.digest())));
        ChunkEncoding.of(representation).encode(chunk, message);
        return message.build();
    }

    static Chunk decode(final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123
        .Chunk chunk) {
        final var present = Required.value(chunk, "chunk");
        final var content = ChunkEncoding.in(present).decode(present);
        return new Chunk(Required.value(present.getSequence(), "chunk/sequence").toJava(),
            HexFormat.of().formatHex(Required.value(present.getDigest(), "chunk/digest").getValue()), content.flows(),
            content.ended());
    }

    static Map<RefusedKey, Refused> encodeRefusals(final List<Refusal> refusals) {
        return BindingMap.ordered(refusals.stream()
            .map(refusal -> new RefusedBuilder()
                .setIndex(Uint32.valueOf(refusal.index()))
                .setReason(IdentityCodec.REFUSAL.encode(refusal.reason()))
                .setDetail(Ascii.truncate(refusal.detail(), RequestCodec.MAX_TEXT, "..."))
                .build())
            .toList());
    }

    static List<Refusal> decodeRefusals(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.Refusals refusals) {
        return refusals.nonnullRefused().values().stream()
            .map(refused -> new Refusal(refused.requireIndex().intValue(),
                IdentityCodec.REFUSAL.decode(refused.getReason()),
                refused.getDetail() == null ? "" : refused.getDetail()))
            .sorted(Comparator.comparingInt(Refusal::index))
            .toList();
    }
}
