package org.opendaylight.statemigration.it.scenario;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.opendaylight.statemigration.it.agents.Soa;
import org.opendaylight.statemigration.it.controller.Controller;
import org.opendaylight.statemigration.it.controller.Distribution;
import org.opendaylight.statemigration.it.controller.Provisioning;
import org.opendaylight.statemigration.it.controller.TlsIdentity;
import org.opendaylight.statemigration.it.lab.Figure1;
import org.opendaylight.statemigration.it.lab.Place;
import org.opendaylight.statemigration.it.lab.Site;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A controller with two agents that have called home, ready for migrations. Closing it ends all processes and removes
 * all that was made; that happens also if this process is told to end.
 */
public final class TestBed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TestBed.class);
    private static final long CONNECT_SECONDS = 120;

    private final Deque<Runnable> resources = new ArrayDeque<>();
    private final Thread hook = new Thread(this::removeAll, "remove-all");
    private final Map<Site, Soa> agents = new EnumMap<>(Site.class);
    private final Account account;
    private Path folder;
    private Controller controller;

    private TestBed(final Account account) {
        this.account = requireNonNull(account);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Start everything in the laboratory, with the kernel's own tables.
     *
     * @param installation what the build made
     * @param lab the laboratory
     * @param account where to tell
     * @return the test bed
     * @throws IOException if something does not start; all is removed then
     * @throws InterruptedException if interrupted
     */
    public static TestBed in(final Figure1 lab, final Installation installation, final Account account)
            throws IOException, InterruptedException {
        return new TestBed(account).start(installation, lab.controller(), Figure1.CONTROLLER_ADDRESS, site ->
            new Soa.Settings(site.firewall(), lab.firewall(site), Soa.Backend.LINUX));
    }

    /**
     * Start everything on this machine's loopback interface, with tables in memory.
     *
     * @param installation what the build made
     * @param seed flows that the agent of site one begins with, JSON
     * @param account where to tell
     * @return the test bed
     * @throws IOException if something does not start; all is removed then
     * @throws InterruptedException if interrupted
     */
    public static TestBed inMemory(final Installation installation, final String seed, final Account account)
            throws IOException, InterruptedException {
        return new TestBed(account).start(installation, Place.LOCAL, "127.0.0.1", site ->
            new Soa.Settings(site.firewall(), Place.LOCAL, new Soa.Backend.Memory(site == Site.ONE ? seed : "[]")));
    }

    /** {@return the controller} */
    public Controller controller() {
        return controller;
    }

    /** {@return what an operator writes to the controller} */
    public Provisioning provisioning() {
        return new Provisioning(controller.restconf());
    }

    /**
     * End the agent of a State Host, as if it had died.
     *
     * @param site where the State Host is
     */
    public void endAgent(final Site site) {
        agents.get(site).close();
    }

    @Override
    public void close() {
        removeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this process is ending, and the hook runs
        }
    }

    private TestBed start(final Installation installation, final Place place, final String address,
            final AgentSettings settings) throws IOException, InterruptedException {
        boolean started = false;
        try {
            folder = Files.createTempDirectory("statemig-");
            final var identity = TlsIdentity.create("controller");
            account.step("Starting the controller, OpenDaylight in Karaf", () -> {
                final var copy = folder.resolve("controller");
                installation.controller().copyTo(copy);
                controller = Controller.start(place, copy, installation.javaHome());
                own(controller::close);
                controller.await(Controller.STATE_MIGRATION);
                controller.await("odl-netconf-callhome-server:netconf-callhome-server");
            });
            account.step("Writing keys, policy and topology over RESTCONF; the agents call home over TLS", () -> {
                provisioning().controllerIdentity(identity);
                final var certificates = new HashMap<String, String>();
                for (var site : Site.values()) {
                    final var own = TlsIdentity.create(site.firewall());
                    certificates.put(site.firewall(), own.certificatePem());
                    final var home = folder.resolve(site.firewall());
                    installation.agent().unpackTo(home);
                    final var agent = Soa.start(home, settings.of(site), own, identity.certificatePem(), address,
                        installation.javaHome());
                    agents.put(site, agent);
                    own(agent::close);
                }
                provisioning().stateHosts(certificates, 0);
                provisioning().topology(Site.ONE);
                awaitHosts();
            });
            started = true;
            return this;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private void awaitHosts() throws IOException, InterruptedException {
        final long deadline = System.nanoTime() + CONNECT_SECONDS * 1_000_000_000;
        final var wanted = Map.of(Site.ONE.firewall(), "connected", Site.TWO.firewall(), "connected");
        for (var status = provisioning().hostStatus(); !status.equals(wanted);
                status = provisioning().hostStatus()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The State Hosts did not register within " + CONNECT_SECONDS + " s: " + status);
            }
            Thread.sleep(200);
        }
    }

    private void own(final Runnable resource) {
        synchronized (resources) {
            resources.push(resource);
        }
    }

    private void removeAll() {
        synchronized (resources) {
            while (!resources.isEmpty()) {
                resources.pop().run();
            }
            try {
                if (folder != null && System.getProperty("statemigration.keep") == null) {
                    Distribution.delete(folder);
                }
            } catch (IOException e) {
                LOG.warn("{} was left behind", folder, e);
            }
        }
    }

    @FunctionalInterface
    private interface AgentSettings {
        Soa.Settings of(Site site);
    }
}
