// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.testbed;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opendaylight.statemigration.it.agents.AgentProcess;
import org.opendaylight.statemigration.it.controller.Controller;
import org.opendaylight.statemigration.it.controller.ControllerProbe;
import org.opendaylight.statemigration.it.controller.Distribution;
import org.opendaylight.statemigration.it.controller.Provisioning;
import org.opendaylight.statemigration.it.controller.TlsIdentity;
import org.opendaylight.statemigration.it.controller.Topology;
import org.opendaylight.statemigration.lab.namespace.Place;
import org.opendaylight.statemigration.lab.namespace.ResourceStack;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.ManagementNetwork;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * A controller, and agents that have called home. Agents come and go while it runs, so that many tests can share one
 * start of the controller. Closing it ends all processes and removes all that was made; that happens also if this
 * process is told to end.
 */
public final class TestBed implements AutoCloseable {
    private final ResourceStack resources = new ResourceStack();
    private final TlsIdentity identity = TlsIdentity.create("controller");
    private final Installation installation;
    private final Console console;
    private final Place place;
    private final String address;
    private Controller controller;
    private Provisioning provisioning;
    private Agents agents;

    private TestBed(final Installation installation, final Console console, final Place place, final String address) {
        this.installation = requireNonNull(installation);
        this.console = requireNonNull(console);
        this.place = requireNonNull(place);
        this.address = requireNonNull(address);
    }

    /**
     * Start everything for a laboratory, with the kernel's own tables, and write the topology of Figure 1.
     *
     * @param installation what the build made
     * @param lab the laboratory
     * @param console where to tell
     * @return the test bed
     * @throws IOException if something does not start; all is removed then
     * @throws InterruptedException if interrupted
     */
    public static TestBed in(final Figure1 lab, final Installation installation, final Console console)
            throws IOException, InterruptedException {
        final var bed = in(lab.laboratory().management(), installation, console);
        return bed.orClose(() -> bed.serve(lab));
    }

    /**
     * Start a controller in a management network. There is no agent and no topology yet.
     *
     * @param installation what the build made
     * @param management the network
     * @param console where to tell
     * @return the test bed
     * @throws IOException if something does not start; all is removed then
     * @throws InterruptedException if interrupted
     */
    public static TestBed in(final ManagementNetwork management, final Installation installation,
            final Console console) throws IOException, InterruptedException {
        return new TestBed(installation, console, management.controller(), ManagementNetwork.CONTROLLER_ADDRESS)
            .start();
    }

    /**
     * Start a controller on this machine's loopback interface. There is no agent and no topology yet.
     *
     * @param installation what the build made
     * @param console where to tell
     * @return the test bed
     * @throws IOException if something does not start; all is removed then
     * @throws InterruptedException if interrupted
     */
    public static TestBed onLoopback(final Installation installation, final Console console)
            throws IOException, InterruptedException {
        return new TestBed(installation, console, Place.LOCAL, "127.0.0.1").start();
    }

    /**
     * Start everything on this machine's loopback interface, with tables in memory.
     *
     * @param installation what the build made
     * @param seed flows that the agent of site one begins with, JSON
     * @param console where to tell
     * @return the test bed
     * @throws IOException if something does not start; all is removed then
     * @throws InterruptedException if interrupted
     */
    public static TestBed inMemory(final Installation installation, final String seed, final Console console)
            throws IOException, InterruptedException {
        final var bed = onLoopback(installation, console);
        return bed.orClose(() -> bed.serveMemory(seed));
    }

    /**
     * Write the topology of Figure 1 and start an agent beside each of its firewalls, with the kernel's own tables.
     *
     * @param lab the laboratory
     * @throws IOException if something does not start
     * @throws InterruptedException if interrupted
     */
    public void serve(final Figure1 lab) throws IOException, InterruptedException {
        serve(lab.sites().stream().map(site ->
            new AgentProcess.Settings(site.firewall(), lab.firewall(site), AgentProcess.Backend.LINUX)).toList(),
            lab.sites().contains(Site.THREE) ? Topology.extendedFigure1(lab.site()) : Topology.figure1(lab.site()));
    }

    private void serve(final List<AgentProcess.Settings> settings, final Topology topology)
            throws IOException, InterruptedException {
        console.step("Writing keys, policy and topology over RESTCONF; the agents call home over TLS", () -> {
            provisioning.topology().write(topology);
            join(settings);
        });
    }

