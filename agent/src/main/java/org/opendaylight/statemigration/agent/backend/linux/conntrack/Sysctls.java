// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings of connection tracking in one network namespace. */
public final class Sysctls {
    private static final Logger LOG = LoggerFactory.getLogger(Sysctls.class);
    private static final Path ROOT = Path.of("/proc/sys/net/netfilter");
    private static final Map<String, String> NEEDED = new TreeMap<>(Map.of(
        // Packets are counted, which tells when traffic flows again. Only entries made from now on are
        "nf_conntrack_acct", "1",
        // Entries tell their end. With the default, 2, those made before somebody listens never do
        "nf_conntrack_events", "1",
        // No entry is made out of the middle of a connection: its direction and window scales would be wrong
        "nf_conntrack_tcp_loose", "0"));

    private static final int RESERVED_SHARE = 64;
    private static final int VALUE_MAX = 4096;

    private Sysctls() {
        // Hidden on purpose
    }

    /**
     * Set what the back end needs.
     *
     * @param namespace where
     * @throws IOException if that is not possible
     */
    public static void prepare(final NetworkNamespace namespace) throws IOException {
        namespace.call(() -> {
            for (var entry : NEEDED.entrySet()) {
                final var file = ROOT.resolve(entry.getKey());
                try {
                    final var before = read(file);
                    if (!before.equals(entry.getValue())) {
                        Files.writeString(file, entry.getValue());
                        LOG.info("Changed {} from {} to {}", file, before, entry.getValue());
                    }
                } catch (IOException e) {
                    throw new IOException("Cannot set " + file + " to " + entry.getValue()
                        + ", which moving the state of flows needs: run as root, with /proc/sys writable and connection"
                        + " tracking in the kernel", e);
                }
            }
            return null;
        });
    }

    /** {@return how many more entries the table may take, with some left for flows that begin meanwhile} */
    public static long room(final NetworkNamespace namespace) throws IOException {
        return namespace.call(() -> {
            final long max = number("nf_conntrack_max");
            // 0 is no limit
            return max == 0 ? Long.MAX_VALUE : Math.max(0, max - max / RESERVED_SHARE - number("nf_conntrack_count"));
        });
    }

    private static long number(final String name) throws IOException {
        return Long.parseLong(read(ROOT.resolve(name)));
    }

    /**
     * Read a setting.
     *
     * @param file its file
     * @return its value
     * @throws IOException if it cannot be read
     */
    public static String read(final Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            // In one go: the kernel gives a number to the first read only, cut to what was asked for, and Java's
            // methods that read a whole file ask for one octet first, as the file pretends to be empty
            final var buffer = new byte[VALUE_MAX];
            final int length = stream.read(buffer);
            return new String(buffer, 0, Math.max(0, length), StandardCharsets.US_ASCII).trim();
        }
    }
}
