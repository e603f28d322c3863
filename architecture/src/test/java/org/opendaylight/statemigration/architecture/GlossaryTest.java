// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each term of the glossary is there once, and says where its concept lives. */
class GlossaryTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!term |-)([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static List<List<String>> rows() {
        return ROW.matcher(Project.read(Project.ROOT.resolve("docs/GLOSSARY.md"))).results()
            .map(row -> List.of(row.group(1), row.group(2), row.group(3))).toList();
    }

    @Test
    void eachTermIsThereOnce() {
        final Map<String, Long> terms = rows().stream().flatMap(row -> Arrays.stream(row.getFirst().split(", ")))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertFalse(terms.isEmpty());
        assertEquals(List.of(), terms.keySet().stream().filter(term -> terms.get(term) > 1).toList());
    }

    @Test
    void eachPlaceIsInTheTree() {
        assertEquals(List.of(), rows().stream().flatMap(row -> CODE.matcher(row.getLast()).results())
            .map(place -> place.group(1)).filter(place -> !Places.ALL.has(place)).toList());
    }

    @Test
    void eachTermHasAPlace() {
        assertEquals(List.of(), rows().stream().filter(row -> !CODE.matcher(row.getLast()).find()).toList());
    }
}
