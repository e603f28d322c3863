// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.config;

import com.google.common.net.InetAddresses;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.opendaylight.statemigration.agent.config.section.ConfigSection;
import org.opendaylight.statemigration.agent.config.section.ConfigurationException;
import org.opendaylight.statemigration.agent.soa.AgentSettings;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile.Limits;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;

/** Reads the configuration file. */
public final class ConfigurationReader {
    private ConfigurationReader() {
        // Hidden on purpose
    }

    /**
     * Read a file.
     *
     * @param file the file; names of files in it are relative to its folder
     * @return the configuration
     * @throws ConfigurationException if anything is wrong with it
     */
    public static AgentConfiguration read(final Path file) throws ConfigurationException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ConfigurationException("There is no configuration file " + file + ", or it cannot be read", null);
        }
        final Config config;
        try {
            config = ConfigFactory.parseFile(file.toFile(),
                ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF)).resolve();
        } catch (ConfigException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
        final var root = new ConfigSection(config.root(), "", file.toAbsolutePath().getParent());
        final var settings = settings(root);
        final var backend = BackendConfigReader.read(root);
        final var access = new TransportConfigReader(root);
        final var result = new AgentConfiguration(settings, backend, access.listen(), access.callHome(), access.ssh(),
            access.tls());
        root.requireNoOtherKeys();
        access.requireReachable();
        return result;
    }

    private static AgentSettings settings(final ConfigSection root) throws ConfigurationException {
        final var hostId = root.parsed("host-id", StateHostId::new);
        final var functions = root.choices("functions", FunctionType.class);
        if (functions.isEmpty()) {
            throw root.error("functions", "Name at least one function whose state may be moved");
        }
        final var roles = root.has("roles") ? root.choices("roles", Role.class) : Set.of(Role.values());
        if (roles.isEmpty()) {
            throw root.error("roles", "Name at least one of source, destination");
        }
        return new AgentSettings(hostId, functions, roles, root.list("nat-pools", ConfigurationReader::prefix),
            Set.copyOf(root.list("addresses", ConfigurationReader::address)), limits(root.section("limits")));
    }

    private static Limits limits(final ConfigSection limits) throws ConfigurationException {
        final var fallback = Limits.DEFAULT;
        return new Limits(limits.integer("flows-per-chunk", 1, 10_000, fallback.flowsPerChunk()),
            limits.integer("flows-per-migration", 1, Integer.MAX_VALUE, fallback.flowsPerMigration()),
            limits.integer("migrations", 1, Integer.MAX_VALUE, fallback.migrations()),
            limits.integer("hold-lease", 1, 3600, fallback.holdLease()));
    }

    private static InetAddress address(final String text) {
        if (!InetAddresses.isInetAddress(text)) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address");
        }
        return InetAddresses.forString(text);
    }

    private static IpPrefix prefix(final String text) {
        final int slash = text.indexOf('/');
        address(slash < 0 ? text : text.substring(0, slash));
        return IpPrefix.parse(text);
    }
}
