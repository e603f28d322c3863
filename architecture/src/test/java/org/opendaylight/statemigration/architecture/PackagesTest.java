// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages and classes are of a size and shape in which one finds the way. */
class PackagesTest {
    private static final int MOST_CLASSES = 22;

    private static List<String> modules() {
        return Project.MODULES;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packagesOfAModuleHaveNoCycle(final String module) {
        slices().matching(Project.ROOT_PACKAGE + ".(**)").should().beFreeOfCycles()
            .allowEmptyShould(true).check(Project.classes(module));
    }

    @Test
    void packageHasAboutTwentyClassesAtMost() {
        final Map<String, Long> sizes = Project.javaSources().stream()
            .filter(source -> !Project.isTest(source) && !source.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(source -> Project.name(source.getParent()), TreeMap::new,
                Collectors.counting()));
        assertEquals(Map.of(), sizes.entrySet().stream().filter(entry -> entry.getValue() > MOST_CLASSES)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Test
    void simpleNameStandsForOneClass() {
        final Map<String, List<String>> places = Project.javaSources().stream()
            .filter(source -> !source.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(source -> source.getFileName().toString(), TreeMap::new,
                Collectors.mapping(Project::name, Collectors.toList())));
        assertEquals(List.of(), places.values().stream().filter(same -> same.size() > 1).toList());
    }
}
