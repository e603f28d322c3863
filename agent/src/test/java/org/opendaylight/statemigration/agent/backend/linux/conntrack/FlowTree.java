// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.opendaylight.statemigration.agent.netconf.rpc.AgentSchema;
import org.opendaylight.statemigration.codec.FlowCodec;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.upload.output.ChunkBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.FlowKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Sha256;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint64;
import org.opendaylight.yangtools.yang.common.Uint8;
import org.opendaylight.yangtools.yang.common.YangConstants;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Absolute;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;

/**
 * Flows as trees of YANG data, whose leaves are found in the model and can be changed one by one. Paths of leaves are
 * names of nodes of data, without choices, cases, and keys of lists.
 */
final class FlowTree {
    private static final String FLOW = "chunk/flow/";

    private final AgentSchema schema = AgentSchema.get();
    private final TreeMap<String, TypeDefinition<?>> leaves = new TreeMap<>();
    private final Absolute output;

    FlowTree() {
        final var upload = schema.context().getOperations().stream()
            .filter(rpc -> rpc.getQName().getLocalName().equals("upload")
                && rpc.getQName().getModule().equals(schema.agentModule().localQNameModule()))
            .findFirst().map(RpcDefinition.class::cast).orElseThrow();
        output = Absolute.of(upload.getQName(), YangConstants.operationOutputQName(upload.getQName().getModule()));
        walk("", (ListSchemaNode) child((DataNodeContainer) child(upload.getOutput(), "chunk"), "flow"));
    }

    /** {@return the paths of all leaves that the model has for a flow} */
    Set<String> leaves() {
        return leaves.keySet();
    }

    /** {@return the paths of all leaves that a tree has} */
    Set<String> leaves(final ContainerNode tree) {
        final var paths = new TreeSet<String>();
        new Rewriting(null, paths, -1).rewrite("", tree);
        return paths;
    }

    ContainerNode encode(final Flow flow) {
        final var binding = FlowCodec.encode(flow).withKey(new FlowKey(Uint32.ZERO)).build();
        return schema.codec().toNormalizedNodeRpcData(new UploadOutputBuilder()
            .setChunk(new ChunkBuilder()
                .setSequence(Uint32.ONE)
                .setDigest(new Sha256(HexFormat.of().parseHex("00".repeat(32))))
                .setFlow(BindingMap.of(binding))
                .build())
            .build());
    }

