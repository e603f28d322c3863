// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import java.util.ArrayList;
import java.util.Comparator;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.upload.output.ChunkBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.Flow;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.FlowKey;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint32;

/** The lists {@code flow} and {@code ended} of grouping {@code chunk}, as NETCONF carries any data. */
final class YangListEncoding implements ChunkEncoding {
    @Override
    public Representation representation() {
        return Representation.YANG_LIST;
    }

    @Override
    public void encode(final Chunk chunk, final ChunkBuilder message) {
        final var flows = new ArrayList<Flow>(chunk.flows().size());
        for (var flow : chunk.flows()) {
            flows.add(FlowCodec.encode(flow).withKey(new FlowKey(Uint32.valueOf(flows.size()))).build());
        }
        message.setFlow(BindingMap.ordered(flows)).setEnded(FlowKeyCodec.encodeEnded(chunk.ended()));
    }

    @Override
    public boolean isIn(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.Chunk message) {
        return !message.nonnullFlow().isEmpty() || !message.nonnullEnded().isEmpty();
    }

    @Override
    public Content decode(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.Chunk message) {
        final var entries = new ArrayList<>(message.nonnullFlow().values());
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
        return new Content(flows, FlowKeyCodec.decodeEnded(message.nonnullEnded()));
    }
}
