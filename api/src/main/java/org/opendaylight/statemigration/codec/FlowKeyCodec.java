// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.release.input.Keep;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.release.input.KeepBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.release.input.KeepKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.Ended;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.EndedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.EndedKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.key.OriginalBuilder;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;

/** Lists of what makes flows these flows: grouping {@code flow-key} of module {@code statemigration-flow-state}. */
public final class FlowKeyCodec {
    private FlowKeyCodec() {
        // Hidden on purpose
    }

    static Map<EndedKey, Ended> encodeEnded(final List<FlowKey> keys) {
        final var ended = new ArrayList<Ended>(keys.size());
        for (var key : keys) {
            ended.add(new EndedBuilder(encode(key)).withKey(new EndedKey(Uint32.valueOf(ended.size()))).build());
        }
        return BindingMap.ordered(ended);
    }

    static List<FlowKey> decodeEnded(final Map<EndedKey, Ended> ended) {
        final var sorted = ended.values().stream().sorted(Comparator.comparing(Ended::requireIndex)).toList();
        requireNoGaps(sorted.stream().map(Ended::requireIndex).toList(), "ended");
        return sorted.stream().map(FlowKeyCodec::decode).toList();
    }

    static Map<KeepKey, Keep> encodeKept(final List<FlowKey> keys) {
        final var kept = new ArrayList<Keep>(keys.size());
        for (var key : keys) {
            kept.add(new KeepBuilder(encode(key)).withKey(new KeepKey(Uint32.valueOf(kept.size()))).build());
        }
        return BindingMap.ordered(kept);
    }

    static List<FlowKey> decodeKept(final Map<KeepKey, Keep> kept) {
        final var sorted = kept.values().stream().sorted(Comparator.comparing(Keep::requireIndex)).toList();
        requireNoGaps(sorted.stream().map(Keep::requireIndex).toList(), "keep");
        return sorted.stream().map(FlowKeyCodec::decode).toList();
    }

    static FlowKey decode(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.FlowKey key) {
        return new FlowKey(VmCodec.decodeNetwork(key.getVirtualNetwork()),
            Required.value(key.getProtocol(), "protocol").intValue(),
            TupleCodec.decode(key.getOriginal(), "original"));
    }

    /**
     * To YANG.
     *
     * @param key what identifies a flow
     * @return the grouping; containers and lists that use it are built from it
     */
    public static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123
            .FlowKey encode(final FlowKey key) {
        return new EndedBuilder()
            .setIndex(Uint32.ZERO)
            .setVirtualNetwork(VmCodec.encodeNetwork(key.network()))
            .setProtocol(Uint8.valueOf(key.protocol()))
            .setOriginal(new OriginalBuilder(TupleCodec.encode(key.original())).build())
            .build();
    }

    private static void requireNoGaps(final List<Uint32> indexes, final String list) {
        for (int position = 0; position < indexes.size(); position++) {
            if (indexes.get(position).toJava() != position) {
                throw new IllegalArgumentException("Indexes of list " + list + " begin with 0 and have no gaps, but "
                    + position + " is missing");
            }
        }
    }
}
