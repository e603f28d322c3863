// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import java.util.regex.Pattern;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlCodecFactory;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.TypedDataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;
import org.w3c.dom.Element;

/** Says whether a text is a value of a leaf. */
final class LeafValueValidator {
    private final XmlCodecFactory codecs;

    LeafValueValidator(final EffectiveModelContext context) {
        codecs = XmlCodecFactory.create(context);
    }

    /**
     * Check a value.
     *
     * @param leaf its leaf
     * @param text the value
     * @param element where it is, for the prefixes in it
     * @return true if the leaf may have the value
     */
    boolean isValue(final TypedDataSchemaNode leaf, final String text, final Element element) {
        try {
            codecs.codecFor(leaf, reference -> {
                throw new IllegalArgumentException("No input has references");
            }).parseValue(new ElementNamespaces(element), text);
            return matchesPatterns(leaf.getType(), text);
        } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
            return false;
        }
    }

    /** The codec of a union takes any text for its strings. */
    private static boolean matchesPatterns(final TypeDefinition<?> type, final String text) {
        return switch (type) {
            case null -> true;
            case UnionTypeDefinition union -> union.getTypes().stream().anyMatch(one -> matchesPatterns(one, text));
            case StringTypeDefinition string -> string.getPatternConstraints().stream()
                .allMatch(pattern -> Pattern.matches(pattern.getJavaPatternString(), text))
                && matchesPatterns(string.getBaseType(), text);
            default -> true;
        };
    }
}
