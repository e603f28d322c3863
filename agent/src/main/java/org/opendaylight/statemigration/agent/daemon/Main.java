// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.daemon;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.config.ConfigurationReader;
import org.opendaylight.statemigration.agent.config.section.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon. Takes one argument, the configuration file. Exit codes: 0 after SIGTERM, 1 if the State Host, a key or
 * a port cannot be used, 2 if the argument or the configuration is wrong.
 */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int CANNOT_START = 1;
    private static final int WRONG_CONFIGURATION = 2;

    private Main() {
        // Hidden on purpose
    }

    /**
     * Run the daemon.
     *
     * @param args the configuration file
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        if (args.length != 1) {
            fail(WRONG_CONFIGURATION, "Usage: statemigration-agent CONFIGURATION-FILE");
        }
        try {
            final var configuration = ConfigurationReader.read(Path.of(args[0]));
            final var daemon = Daemon.start(configuration);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                LOG.info("Stopping");
                daemon.close();
                LOG.info("Stopped");
            }, "stop"));
            LOG.info("Agent of State Host {} is ready after {} ms", configuration.settings().hostId(), uptime());
        } catch (ConfigurationException | InvalidPathException e) {
            fail(WRONG_CONFIGURATION, e.getMessage());
        } catch (BackendException | IOException | IllegalArgumentException e) {
            LOG.debug("Cannot start", e);
            fail(CANNOT_START, e.getMessage());
        }
        // Until a signal comes
        new CountDownLatch(1).await();
    }

    private static long uptime() {
        return Duration.between(ProcessHandle.current().info().startInstant().orElseGet(Instant::now), Instant.now())
            .toMillis();
    }

    /** For the terminal of the operator, as what is wrong comes before there is anything to log about. */
    @SuppressWarnings("checkstyle:regexpSinglelineJava")
    private static void fail(final int code, final String message) {
        System.err.println("statemigration-agent: " + message);
        System.exit(code);
    }
}
