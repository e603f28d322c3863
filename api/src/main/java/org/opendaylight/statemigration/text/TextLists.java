// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.text;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists within sentences, which stay short however many things there are. */
public final class TextLists {
    private TextLists() {
        // Hidden on purpose
    }

    /**
     * A list that is separated by commas.
     *
     * @param things what to list, in this order
     * @param max how many to list at most, at least 1
     * @return for instance {@code a, b and 3 more}
     */
    public static String firstOf(final Collection<?> things, final int max) {
        return firstOf(things, max, ", ");
    }

    /**
     * A list.
     *
     * @param things what to list, in this order
     * @param max how many to list at most, at least 1
     * @param separator what to write between two of them
     * @return the first of them and the number of those left out; the empty string if there are none
     */
    public static String firstOf(final Collection<?> things, final int max, final String separator) {
        checkArgument(max > 0, "A list must have room for something, not for %s", max);
        final var first = things.stream().limit(max).map(Object::toString).collect(Collectors.joining(separator));
        return things.size() > max ? first + " and " + (things.size() - max) + " more" : first;
    }
}
