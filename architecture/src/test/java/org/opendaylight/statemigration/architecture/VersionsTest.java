// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each version is written once, in {@code artifacts/pom.xml}, as far as Maven permits it. */
class VersionsTest {
    private static final Pattern ODLPARENT = Pattern.compile(
        "<groupId>org\\.opendaylight\\.odlparent</groupId>\\s*<artifactId>[^<]*</artifactId>\\s*<version>([^<]*)<");
    private static final Pattern OURS = Pattern.compile(
        "<groupId>org\\.opendaylight\\.statemigration</groupId>\\s*<artifactId>[^<]*</artifactId>\\s*"
            + "<version>([^<$]*)<");
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL);
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");

    /** A parent cannot take its version from elsewhere. */
    @Test
    void parentsOfOpenDaylightAreOfOneVersion() {
        assertEquals(1, versions(ODLPARENT).size(), () -> versions(ODLPARENT).toString());
    }

    @Test
    void modulesAreOfOneVersion() {
        assertEquals(1, versions(OURS).size(), () -> versions(OURS).toString());
    }

    @Test
    void dependenciesTakeTheirVersionFromTheBillOfMaterials() {
        assertEquals(List.of(), poms().filter(pom -> !Project.name(pom).equals("artifacts/pom.xml"))
            .flatMap(pom -> withVersion(withoutPlugins(Project.read(pom)))
                .map(found -> Project.name(pom) + ": " + found))
            .toList());
    }

    private static Stream<String> withVersion(final String pom) {
        return DEPENDENCY.matcher(pom).results().map(MatchResult::group)
            .filter(dependency -> VERSION.matcher(dependency).results()
                .anyMatch(version -> !version.group(1).equals("${project.version}")));
    }

    private static String withoutPlugins(final String pom) {
        return pom.replaceAll("(?s)<build>.*</build>", "");
    }

    private static Set<String> versions(final Pattern pattern) {
        return poms().map(Project::read)
            .flatMap(pom -> pattern.matcher(pom).results()).map(result -> result.group(1))
            .collect(Collectors.toSet());
    }

    private static Stream<Path> poms() {
        return Project.files().stream().filter(file -> file.endsWith("pom.xml"));
    }
}
