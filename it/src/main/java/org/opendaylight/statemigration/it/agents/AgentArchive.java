// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.agents;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opendaylight.statemigration.lab.namespace.ShellCommand;

/** The agent's archive, as the build leaves it. */
public final class AgentArchive {
    private final Path archive;

    private AgentArchive(final Path archive) {
        this.archive = requireNonNull(archive);
    }

    /**
     * Find the archive.
     *
     * @param folder where the build put it
     * @return the archive
     * @throws IOException if it is not there
     */
    public static AgentArchive in(final Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var found = Files.newDirectoryStream(folder, "statemigration-agent-*.tar.gz")) {
                final var files = found.iterator();
                if (files.hasNext()) {
                    return new AgentArchive(files.next());
                }
            }
        }
        throw new IOException("There is no agent in " + folder + ": build it first, with './run build'");
    }

    /**
     * Unpack the archive.
     *
     * @param target folder to make; the folders of the archive are then right in it
     * @throws IOException if it cannot be unpacked
     */
    public void unpackTo(final Path target) throws IOException {
        Files.createDirectories(target);
        ShellCommand.run(List.of("tar", "-xzf", archive.toString(), "--strip-components=1", "-C", target.toString()));
    }
}
