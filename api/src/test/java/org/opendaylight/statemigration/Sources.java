// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the sources of a module must not say, whichever module it is. */
final class Sources {
    private Sources() {
        // Hidden on purpose
    }

    /** No line of a source below a folder, of which there are some, has any of these words. */
    static void assertNoneSays(final List<String> words, final String module, final String folder)
            throws IOException {
        final List<Path> sources;
        try (var found = Files.walk(
                Path.of("..", module, "src/main/java/org/opendaylight/statemigration", folder))) {
            sources = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertFalse(sources.isEmpty());
        for (var source : sources) {
            assertEquals(List.of(), linesThatSay(words, source), source.toString());
        }
    }

    private static List<String> linesThatSay(final List<String> words, final Path source) throws IOException {
        try (Stream<String> lines = Files.lines(source)) {
            return lines.filter(line -> words.stream().anyMatch(line::contains)).toList();
        }
    }
}
