// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.statemigration.lab.namespace.Namespace;
import org.opendaylight.statemigration.lab.namespace.Namespaces;
import org.opendaylight.statemigration.lab.namespace.ShellCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * VMs, edges and middleboxes out of network namespaces, in any topology. The middleboxes are in a management network as
 * well, where the controller is. All is removed when this is closed, and also if this process is told to end.
 *
 * <p>VMs see the same gateway address and MAC address at each edge, so that they can be moved. Addresses and routes
 * that are given with {@link #configure} are given again when a link is restored, so they are written with
 * {@code replace}.
 */
public final class Laboratory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Laboratory.class);
    private static final String GATEWAY_MAC = "02:00:00:00:01:01";

    private final Namespaces namespaces = new Namespaces();
    private final Map<String, StringBuilder> configurations = new HashMap<>();
    private final Map<Vm, String> macs = new HashMap<>();
    private final Map<Vm, String> edges = new HashMap<>();
    private final Set<String> cut = new HashSet<>();
    private final List<String> managed = new ArrayList<>();
    private final ManagementNetwork management;

    private Laboratory(final ManagementNetwork management) throws IOException {
        this.management = requireNonNull(management);
    }

    /** How a laboratory is built. */
    @FunctionalInterface
    public interface Plan {
        /**
         * Build it.
         *
         * @param lab a laboratory with nothing in it
         * @throws IOException if it cannot be built
         */
        void build(Laboratory lab) throws IOException;
    }

    /**
     * Build a laboratory. What a killed run left behind is removed first.
     *
     * @param management where the controller is; it outlives the laboratory
     * @param plan how to build it
     * @return the laboratory
     * @throws IOException if it cannot be built; nothing is left then
     */
    public static Laboratory build(final ManagementNetwork management, final Plan plan) throws IOException {
        final var lab = new Laboratory(management);
        boolean built = false;
        try {
            plan.build(lab);
            built = true;
            return lab;
        } finally {
            if (!built) {
                lab.close();
            }
        }
    }

    /**
     * A namespace.
     *
     * @param id {@code vm1}, {@code nve1}, {@code fw1} ...
     * @return the namespace
     */
    public Namespace place(final String id) {
        return namespaces.get(id);
    }

    /** {@return the management network, where the controller is} */
    public ManagementNetwork management() {
        return management;
    }

    /**
     * Add a node that forwards packets: an edge, or any device that keeps no state.
     *
     * @param id its name, without hyphens
     * @return its namespace
     * @throws IOException if it cannot be made
     */
    public Namespace router(final String id) throws IOException {
        final var place = namespaces.add(id);
        place.sysctl("ipv4/ip_forward", "1");
        place.sysctl("ipv6/conf/all/forwarding", "1");
        return place;
    }

    /**
     * Add a middlebox: a router with rules that track connections strictly, and a port in the management network.
     *
     * @param id its name, without hyphens
     * @param rules script for {@code nft}; its rules have to use connection tracking
     * @return its namespace
     * @throws IOException if it cannot be made
     */
    public Namespace middlebox(final String id, final String rules) throws IOException {
        final var place = router(id);
        management.join(place, id);
        managed.add(id);
        // The rules are there before the variables: these exist once connections are tracked
        place.rules(rules);
        place.sysctl("netfilter/nf_conntrack_tcp_loose", "0");
        place.sysctl("netfilter/nf_conntrack_tcp_be_liberal", "0");
        return place;
    }

    /**
     * Lay a cable, with addresses {@code 10.N.0.1} and {@code fd00:N::1} here and {@code .2} there.
     *
     * @param network N, from 10 to 99, in both families
     * @param here a node
     * @param port name of its port
     * @param there another node
     * @param otherPort name of the port there
     * @throws IOException if it cannot be laid
     */
    public void link(final int network, final String here, final String port, final String there,
            final String otherPort) throws IOException {
        place(here).linkTo(place(there), port, otherPort);
        configure(here, addresses(network, 1, port));
        configure(there, addresses(network, 2, otherPort));
    }

    /**
     * Give a node addresses and routes, now and each time that a cable of it was mended.
     *
     * @param id the node
     * @param script commands of {@code ip}, one a line
     * @throws IOException if one of them fails
     */
    public void configure(final String id, final String script) throws IOException {
        place(id).ip(script);
        configurations.computeIfAbsent(id, name -> new StringBuilder()).append(script);
    }

    /**
     * Cut a cable. The node at the end that is named loses the port's routes; that at the other end, the carrier.
     *
     * @param id the node
     * @param port its port
     * @throws IOException if it cannot be cut
     */
    public void cutLink(final String id, final String port) throws IOException {
        place(id).ip("link set dev " + port + " down\n");
        cut.add(id + " " + port);
    }

    /**
     * Mend a cable, if it was cut.
     *
     * @param id the node
     * @param port its port, as it was named when the cable was cut
     * @throws IOException if it cannot be mended
     */
    public void restoreLink(final String id, final String port) throws IOException {
        if (cut.remove(id + " " + port)) {
            place(id).ip("link set dev " + port + " up\n");
            // Routes over a port that is still down would be refused
            if (cut.stream().noneMatch(other -> other.startsWith(id + " "))) {
                place(id).ip(configurations.get(id).toString());
            }
        }
    }

    /**
     * Attach a VM to an edge.
     *
     * @param vm the VM
     * @param edge the edge
     * @throws IOException if it cannot be made
     */
    public void vm(final Vm vm, final String edge) throws IOException {
        final var place = namespaces.add(vm.id());
        place.linkTo(place(edge), "eth0", vm.id());
        place.ip("""
            addr add %1$s/32 dev eth0
            addr add %2$s/128 dev eth0 nodad
            neigh replace 169.254.0.1 lladdr %3$s dev eth0 nud permanent
            neigh replace fe80::1 lladdr %3$s dev eth0 nud permanent
            route add default via 169.254.0.1 dev eth0 onlink src %1$s
            route add ::/0 via fe80::1 dev eth0 onlink src %2$s
            """.formatted(vm.ipv4(), vm.ipv6(), GATEWAY_MAC));
        macs.put(vm, place.run("cat", "/sys/class/net/eth0/address").strip());
        edges.put(vm, edge);
        place(edge).ip("link set dev %s address %s\n".formatted(vm.id(), GATEWAY_MAC) + port(vm));
    }

    /**
     * Take a VM's cable out of its edge and put it into another. Routes elsewhere are not changed.
     *
     * @param vm the VM
     * @param edge the edge it comes to
     * @throws IOException if a command fails
     */
    public void reattach(final Vm vm, final String edge) throws IOException {
        ShellCommand.run(List.of("ip", "-n", place(edges.get(vm)).name(), "link", "set", "dev", vm.id(), "netns",
            place(edge).name(), "up"));
        place(edge).ip(port(vm));
        edges.put(vm, edge);
    }

    @Override
    public void close() {
        for (var id : managed) {
            try {
                management.leave(id);
            } catch (IOException e) {
                LOG.warn("The link of {} to the controller was not removed", id, e);
            }
        }
        managed.clear();
        namespaces.close();
    }

    private static String addresses(final int network, final int end, final String port) {
        return """
            addr replace 10.%1$d.0.%2$d/24 dev %3$s
            addr replace fd00:%1$d::%2$d/64 dev %3$s nodad
            """.formatted(network, end, port);
    }

    /** What an edge knows of a VM that is attached to it. */
    private String port(final Vm vm) {
        return """
            neigh replace %2$s lladdr %4$s dev %1$s nud permanent
            route replace %2$s/32 dev %1$s
            neigh replace %3$s lladdr %4$s dev %1$s nud permanent
            route replace %3$s/128 dev %1$s
            """.formatted(vm.id(), vm.ipv4(), vm.ipv6(), macs.get(vm));
    }
}
