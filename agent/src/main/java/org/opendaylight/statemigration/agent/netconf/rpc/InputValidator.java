// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.XMLNamespace;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraintAware;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.MandatoryAware;
import org.opendaylight.yangtools.yang.model.api.TypedDataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Absolute;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Says in a sentence what is wrong with the input of an RPC. The parser's own exceptions are made for programmers of
 * parsers; so when it fails, the input is compared with the model a second time, element by element.
 */
final class InputValidator {
    private final EffectiveModelContext context;
    private final LeafValueValidator values;

    InputValidator(final EffectiveModelContext context) {
        this.context = requireNonNull(context);
        values = new LeafValueValidator(context);
    }

    /**
     * Look for the first fault.
     *
     * @param input where the input is in the model
     * @param element its element
     * @return the fault; empty if the input follows the model
     */
    Optional<RpcErrorException> examine(final Absolute input, final Element element) {
        try {
            if (context.findSchemaTreeNode(input).orElseThrow() instanceof DataNodeContainer schema) {
                examineChildren(schema, element, "");
            }
            return Optional.empty();
        } catch (RpcErrorException e) {
            return Optional.of(e);
        }
    }

    private void examineChildren(final DataNodeContainer schema, final Element parent, final String path)
            throws RpcErrorException {
        final var once = new HashSet<QName>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                final var childPath = path + child.getLocalName();
                final var childSchema = find(schema, child, childPath);
                final boolean repeatable = childSchema instanceof ElementCountConstraintAware;
                if (!once.add(childSchema.getQName()) && !repeatable) {
                    throw fault(ErrorTag.BAD_ELEMENT, child, "'" + childPath + "' is given more than once");
                }
                examineNode(childSchema, child, childPath);
            }
        }
        for (var child : schema.getChildNodes()) {
            examinePresence(child, parent, path);
        }
    }

    private static DataSchemaNode find(final DataNodeContainer schema, final Element child, final String path)
            throws RpcErrorException {
        final var namespace = child.getNamespaceURI();
        for (var candidate : schema.getChildNodes()) {
            final var module = candidate.getQName().getModule();
            if (namespace != null && module.namespace().equals(XMLNamespace.of(namespace))) {
                return schema.findDataTreeChild(QName.unsafeOf(module, child.getLocalName()))
                    .orElseThrow(() -> fault(ErrorTag.UNKNOWN_ELEMENT, child, "There is no '" + path + "'"));
            }
        }
        throw new RpcErrorException(ErrorType.APPLICATION, ErrorTag.UNKNOWN_NAMESPACE,
            "Nothing in namespace '" + namespace + "' is expected at '" + path + "'",
            Map.of("bad-element", child.getLocalName(), "bad-namespace", String.valueOf(namespace)), null);
    }

    private void examineNode(final DataSchemaNode schema, final Element element, final String path)
            throws RpcErrorException {
        switch (schema) {
            case LeafSchemaNode leaf -> examineValue(leaf, element, path);
            case LeafListSchemaNode leafList -> examineValue(leafList, element, path);
            case DataNodeContainer container -> examineChildren(container, element, path + "/");
            default -> {
                // Nothing else has elements of its own
            }
        }
    }

    private void examineValue(final TypedDataSchemaNode leaf, final Element element, final String path)
            throws RpcErrorException {
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.ELEMENT_NODE) {
                throw fault(ErrorTag.UNKNOWN_ELEMENT, element, "'" + path + "' has no children");
            }
        }
        final var text = element.getTextContent();
        if (!values.isValue(leaf, text, element)) {
            throw fault(ErrorTag.INVALID_VALUE, element, "'" + abridge(text) + "' is not a value of '" + path
                + "', which is " + TypeDescription.of(leaf.getType()));
        }
    }

    private static void examinePresence(final DataSchemaNode schema, final Element parent, final String path)
            throws RpcErrorException {
        final long count = count(parent, schema.getQName());
        final long least = switch (schema) {
            case ElementCountConstraintAware many -> many.getElementCountConstraint()
                .map(constraint -> constraint.getMinElements()).orElse(0);
            case ContainerSchemaNode container -> !container.isPresenceContainer() && demandsContent(container) ? 1 : 0;
            case MandatoryAware one -> one.isMandatory() ? 1 : 0;
            default -> 0;
        };
        if (count < least) {
            throw new RpcErrorException(ErrorType.APPLICATION, ErrorTag.MISSING_ELEMENT,
                "'" + path + schema.getQName().getLocalName() + "' is missing",
                Map.of("bad-element", schema.getQName().getLocalName()), null);
        }
        if (schema instanceof ListSchemaNode list && count > 0) {
            for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element entry && is(entry, list.getQName())) {
                    examineKeys(list, entry, path);
                }
            }
        }
    }

    private static void examineKeys(final ListSchemaNode list, final Element entry, final String path)
            throws RpcErrorException {
        for (var key : list.getKeyDefinition()) {
            if (count(entry, key) == 0) {
                throw new RpcErrorException(ErrorType.APPLICATION, ErrorTag.MISSING_ELEMENT, "An entry of list '" + path
                    + list.getQName().getLocalName() + "' has no '" + key.getLocalName() + "', which is its key",
                    Map.of("bad-element", key.getLocalName()), null);
            }
        }
    }

    private static boolean demandsContent(final DataNodeContainer container) {
        return container.getChildNodes().stream().anyMatch(child -> switch (child) {
            case ElementCountConstraintAware many -> many.getElementCountConstraint()
                .map(constraint -> constraint.getMinElements() > 0).orElse(Boolean.FALSE);
            case ContainerSchemaNode nested -> !nested.isPresenceContainer() && demandsContent(nested);
            case MandatoryAware one -> one.isMandatory();
            default -> false;
        });
    }

    private static long count(final Element parent, final QName name) {
        long count = 0;
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && is(child, name)) {
                count++;
            }
        }
        return count;
    }

    private static boolean is(final Element element, final QName name) {
        return name.getLocalName().equals(element.getLocalName())
            && name.getNamespace().toString().equals(element.getNamespaceURI());
    }

    private static RpcErrorException fault(final ErrorTag tag, final Element element, final String message) {
        return new RpcErrorException(ErrorType.APPLICATION, tag, message,
            Map.of("bad-element", element.getLocalName()), null);
    }

    private static String abridge(final String text) {
        final var line = text.strip();
        return line.length() <= 64 ? line : line.substring(0, 61) + "...";
    }
}
