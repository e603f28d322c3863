// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What documents may name: a file or folder from the root of the repository, a package after its module ({@code
 * impl/som/lifecycle}) or after the root package, and a class.
 *
 * @param folders all folders and files
 * @param packages all packages
 * @param classes simple names of all classes, also of those within others
 */
record Places(Set<String> folders, Set<String> packages, Set<String> classes) {
    private static final String SOURCES = "src/(main|test)/java/org/opendaylight/statemigration/";
    private static final Pattern TYPE = Pattern.compile(
        "(?m)^ *(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed) )*"
            + "(?:class|interface|record|enum|@interface) (\\w+)");

    /** Those of this repository. */
    static final Places ALL = all();

    private static Places all() {
        final var files = Project.files().stream().map(Project::name).toList();
        return new Places(files.stream().flatMap(Places::withParents).collect(Collectors.toSet()),
            packages(files), Project.javaSources().stream()
                .flatMap(source -> TYPE.matcher(Project.read(source)).results()).map(type -> type.group(1))
                .collect(Collectors.toSet()));
    }

    private static Stream<String> withParents(final String file) {
        return Stream.iterate(file, name -> !name.isEmpty(), name -> name.substring(0, Math.max(0,
            name.lastIndexOf('/'))));
    }

    private static Set<String> packages(final List<String> files) {
        return files.stream().filter(file -> file.matches("\\w+/" + SOURCES + ".*"))
            .map(file -> file.substring(0, file.lastIndexOf('/')))
            .flatMap(Places::withParents)
            .filter(folder -> folder.matches("\\w+/" + SOURCES + ".*"))
            .flatMap(folder -> Stream.of(folder.replaceFirst(SOURCES, ""), folder.replaceFirst("\\w+/" + SOURCES, "")))
            .collect(Collectors.toSet());
    }

    boolean has(final String name) {
        final var place = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return folders.contains(place) || packages.contains(place) || classes.contains(place);
    }
}
