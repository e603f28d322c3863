// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.host;

import java.util.regex.Pattern;

/** The rule of YANG type {@code identifier}. */
public final class Identifier {
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    private Identifier() {
        // Hidden on purpose
    }

    /**
     * Check an identifier.
     *
     * @param what what it identifies, for the error
     * @param value the identifier
     * @throws IllegalArgumentException if it is not one
     */
    public static void check(final String what, final String value) {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " '" + value
                + "' is not 1 to 64 letters, digits, '.', '_', ':' or '-', beginning with a letter or digit");
        }
    }
}