    /** {@return the flow in a tree; empty if it contradicts itself} */
    Optional<Flow> decode(final ContainerNode tree) {
        try {
            final var decoded = (UploadOutput) schema.codec().fromNormalizedNodeRpcData(output, tree);
            return Optional.of(FlowCodec.decode(decoded.getChunk().nonnullFlow().values().iterator().next()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return trees that have another value at a path, or none, in one place} */
    List<ContainerNode> changed(final ContainerNode tree, final String path) {
        final var trees = new ArrayList<ContainerNode>();
        final int values = values(leaves.get(path));
        for (int value = 0; value < values; value++) {
            trees.add((ContainerNode) new Rewriting(path, new TreeSet<>(), value).rewrite("", tree));
        }
        trees.add((ContainerNode) new Rewriting(path, new TreeSet<>(), -1).rewrite("", tree));
        return trees;
    }

    /** {@return how many other values to try} */
    private static int values(final TypeDefinition<?> type) {
        return type instanceof EnumTypeDefinition enumeration ? enumeration.getValues().size() : 1;
    }

    private static Object child(final DataNodeContainer parent, final String name) {
        return parent.getChildNodes().stream().filter(node -> node.getQName().getLocalName().equals(name)).findFirst()
            .orElseThrow();
    }

    private void walk(final String path, final DataNodeContainer parent) {
        final List<QName> keys = parent instanceof ListSchemaNode list ? list.getKeyDefinition() : List.of();
        for (var node : parent.getChildNodes()) {
            final var below = path + (path.isEmpty() ? "" : "/") + node.getQName().getLocalName();
            switch (node) {
                case LeafSchemaNode leaf when keys.contains(leaf.getQName()) -> {
                    // The order of the list, which is part of the value
                }
                case LeafSchemaNode leaf -> leaves.put(below, leaf.getType());
                case ChoiceSchemaNode choice -> {
                    for (CaseSchemaNode each : choice.getCases()) {
                        walk(path, each);
                    }
                }
                case DataNodeContainer container -> walk(below, container);
                default -> leaves.put(below, null);
            }
        }
    }

    /** Copies a tree, notes the leaves of its flow, and changes or leaves out the first one that has a path. */
    private final class Rewriting {
        private final String wanted;
        private final Set<String> seen;
        private final int value;

        Rewriting(final String wanted, final Set<String> seen, final int value) {
            this.wanted = wanted;
            this.seen = seen;
            this.value = value;
        }

        DataContainerNode rewrite(final String path, final DataContainerNode node) {
            final var children = new ArrayList<DataContainerChild>();
            for (var child : node.body()) {
                rewrite(path, node, child).ifPresent(children::add);
            }
            return switch (node) {
                case ContainerNode container -> ImmutableNodes.newContainerBuilder()
                    .withNodeIdentifier(container.name()).withValue(children).build();
                case ChoiceNode choice -> ImmutableNodes.newChoiceBuilder()
                    .withNodeIdentifier(choice.name()).withValue(children).build();
                case MapEntryNode entry -> ImmutableNodes.newMapEntryBuilder()
                    .withNodeIdentifier(entry.name()).withValue(children).build();
                default -> throw new IllegalStateException("A flow has " + node);
            };
        }

        private Optional<DataContainerChild> rewrite(final String path, final DataContainerNode parent,
                final DataContainerChild node) {
            final var name = node.name().getNodeType().getLocalName();
            final var below = path.isEmpty() ? name : path + "/" + name;
            return switch (node) {
                case LeafNode<?> leaf when isKey(parent, leaf) -> Optional.of(leaf);
                case LeafNode<?> leaf when !below.startsWith(FLOW) -> Optional.of(leaf);
                case LeafNode<?> leaf -> leaf(below.substring(FLOW.length()), leaf);
                case ChoiceNode choice -> Optional.of((DataContainerChild) rewrite(path, choice));
                case ContainerNode container -> Optional.of((DataContainerChild) rewrite(below, container));
                case MapNode map -> {
                    final var builder = ImmutableNodes.newSystemMapBuilder().withNodeIdentifier(map.name());
                    map.body().forEach(entry -> builder.withChild((MapEntryNode) rewrite(below, entry)));
                    yield Optional.of(builder.build());
                }
                default -> throw new IllegalStateException("A flow has " + node);
            };
        }

        private static boolean isKey(final DataContainerNode parent, final LeafNode<?> leaf) {
            return parent instanceof MapEntryNode entry
                && entry.name().keySet().contains(leaf.name().getNodeType());
        }

        private Optional<DataContainerChild> leaf(final String path, final LeafNode<?> leaf) {
            if (!seen.add(path) || !path.equals(wanted)) {
                return Optional.of(leaf);
            }
            return value < 0 || leaf.body() instanceof Empty ? Optional.empty()
                : Optional.of(ImmutableNodes.leafNode(leaf.name(), other(leaf.body(), leaves.get(path))));
        }

        private Object other(final Object body, final TypeDefinition<?> type) {
            return switch (body) {
                case Boolean bool -> !bool;
                case Uint8 number -> Uint8.valueOf(number.intValue() ^ 1);
                case Uint16 number -> Uint16.valueOf(number.intValue() ^ 1);
                case Uint32 number -> Uint32.valueOf(number.longValue() ^ 1);
                case Uint64 number -> Uint64.fromLongBits(number.longValue() ^ 1);
                case Integer number -> number ^ 1;
                case byte[] octets -> {
                    final var copy = octets.clone();
                    copy[0] ^= 1;
                    yield copy;
                }
                case String text when type instanceof EnumTypeDefinition enumeration ->
                    enumeration.getValues().get(value).getName();
                case String text -> text.substring(0, text.length() - 1)
                    + (text.endsWith("1") ? "2" : "1");
                default -> throw new IllegalStateException("A leaf of a flow has the value " + body);
            };
        }
    }
}
