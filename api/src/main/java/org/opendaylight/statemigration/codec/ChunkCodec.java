// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import com.google.common.base.Ascii;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.upload.output.ChunkBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.Flow;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.FlowKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.refusals.Refused;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.refusals.RefusedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.refusals.RefusedKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Sha256;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint32;

/** Chunks and refusals. */
final class ChunkCodec {
    private ChunkCodec() {
        // Hidden on purpose
    }

    /** Other containers that use grouping {@code chunk} are built from the result. */
    static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.upload.output.Chunk encode(
            final Chunk chunk) {
        final var flows = new ArrayList<Flow>(chunk.flows().size());
        for (var flow : chunk.flows()) {
            flows.add(FlowCodec.encode(flow).withKey(new FlowKey(Uint32.valueOf(flows.size()))).build());
        }
        return new ChunkBuilder()
            .setSequence(Uint32.valueOf(chunk.sequence()))
            .setDigest(new Sha256(HexFormat.of().parseHex(chunk.digest())))
            .setFlow(BindingMap.ordered(flows))
            .setEnded(FlowKeyCodec.encodeEnded(chunk.ended()))
            .build();
    }

    static Chunk decode(final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123
        .Chunk chunk) {
        final var present = Required.value(chunk, "chunk");
        final var entries = new ArrayList<>(present.nonnullFlow().values());
        entries.sort(Comparator.comparing(Flow::requireIndex));
        final var flows = new ArrayList<org.opendaylight.statemigration.flow.Flow>(entries.size());
        for (var entry : entries) {
            if (entry.requireIndex().intValue() != flows.size()) {
                throw new IllegalArgumentException("Flow indexes of a chunk begin with 0 and have no gaps, but "
                    + flows.size() + " is missing");
            }
            try {
                flows.add(FlowCodec.decode(entry));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("Flow " + flows.size() + " of the chunk: " + e.getMessage(), e);
            }
        }
        return new Chunk(Required.value(present.getSequence(), "chunk/sequence").toJava(),
            HexFormat.of().formatHex(Required.value(present.getDigest(), "chunk/digest").getValue()), flows,
            FlowKeyCodec.decodeEnded(present.nonnullEnded()));
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
