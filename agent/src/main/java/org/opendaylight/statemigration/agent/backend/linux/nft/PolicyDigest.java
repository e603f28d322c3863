// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.nft;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Digest over the rules of nftables: those of all tables but the back end's own ones, without counters and handles.
 * Rules made with {@code iptables-legacy} are not among them, so where there are any there is no digest, rather than
 * one that does not tell all.
 */
public final class PolicyDigest {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyDigest.class);
    private static final List<Path> LEGACY_TABLES = List.of(Path.of("/proc/thread-self/net/ip_tables_names"),
        Path.of("/proc/thread-self/net/ip6_tables_names"));
    // Where the back end itself may have rules. It neither permits nor translates
    private static final String RAW = "raw";

    private PolicyDigest() {
        // Hidden on purpose
    }

    /**
     * Compute the digest.
     *
     * @param nftables the rules
     * @param namespace where they are
     * @param ownTables family and name of the back end's own tables
     * @return lower case hexadecimal SHA-256; empty if it cannot be told
     */
    public static Optional<String> compute(final Nftables nftables, final NetworkNamespace namespace,
            final Set<String> ownTables) {
        requireNonNull(nftables);
        try {
            return namespace.call(PolicyDigest::hasLegacyRules) ? Optional.empty()
                : Optional.of(sha256(canonical(nftables.run("list ruleset"), ownTables)));
        } catch (IOException e) {
            LOG.warn("The local policy cannot be read, so its digest is not told", e);
            return Optional.empty();
        }
    }

    /**
     * Leave out the back end's own tables.
     *
     * @param ruleset what {@code nft list ruleset} prints
     * @param ownTables family and name of the back end's own tables
     * @return the policy
     */
    static String canonical(final String ruleset, final Set<String> ownTables) {
        final var policy = new StringBuilder();
        boolean own = false;
        for (var line : ruleset.lines().toList()) {
            own |= ownTables.stream().anyMatch(table -> line.startsWith("table " + table + " "));
            if (!own) {
                policy.append(line.stripTrailing()).append('\n');
            }
            own &= !line.equals("}");
        }
        return policy.toString();
    }

    private static boolean hasLegacyRules() throws IOException {
        for (var file : LEGACY_TABLES) {
            try {
                final var tables = Files.readAllLines(file).stream().filter(table -> !table.equals(RAW))
                    .collect(Collectors.joining(", "));
                if (!tables.isEmpty()) {
                    LOG.debug("There are tables of iptables-legacy: {}", tables);
                    return true;
                }
            } catch (NoSuchFileException e) {
                LOG.trace("The kernel has no {}", file, e);
            }
        }
        return false;
    }

    private static String sha256(final String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
