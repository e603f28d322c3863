// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.config;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.opendaylight.statemigration.agent.config.section.ConfigSection;
import org.opendaylight.statemigration.agent.config.section.ConfigurationException;
import org.opendaylight.statemigration.agent.netconf.transport.CallHomeParameters;
import org.opendaylight.statemigration.agent.netconf.transport.Endpoint;
import org.opendaylight.statemigration.agent.netconf.transport.SshParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TlsParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TransportKind;
import org.opendaylight.statemigration.time.Backoff;

/** Reads sections {@code listen}, {@code call-home}, {@code ssh} and {@code tls}: how controllers get to the agent. */
final class TransportConfigReader {
    private static final int MAX_PORT = 65_535;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
        + "(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    private final ConfigSection root;
    private final Set<TransportKind> used = new HashSet<>();

    TransportConfigReader(final ConfigSection root) {
        this.root = requireNonNull(root);
    }

    Map<TransportKind, Endpoint> listen() throws ConfigurationException {
        final var endpoints = new EnumMap<TransportKind, Endpoint>(TransportKind.class);
        final var listen = root.section("listen");
        for (var kind : TransportKind.values()) {
            final var key = kind.name().toLowerCase(Locale.ROOT);
            final var section = listen.optionalSection(key);
            if (section.isPresent()) {
                final var present = section.orElseThrow();
                requireKeys(kind, listen, key);
                final var address = present.has("address") ? present.parsed("address", TransportConfigReader::address)
                    : "127.0.0.1";
                endpoints.put(kind, new Endpoint(address, port(present, defaultPort(kind))));
            }
        }
        return endpoints;
    }

    /** Ports that IANA has given to NETCONF. */
    private static int defaultPort(final TransportKind kind) {
        return switch (kind) {
            case SSH -> 830;
            case TLS -> 6513;
        };
    }

    private static int defaultCallHomePort(final TransportKind kind) {
        return switch (kind) {
            case SSH -> 4334;
            case TLS -> 4335;
        };
    }

    List<CallHomeParameters> callHome() throws ConfigurationException {
        final var calls = new ArrayList<CallHomeParameters>();
        for (var section : root.sections("call-home")) {
            final var kind = section.choice("transport", TransportKind.class);
            requireKeys(kind, section, "transport");
            final var initial = section.duration("back-off-initial", Duration.ofMillis(100), DAY,
                Duration.ofSeconds(1));
            final var max = section.duration("back-off-max", Duration.ofMillis(100), DAY, Duration.ofMinutes(1));
            if (max.compareTo(initial) < 0) {
                throw section.error("back-off-max", "is shorter than back-off-initial");
            }
            calls.add(new CallHomeParameters(kind,
                new Endpoint(section.parsed("address", TransportConfigReader::host),
                    port(section, defaultCallHomePort(kind))),
                new Backoff(initial, max),
                section.duration("idle-timeout", Duration.ofSeconds(1), DAY, Duration.ofMinutes(5))));
        }
        return calls;
    }

    private void requireKeys(final TransportKind kind, final ConfigSection user, final String key)
            throws ConfigurationException {
        final var keys = kind.name().toLowerCase(Locale.ROOT);
        if (!root.has(keys)) {
            throw user.error(key, "needs section '" + keys + "', which is missing");
        }
        used.add(kind);
    }

    private static int port(final ConfigSection section, final int fallback) throws ConfigurationException {
        return section.integer("port", 1, MAX_PORT, fallback);
    }

    Optional<SshParameters> ssh() throws ConfigurationException {
        final var ssh = root.optionalSection("ssh");
        if (ssh.isEmpty()) {
            return Optional.empty();
        }
        final var section = ssh.orElseThrow();
        final var hostKey = section.file("host-key");
        final var user = section.optionalString("user").orElse("admin");
        final var authorizedKeys = section.optionalFile("authorized-keys");
        final var passwordHash = section.optionalString("password-hash");
        try {
            return Optional.of(new SshParameters(hostKey, user, authorizedKeys, passwordHash));
        } catch (IllegalArgumentException e) {
            throw section.error(passwordHash.isPresent() ? "password-hash" : "authorized-keys", e.getMessage(), e);
        }
    }

    Optional<TlsParameters> tls() throws ConfigurationException {
        final var tls = root.optionalSection("tls");
        if (tls.isEmpty()) {
            return Optional.empty();
        }
        final var section = tls.orElseThrow();
        return Optional.of(new TlsParameters(section.file("certificate"), section.file("private-key"),
            section.file("trusted-certificates"),
            Set.copyOf(section.list("trusted-fingerprints", TransportConfigReader::fingerprint))));
    }

    /** An agent that nobody can reach is a mistake. */
    void requireReachable() throws ConfigurationException {
        if (used.isEmpty()) {
            throw root.error("listen", "The agent neither listens nor calls home, so no controller can reach it: give"
                + " listen.ssh, listen.tls or call-home");
        }
    }

    private static String address(final String text) {
        if (!InetAddresses.isInetAddress(text)) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address to listen on");
        }
        return text;
    }

    private static String host(final String text) {
        if (!InetAddresses.isInetAddress(text) && !HOST_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is neither an IP address nor a host name");
        }
        return text;
    }

    /** As openssl prints it, or without colons. */
    private static String fingerprint(final String text) {
        final var hex = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!FINGERPRINT.matcher(hex).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a SHA-256 fingerprint: 32 octets in hexadecimal");
        }
        return hex;
    }
}
