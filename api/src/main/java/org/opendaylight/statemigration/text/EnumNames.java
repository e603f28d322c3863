// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names of enumeration constants outside Java: in YANG, JSON, configuration files and sentences. They are written
 * as YANG identifiers are by convention (RFC 8407, section 4.3.1): lower case, with hyphens between words. So
 * {@code SYN_SENT} is {@code syn-sent}.
 */
public final class EnumNames {
    private EnumNames() {
        // Hidden on purpose
    }

    /**
     * The name of a constant.
     *
     * @param constant the constant
     * @return its name, lower case with hyphens
     */
    public static String of(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The names of all constants of a type.
     *
     * @param type the enumeration
     * @return the names, in the order in which the constants are declared
     */
    public static List<String> all(final Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(EnumNames::of).toList();
    }

    /**
     * The constant that has a name.
     *
     * @param type the enumeration
     * @param name a name, lower case with hyphens
     * @param <E> type of the constant
     * @return the constant; empty if none has the name
     */
    public static <E extends Enum<E>> Optional<E> find(final Class<E> type, final String name) {
        return Arrays.stream(type.getEnumConstants()).filter(constant -> of(constant).equals(name)).findFirst();
    }
}
