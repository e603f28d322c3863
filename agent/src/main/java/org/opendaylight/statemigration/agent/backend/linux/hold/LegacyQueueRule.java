// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rule of iptables-legacy that puts marked packets into a queue, for kernels whose nftables cannot. It is there from
 * start to end, as it takes a process to make it, and has no effect while nothing is marked.
 *
 * @param namespace where
 */
record LegacyQueueRule(NetworkNamespace namespace) {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyQueueRule.class);
    private static final String CHAIN = "STATEMIGRATION";
    private static final long SECONDS_MAX = 10;

    LegacyQueueRule {
        requireNonNull(namespace);
    }

    /** A family of iptables. */
    private record Family(String program, Path tables) {
        static final List<Family> ALL = List.of(
            new Family("iptables-legacy-restore", Path.of("/proc/thread-self/net/ip_tables_names")),
            new Family("ip6tables-legacy-restore", Path.of("/proc/thread-self/net/ip6_tables_names")));
    }

    /**
     * Make the rule, for both address families.
     *
     * @param queue number of the queue
     * @throws IOException if there is no iptables-legacy, or the kernel does not support it
     */
    void install(final int queue) throws IOException {
        final var mark = "0x" + Integer.toHexString(HoldRules.MARK_BIT);
        for (var family : Family.ALL) {
            // First in the chain, and without --queue-bypass: if nobody reads the queue the packets are dropped
            run(family, """
                *raw
                :%1$s - [0:0]
                -A %1$s -m mark --mark %2$s/%2$s -j NFQUEUE --queue-num %3$d
                -I PREROUTING 1 -j %1$s
                COMMIT
                """.formatted(CHAIN, mark, queue));
        }
    }

    /** Remove the rule, if it is there. */
    void remove() {
        for (var family : Family.ALL) {
            try {
                if (namespace.call(() -> Files.exists(family.tables)
                    && Files.readAllLines(family.tables).contains("raw"))) {
                    run(family, """
                        *raw
                        :%1$s - [0:0]
                        -D PREROUTING -j %1$s
                        -X %1$s
                        COMMIT
                        """.formatted(CHAIN));
                }
            } catch (IOException e) {
                LOG.debug("There was no rule of {} to remove", family.program, e);
            }
        }
    }

    private void run(final Family family, final String input) throws IOException {
        // A child process is in the namespace of the thread that started it
        final var process = namespace.call(() -> new ProcessBuilder(family.program, "--noflush", "-w", "5")
            .redirectErrorStream(true).start());
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.US_ASCII));
        }
        final var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(family.program + " does not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + family.program, e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(family.program + " refused: " + output.strip().lines().findFirst().orElse("?"));
        }
    }
}
