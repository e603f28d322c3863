// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.JsonFlowReader;

/**
 * Flows in a file: a JSON array of objects as YANG grouping {@code flow} has them in RFC 7951 encoding.
 */
public final class FlowFile {
    private FlowFile() {
        // Hidden on purpose
    }

    /**
     * Read a file.
     *
     * @param file a JSON file in UTF-8
     * @return its flows
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is not an array of flows; the message names the file and the place in it
     */
    public static List<Flow> read(final Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            return JsonFlowReader.readArray(reader);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("File " + file + ": " + e.getMessage(), e);
        }
    }
}
