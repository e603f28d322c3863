// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EmptyTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LengthRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;

/** Types of YANG in words. */
final class TypeDescription {
    private TypeDescription() {
        // Hidden on purpose
    }

    /**
     * Describe a type.
     *
     * @param type the type
     * @return what a value of it is, to go after 'is'
     */
    static String of(final TypeDefinition<?> type) {
        final var name = type.getQName().getLocalName();
        return switch (type) {
            case BooleanTypeDefinition bool -> "'true' or 'false'";
            case EmptyTypeDefinition empty -> "without a value";
            case EnumTypeDefinition enumeration -> "one of " + enumeration.getValues().stream()
                .map(EnumTypeDefinition.EnumPair::getName).collect(Collectors.joining(", "));
            case IdentityrefTypeDefinition reference -> "an identity derived from " + reference.getIdentities().stream()
                .map(identity -> identity.getQName().getLocalName()).collect(Collectors.joining(" and "));
            case RangeRestrictedTypeDefinition<?, ?> number -> "a number" + number.getRangeConstraint()
                .map(range -> " in the range " + range.getAllowedRanges().asRanges().stream()
                    .map(part -> part.lowerEndpoint() + ".." + part.upperEndpoint())
                    .collect(Collectors.joining(" or "))).orElse("");
            case LengthRestrictedTypeDefinition<?> text -> (text instanceof BinaryTypeDefinition ? "base64 of " : "a ")
                + name + text.getLengthConstraint()
                .map(length -> " of length " + length.getAllowedRanges().asRanges().stream()
                    .map(part -> part.lowerEndpoint().equals(part.upperEndpoint()) ? part.lowerEndpoint().toString()
                        : part.lowerEndpoint() + ".." + part.upperEndpoint())
                    .collect(Collectors.joining(" or "))).orElse("");
            default -> "of type " + name;
        };
    }
}
