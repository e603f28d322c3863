package org.opendaylight.statemigration.codec;

/** Sentences for people, of bounded length. */
final class Text {
    private static final int MAX = 1024;

    private Text() {
        // Hidden on purpose
    }

    static String bounded(final String text) {
        return text.length() <= MAX ? text : text.substring(0, MAX - 3) + "...";
    }
}
