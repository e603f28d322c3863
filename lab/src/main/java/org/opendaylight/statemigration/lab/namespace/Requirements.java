// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.namespace;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the laboratory needs of the machine it is built on. */
public final class Requirements {
    private static final List<String> TOOLS = List.of("ip", "nft", "iptables", "conntrack");

    private Requirements() {
        // Hidden on purpose
    }

    /**
     * Find out what is missing.
     *
     * @return a sentence that says what is missing; empty if the laboratory can be built
     */
    public static Optional<String> missing() {
        try {
            if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
                return Optional.of("The laboratory of network namespaces needs root, and this is another user.");
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.of("The laboratory of network namespaces needs Linux.");
        }
        final var absent = TOOLS.stream().filter(tool -> !isInstalled(tool)).toList();
        if (!absent.isEmpty()) {
            return Optional.of("The laboratory needs " + String.join(", ", absent)
                + ": install the packages iproute2, nftables, iptables and conntrack.");
        }
        if (!Files.isDirectory(Path.of("/proc/sys/net/ipv6"))) {
            return Optional.of("The laboratory uses IPv6 too, and the kernel was started without it.");
        }
        final var trial = "statemig-" + ProcessHandle.current().pid() + "-try";
        try {
            ShellCommand.run(List.of("ip", "netns", "add", trial));
            ShellCommand.run(List.of("ip", "netns", "delete", trial));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("This machine does not let network namespaces be made: " + e.getMessage());
        }
    }

    private static boolean isInstalled(final String tool) {
        return Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/sbin")).anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
