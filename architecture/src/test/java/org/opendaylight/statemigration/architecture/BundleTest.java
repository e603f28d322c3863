// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the bundles offer to others in the controller. */
class BundleTest {
    private static final Pattern IMPLEMENTATION = Pattern.compile(
        Pattern.quote(Project.ROOT_PACKAGE) + "\\.(som|tde|mdsal|netconf)\\b");

    /** Who could use the classes of the implementation would keep us from changing them. */
    @Test
    void implementationExportsNothing() throws IOException {
        assertNull(manifest("impl").getValue("Export-Package"));
    }

    @Test
    void apiNeedsNothingOfTheImplementation() throws IOException {
        assertEquals(List.of(), IMPLEMENTATION.matcher(manifest("api").getValue("Import-Package")).results()
            .map(result -> result.group()).toList());
    }

    private static Attributes manifest(final String module) throws IOException {
        final Path bundle;
        try (var files = Files.list(Project.ROOT.resolve(module).resolve("target"))) {
            bundle = files.filter(file -> file.getFileName().toString()
                .matches("statemigration-" + module + "-[0-9.]+(-SNAPSHOT)?\\.jar")).findFirst().orElseThrow();
        }
        try (var jar = new JarFile(bundle.toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }
}
