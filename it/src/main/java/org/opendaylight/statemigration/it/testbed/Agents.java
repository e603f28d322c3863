// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.testbed;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.it.agents.AgentProcess;
import org.opendaylight.statemigration.it.controller.Provisioning;
import org.opendaylight.statemigration.it.controller.TlsIdentity;
import org.opendaylight.statemigration.lab.namespace.ResourceStack;
import org.opendaylight.statemigration.lab.time.Await;

/** The agents of a test bed. A State Host whose agent ran before keeps its key. */
final class Agents {
    /** In which an agent whose session the controller has lost calls anew. */
    static final Duration CONNECT_BOUND = Duration.ofSeconds(240);

    private final Map<String, Started> started = new LinkedHashMap<>();
    private final Path folder;
    private final Installation installation;
    private final TlsIdentity controller;
    private final String controllerAddress;
    private final Provisioning provisioning;
    private final ResourceStack resources;

    Agents(final Path folder, final Installation installation, final TlsIdentity controller,
            final String controllerAddress, final Provisioning provisioning, final ResourceStack resources) {
        this.folder = requireNonNull(folder);
        this.installation = requireNonNull(installation);
        this.controller = requireNonNull(controller);
        this.controllerAddress = requireNonNull(controllerAddress);
        this.provisioning = requireNonNull(provisioning);
        this.resources = requireNonNull(resources);
    }

    /** An agent that was started once. */
    private record Started(AgentProcess.Settings settings, TlsIdentity identity, AgentProcess agent) {
    }

    /** Start agents, and authorize them for all of their functions. */
    void start(final List<AgentProcess.Settings> settings) throws IOException {
        for (var each : settings) {
            final var former = started.get(each.hostId());
            final var identity = former == null ? TlsIdentity.create(each.hostId()) : former.identity();
            final var home = folder.resolve(each.hostId());
            if (former == null) {
                installation.agent().unpackTo(home);
            }
            provisioning.stateHost(each.hostId(), identity.certificatePem(), each.functions());
            final var agent = resources.add(() -> AgentProcess.start(home, each, identity,
                controller.certificatePem(), controllerAddress, installation.javaHome()));
            started.put(each.hostId(), new Started(each, identity, agent));
        }
    }

    /** {@return the agent of a State Host that was started last} */
    AgentProcess get(final String host) {
        return requireNonNull(started.get(host), host).agent();
    }

    /** {@return how the agent of a State Host was started last} */
    AgentProcess.Settings settings(final String host) {
        return requireNonNull(started.get(host), host).settings();
    }

    void awaitConnected(final List<String> hosts) throws IOException, InterruptedException {
        Await.until("State Hosts " + hosts + " are connected", CONNECT_BOUND, () -> {
            final var status = provisioning.view().hostStatus();
            return hosts.stream().allMatch(host -> "connected".equals(status.get(host)));
        }, () -> provisioning.view().hostStatus().toString());
    }

    void closeAll() {
        started.values().forEach(each -> each.agent().close());
    }
}
