// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.opendaylight.statemigration.lab.namespace.Namespace;
import org.opendaylight.statemigration.lab.namespace.ShellCommand;

/**
 * What a Java program uses.
 *
 * @param heap bytes of live objects, after a full collection
 * @param resident bytes of memory in use
 * @param threads threads, virtual ones not counted
 * @param files open files and sockets
 */
public record ProcessFootprint(long heap, long resident, int threads, int files) {
    private static final Pattern STRUCTURE = Pattern.compile("table |chain |type |flags |set |map |}|$");
    private static final Pattern LIVE = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)");

    /**
     * Measure.
     *
     * @param process the program
     * @param java the Java that it runs on
     * @return what it uses
     * @throws IOException if it cannot be found out
     */
    public static ProcessFootprint of(final ProcessHandle process, final Path java) throws IOException {
        final var pid = String.valueOf(process.pid());
        // Counts live objects only, so it collects first
        final var live = number(LIVE, ShellCommand.run(List.of(java.resolve("bin/jcmd").toString(), pid,
            "GC.class_histogram")));
        final var status = Files.readString(Path.of("/proc", pid, "status"));
        try (var files = Files.list(Path.of("/proc", pid, "fd"))) {
            return new ProcessFootprint(live, number(RESIDENT, status) * 1024, (int) number(THREADS, status),
                (int) files.count());
        }
    }

    /**
     * Rules of the packet filter, of both kinds, and elements of their sets, without counters. An empty table is none.
     *
     * @param place where
     * @return a line each
     * @throws IOException if they cannot be listed
     */
    public static List<String> rules(final Namespace place) throws IOException {
        return place.run("sh", "-c", "nft --stateless list ruleset; iptables-legacy-save 2>/dev/null | grep ^-A;"
            + " ip6tables-legacy-save 2>/dev/null | grep ^-A; true").lines().map(String::strip)
            .filter(line -> !STRUCTURE.matcher(line).lookingAt()).toList();
    }

    @Override
    public String toString() {
        return "%.1f MB live, %d MB resident, %d threads, %d files".formatted(heap / 1e6, resident / 1_000_000,
            threads, files);
    }

    private static long number(final Pattern pattern, final String text) throws IOException {
        final var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("There is no " + pattern + " in: " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
