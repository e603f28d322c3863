// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opendaylight.statemigration.it.agents.AgentArchive;
import org.opendaylight.statemigration.it.controller.Distribution;

/**
 * What the build made.
 *
 * @param controller the controller
 * @param agent the agent
 * @param javaHome the Java that both run on
 */
public record Installation(Distribution controller, AgentArchive agent, Path javaHome) {
    /** System property: folder of the source tree. */
    private static final String HOME = "statemigration.home";

    /**
     * Find what the build made.
     *
     * @return what was found
     * @throws IOException if something is missing; the message says what to do
     */
    public static Installation find() throws IOException {
        return new Installation(distribution(), AgentArchive.in(home().resolve("agent/target")), java());
    }

    /**
     * Find the controller only.
     *
     * @return the controller
     * @throws IOException if it is not there; the message says what to do
     */
    public static Distribution distribution() throws IOException {
        return new Distribution(home().resolve("karaf-distribution/target/assembly"));
    }

    /** {@return the Java that this program runs on} */
    public static Path java() {
        return Path.of(System.getProperty("java.home"));
    }

    /** {@return folder of the source tree} */
    public static Path home() {
        if (System.getProperty(HOME) != null) {
            return Path.of(System.getProperty(HOME));
        }
        // Maven runs tests in the folder of their module
        final var here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("karaf-distribution")) ? here : here.getParent();
    }
}
