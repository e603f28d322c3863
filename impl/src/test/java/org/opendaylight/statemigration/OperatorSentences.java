// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.regex.Pattern;

/** What holds for each sentence that an operator reads. */
public final class OperatorSentences {
    /** A qualified name, the name of an exception, or several words in one with capitals between. */
    private static final Pattern JAVA_NAME =
        Pattern.compile("\\b[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z]\\w*|\\w+Exception\\b|"
            + "\\b[A-Z][a-z]+[A-Z][a-z]\\w*|\\w@[0-9a-f]{5}");

    private OperatorSentences() {
        // Hidden on purpose
    }

    /** It shows nothing of the program. */
    public static void assertPlain(final String sentence) {
        // The project's own name is the one word with capitals inside
        final var found = JAVA_NAME.matcher(sentence.replace("OpenDaylight", ""));
        assertFalse(found.find(), sentence);
    }

    /** It shows nothing of the program, and names the State Host once. */
    public static void assertNamesOnce(final String host, final String sentence) {
        assertPlain(sentence);
        final var name = Pattern.compile("(?<![\\w-])" + Pattern.quote(host) + "(?![\\w-])");
        assertEquals(1, name.matcher(sentence).results().count(), sentence);
    }
}
