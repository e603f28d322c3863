package org.opendaylight.statemigration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pure logic, of whatever module, knows neither OSGi nor MD-SAL, neither YANG Tools nor DOM. */
class PurePackagesTest {
    private static final List<String> OTHERS = List.of("org.osgi.", "org.opendaylight.mdsal.",
        "org.opendaylight.yangtools.", "org.opendaylight.netconf.", "org.opendaylight.yang.gen.", "org.w3c.dom.");

    @ParameterizedTest
    @CsvSource({"api, flow", "api, host", "api, ifma", "api, ifmt", "impl, som", "impl, tde", "agent, agent/soa"})
    void importNothingOfAFramework(final String module, final String name) throws IOException {
        final List<Path> sources;
        try (var found = Files.walk(
                Path.of("..", module, "src/main/java/org/opendaylight/statemigration", name))) {
            sources = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertFalse(sources.isEmpty());
        for (var source : sources) {
            assertEquals(List.of(), uses(source), source.toString());
        }
    }

    private static List<String> uses(final Path source) throws IOException {
        try (Stream<String> lines = Files.lines(source)) {
            return lines.filter(line -> OTHERS.stream().anyMatch(line::contains)).toList();
        }
    }
}
