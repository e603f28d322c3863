// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no source may say, or each has to. */
class SourcesTest {
    private static final String LICENCE = "SPDX-License-Identifier: EPL-1.0";
    private static final Set<String> WITH_COMMENTS = Set.of("java", "yang", "xml", "conf", "service", "sh");
    private static final Pattern SHELL = Pattern.compile("#!/bin/(ba)?sh\n");

    @Test
    void eachFileNamesItsLicence() {
        final var files = Project.files().stream().filter(SourcesTest::canNameItsLicence).toList();
        assertFalse(files.isEmpty());
        assertEquals(List.of(), files.stream()
            .filter(file -> Project.read(file).lines().limit(10).noneMatch(line -> line.contains(LICENCE)))
            .map(Project::name).toList());
    }

    private static boolean canNameItsLicence(final Path file) {
        final var name = file.getFileName().toString();
        final int dot = name.lastIndexOf('.');
        return dot >= 0 ? WITH_COMMENTS.contains(name.substring(dot + 1))
            : !name.equals("LICENSE") && SHELL.matcher(Project.read(file)).lookingAt();
    }

    /** A value that is put in between would change the meaning of stored or sent numbers. */
    @Test
    void nobodyUsesTheOrdinalOfAnEnum() {
        assertEquals(List.of(), linesThatSay(Project.javaSources(), ".ordinal()"));
    }

    private static List<String> linesThatSay(final List<Path> sources, final String words) {
        return sources.stream().filter(source -> !source.endsWith("SourcesTest.java"))
            .flatMap(source -> linesThatSay(source, words)).toList();
    }

    private static Stream<String> linesThatSay(final Path source, final String words) {
        final var lines = Project.read(source).lines().toList();
        return IntStream.range(0, lines.size()).filter(index -> lines.get(index).contains(words))
            .mapToObj(index -> Project.name(source) + ':' + (index + 1));
    }
}
