// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.agents;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opendaylight.statemigration.it.controller.TlsIdentity;
import org.opendaylight.statemigration.lab.namespace.Place;

/** A State Orchestration Agent, running beside its State Host. Closing it ends the process. */
public final class AgentProcess implements AutoCloseable {
    private static final int CALL_HOME_TLS_PORT = 4335;
    /** An agent that is ended by force leaves its holds behind, so this is longer than anything takes. */
    private static final int STOP_SECONDS = 90;

    private final Process process;

    private AgentProcess(final Process process) {
        this.process = requireNonNull(process);
    }

    /** What the agent looks after. */
    public sealed interface Backend {
        /** The connection tracking of the kernel. */
        Backend LINUX = new Linux();

        /** The connection tracking of the kernel, in the place where the agent runs. */
        record Linux() implements Backend {
        }

        /**
         * A table in memory.
         *
         * @param seed flows it begins with, JSON
         */
        record Memory(String seed) implements Backend {
            public Memory {
                requireNonNull(seed);
            }
        }
    }

    /**
     * What an agent is told.
     *
     * @param hostId identity of its State Host
     * @param place where it runs
     * @param backend what it looks after
     * @param functions functions of its State Host, as {@code soa.conf} and the YANG identities name them
     * @param more further lines of {@code soa.conf}, which may add to sections or override keys
     */
    public record Settings(String hostId, Place place, Backend backend, List<String> functions, String more) {
        public Settings {
            requireNonNull(hostId);
            requireNonNull(place);
            requireNonNull(backend);
            functions = List.copyOf(functions);
            requireNonNull(more);
        }

        /**
         * A firewall.
         *
         * @param hostId identity of its State Host
         * @param place where it runs
         * @param backend what it looks after
         */
        public Settings(final String hostId, final Place place, final Backend backend) {
            this(hostId, place, backend, List.of("firewall"), "");
        }

        /**
         * The same with other functions.
         *
         * @param names the functions
         * @return the settings
         */
        public Settings withFunctions(final String... names) {
            return new Settings(hostId, place, backend, List.of(names), more);
        }

        /**
         * The same with further lines of configuration, such as NAT pools or zones of virtual networks.
         *
         * @param lines lines of {@code soa.conf}
         * @return the settings
         */
        public Settings withMore(final String lines) {
            return new Settings(hostId, place, backend, functions, more + lines + "\n");
        }
    }

    /**
     * Start an agent. Does not wait until it has called home.
     *
     * @param home its unpacked archive
     * @param settings what it is told
     * @param identity its key and certificate
     * @param controllerCertificate the only certificate it accepts of a controller, PEM
     * @param controllerAddress whom it calls
     * @param javaHome the Java it runs on
     * @return the agent
     * @throws IOException if it cannot be started
     */
    public static AgentProcess start(final Path home, final Settings settings, final TlsIdentity identity,
            final String controllerCertificate, final String controllerAddress, final Path javaHome)
            throws IOException {
        Files.writeString(home.resolve("etc/agent.key"), identity.keyPem());
        Files.writeString(home.resolve("etc/agent.crt"), identity.certificatePem());
        Files.writeString(home.resolve("etc/controller.crt"), controllerCertificate);
        Files.writeString(home.resolve("etc/soa.conf"), configuration(home, settings, controllerAddress));
        final var builder = new ProcessBuilder(settings.place().command(List.of(
            home.resolve("bin/statemigration-agent").toString())));
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.redirectErrorStream(true).redirectOutput(home.resolve("soa.log").toFile());
        return new AgentProcess(builder.start());
    }

    /** {@return the process: the daemon's own, as its script is replaced by it} */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** {@return whether the agent still runs} */
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        // In good order first: the agent then takes its holds away
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String configuration(final Path home, final Settings settings, final String controllerAddress)
            throws IOException {
        final var backend = switch (settings.backend()) {
            case Backend.Linux() -> "type = linux";
            case Backend.Memory(var seed) -> {
                Files.writeString(home.resolve("etc/flows.json"), seed);
                yield "type = memory, memory { flows = flows.json }";
            }
        };
        return """
            host-id = "%s"
            functions = %s
            backend { %s }
            tls {
              certificate = agent.crt
              private-key = agent.key
              trusted-certificates = controller.crt
            }
            # Calls anew where the controller has lost a session: longer than its keep-alive of 120 s, and no more
            call-home = [ { transport = tls, address = "%s", port = %d, back-off-initial = 200ms, back-off-max = 1s,
                idle-timeout = 150s } ]
            %s
            """.formatted(settings.hostId(), settings.functions(), backend, controllerAddress, CALL_HOME_TLS_PORT,
            settings.more());
    }
}
