// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.namespace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Short commands of the operating system. */
public final class ShellCommand {
    private ShellCommand() {
        // Hidden on purpose
    }

    /**
     * Run a command to its end.
     *
     * @param command name and arguments
     * @return what it wrote to its standard output
     * @throws IOException if it cannot be started or fails; the message holds what it said
     */
    public static String run(final List<String> command) throws IOException {
        return feed(command, "");
    }

    /**
     * Run a command to its end and give it something to read.
     *
     * @param command name and arguments
     * @param input what it reads on its standard input
     * @return what it wrote to its standard output
     * @throws IOException if it cannot be started or fails; the message holds what it said
     */
    public static String feed(final List<String> command, final String input) throws IOException {
        final var process = new ProcessBuilder(command).start();
        // Both pipes are emptied at the same time: a full one would block the command for ever
        final var errors = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.getMessage();
            }
        }, task -> Thread.ofVirtual().start(task));
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        final var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            final int status = process.waitFor();
            if (status != 0) {
                throw new IOException("'" + String.join(" ", command) + "' ended with status " + status + ": "
                    + errors.join().strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new IOException("Interrupted while '" + String.join(" ", command) + "' was running", e);
        }
        return output;
    }
}
