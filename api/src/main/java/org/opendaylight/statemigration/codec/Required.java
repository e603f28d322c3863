// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

/** A value that YANG demands; bindings hold null where a careless peer left it out. */
final class Required {
    private Required() {
        // Hidden on purpose
    }

    static <T> T value(final T value, final String place) {
        if (value == null) {
            throw new IllegalArgumentException(place + " is missing");
        }
        return value;
    }
}
