// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents point to is there. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    /** A path: at least one slash, and nothing in it that a pattern or a command has. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)+/?");
    private static final Pattern CLASS = Pattern.compile("[A-Z][a-z]+([A-Z][A-Za-z0-9]*)+(Test|IT)?");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern FENCED = Pattern.compile("(?s)```.*?```");

    private static List<Path> documents() {
        return Project.files().stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(final Path document) {
        assertEquals(List.of(), LINK.matcher(Project.read(document)).results().map(link -> link.group(1))
            .filter(link -> !link.startsWith("http:") && !link.startsWith("https:"))
            .filter(link -> !leadsSomewhere(document, link)).toList());
    }

    private static boolean leadsSomewhere(final Path document, final String link) {
        final int hash = link.indexOf('#');
        final var file = hash == 0 ? document : document.resolveSibling(hash < 0 ? link : link.substring(0, hash));
        return Files.exists(file) && (hash < 0 || anchors(file).contains(link.substring(hash + 1)));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(final Path file) {
        return HEADING.matcher(FENCED.matcher(Project.read(file)).replaceAll("")).results()
            .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
            .collect(Collectors.toSet());
    }

    /** Documents that describe the tree. Guides for operators have paths of other machines in them. */
    private static Stream<Path> documentsOfTheTree() {
        return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md", "docs/GLOSSARY.md")
            .map(Project.ROOT::resolve), documents().stream()
                .filter(document -> document.getParent().endsWith("adr")));
    }

    @ParameterizedTest
    @MethodSource("documentsOfTheTree")
    void pathsAndClassesAreInTheTree(final Path document) {
        final var missing = new TreeSet<String>();
        for (var code : CODE.matcher(FENCED.matcher(Project.read(document)).replaceAll("")).results()
                .map(result -> result.group(1)).toList()) {
            if ((PATH.matcher(code).matches() || CLASS.matcher(code).matches()) && !Places.ALL.has(code)) {
                missing.add(code);
            }
        }
        assertEquals(Set.of(), missing);
    }
}
