// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.yang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second opinion on the models, from a YANG compiler that is not OpenDaylight's. */
class YangLintTest {
    private static final String FOLDER = "META-INF/yang";

    @TempDir
    private static Path models;

    @BeforeAll
    static void collectModels() throws IOException {
        assumeTrue(
            Stream.of("/usr/bin", "/usr/local/bin").anyMatch(bin -> Files.isExecutable(Path.of(bin, "yanglint"))),
            "yanglint is not installed (Debian package libyang2-tools)");
        // Surefire hides the class path in a jar of its own and tells it here
        final var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (var entry : classPath.split(System.getProperty("path.separator"))) {
            final var path = Path.of(entry);
            if (Files.isDirectory(path)) {
                copyModels(path.resolve(FOLDER));
            } else if (entry.endsWith(".jar")) {
                try (var jar = FileSystems.newFileSystem(path)) {
                    copyModels(jar.getPath(FOLDER));
                }
            }
        }
    }

    private static void copyModels(final Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var found = Files.list(folder)) {
                for (var model : found.toList()) {
                    Files.write(models.resolve(model.getFileName().toString()), Files.readAllBytes(model));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"types", "flow-state", "agent", "topology", "master"})
    void modelIsClean(final String name) throws Exception {
        final Path model;
        try (var found = Files.list(models)) {
            model = found.filter(file -> file.getFileName().toString().startsWith("statemigration-" + name + "@"))
                .findFirst().orElseThrow();
        }
        final var yanglint = new ProcessBuilder("yanglint", "-p", models.toString(), model.toString())
            .redirectErrorStream(true).start();
        final var output = new String(yanglint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, yanglint.waitFor(), output);
        // What it says of network-topology, which is not ours, is not our business
        assertEquals(List.of(), output.lines().filter(line -> line.contains("statemigration-")).toList());
    }
}