    /**
     * Write the topology of Figure 1 and start the agents of sites one and two, with tables in memory, where the
     * controller runs.
     *
     * @param seed flows that the agent of site one begins with, JSON
     * @throws IOException if something does not start
     * @throws InterruptedException if interrupted
     */
    public void serveMemory(final String seed) throws IOException, InterruptedException {
        serve(List.of(
            new AgentProcess.Settings(Site.ONE.firewall(), place, new AgentProcess.Backend.Memory(seed)),
            new AgentProcess.Settings(Site.TWO.firewall(), place, new AgentProcess.Backend.Memory("[]"))),
            Topology.figure1(Site.ONE));
    }

    /** {@return where the controller runs} */
    public Place place() {
        return place;
    }

    /** {@return the controller} */
    public Controller controller() {
        return controller;
    }

    /** {@return what an operator writes to the controller} */
    public Provisioning provisioning() {
        return provisioning;
    }

    /** {@return tells when the controller has acted upon what was written} */
    public ControllerProbe probe() {
        return new ControllerProbe(controller.restconf(), provisioning);
    }

    /**
     * Start agents, authorize them for all of their functions, and wait until they are connected. A State Host whose
     * agent ran before keeps its key.
     *
     * @param settings of each agent
     * @throws IOException if one does not start, or does not register in time
     * @throws InterruptedException if interrupted
     */
    public void join(final List<AgentProcess.Settings> settings) throws IOException, InterruptedException {
        agents.start(settings);
        awaitConnected(settings.stream().map(AgentProcess.Settings::hostId).toList());
    }

    /**
     * The agent of a State Host.
     *
     * @param host identity of the State Host
     * @return the agent that was started last
     */
    public AgentProcess agent(final String host) {
        return agents.get(host);
    }

    /**
     * Start the agent of a State Host again, as it was started before, and wait until it is connected.
     *
     * @param host identity of the State Host
     * @throws IOException if it does not start, or does not register in time
     * @throws InterruptedException if interrupted
     */
    public void restartAgent(final String host) throws IOException, InterruptedException {
        agent(host).close();
        join(List.of(agents.settings(host)));
    }

    /**
     * Wait until State Hosts are connected.
     *
     * @param hosts their identities
     * @throws IOException if they do not register in time
     * @throws InterruptedException if interrupted
     */
    public void awaitConnected(final List<String> hosts) throws IOException, InterruptedException {
        agents.awaitConnected(hosts);
    }

    /**
     * End all agents and take back what was written, so that others find the controller as it was at its start. It
     * shows nothing of what happened before.
     *
     * @throws IOException if the controller refuses, or something does not end in time
     * @throws InterruptedException if interrupted
     */
    public void reset() throws IOException, InterruptedException {
        agents.closeAll();
        provisioning.reset();
        Await.until("no State Host is connected and no migration is under way", Agents.CONNECT_BOUND,
            provisioning.view()::isIdle);
        provisioning.view().forgetEnded();
    }

    @Override
    public void close() {
        resources.close();
    }

    private TestBed start() throws IOException, InterruptedException {
        return orClose(() -> {
            final var folder = Files.createTempDirectory("statemig-");
            resources.add(() -> () -> removeUnlessKept(folder));
            console.step("Starting the controller, OpenDaylight in Karaf", () -> {
                final var copy = folder.resolve("controller");
                installation.controller().copyTo(copy);
                controller = resources.add(() -> Controller.start(place, copy, installation.javaHome()));
                controller.await(Controller.STATE_MIGRATION);
                controller.await("odl-netconf-callhome-server:netconf-callhome-server");
            });
            provisioning = new Provisioning(controller.restconf());
            provisioning.controllerIdentity(identity);
            provisioning.reset();
            agents = new Agents(folder, installation, identity, address, provisioning, resources);
        });
    }

    /** The property {@code statemigration.keep} keeps the folder, to be looked at. */
    private static void removeUnlessKept(final Path folder) throws IOException {
        if (System.getProperty("statemigration.keep") == null) {
            Distribution.delete(folder);
        }
    }

    private TestBed orClose(final Console.Work work) throws IOException, InterruptedException {
        boolean done = false;
        try {
            work.run();
            done = true;
            return this;
        } finally {
            if (!done) {
                close();
            }
        }
    }
}
