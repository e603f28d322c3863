package org.opendaylight.statemigration.it.lab;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figure 1 of the draft, with a second machine at NVE1 and a management network:
 * <pre>
 *   VM1 ---- NVE1 ---- FW1 ---- NVE3 ---- VM3
 *   VM2 -----'          |        |
 *   (VM1) -- NVE2 ---- FW2 ------'
 *                       |
 *        controller ----+---- FW1       management network, not a path for packets of the machines
 * </pre>
 * A move takes VM1's cable out of NVE1, puts it into NVE2 and changes the routes at NVE3, as the controller of a
 * network would. The machines see the same gateway address and MAC address at both edges. All is removed when this is
 * closed, and also if this process is told to end.
 */
public final class Figure1 implements AutoCloseable {
    /** Address of the controller in the management network. */
    public static final String CONTROLLER_ADDRESS = "172.30.0.1";

    private static final String GATEWAY_MAC = "02:00:00:00:01:01";

    private final Map<String, Namespace> namespaces = new TreeMap<>();
    private final Thread hook = new Thread(this::removeAll, "remove-laboratory");
    private final Map<Vm, String> macs = new EnumMap<>(Vm.class);
    private Site site = Site.ONE;

    private Figure1() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Build the laboratory, with VM1 at site one and strict firewalls. What a killed run left behind is removed first.
     *
     * @return the laboratory
     * @throws IOException if it cannot be built; nothing is left then
     */
    public static Figure1 build() throws IOException {
        Namespace.removeStale();
        final var lab = new Figure1();
        boolean built = false;
        try {
            lab.create();
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
     * @param id {@code vm1}, {@code nve1}, {@code fw1}, {@code ctl} ...
     * @return the namespace
     */
    public Namespace place(final String id) {
        final var place = namespaces.get(id);
        if (place == null) {
            throw new IllegalArgumentException("There is no " + id + " in the laboratory");
        }
        return place;
    }

    /** {@return the namespace of the controller} */
    public Namespace controller() {
        return place("ctl");
    }

    /**
     * The namespace of a firewall.
     *
     * @param which its site
     * @return the namespace
     */
    public Namespace firewall(final Site which) {
        return place(which.firewall());
    }

    /** {@return where VM1 is} */
    public Site site() {
        return site;
    }

    /**
     * Give both firewalls a policy. Entries of their tables stay.
     *
     * @param policy the policy
     * @throws IOException if the rules cannot be loaded
     */
    public void policy(final Policy policy) throws IOException {
        for (var which : Site.values()) {
            Command.feed(firewall(which).command(List.of("nft", "-f", "-")), policy.script());
        }
    }

    /**
     * Move VM1. Nobody is told.
     *
     * @param to where it goes
     * @throws IOException if a command fails
     */
    public void move(final Site to) throws IOException {
        if (to != site) {
            final var from = place(site.nve());
            final var target = place(to.nve());
            Command.run(List.of("ip", "-n", from.name(), "link", "set", "dev", "vm1", "netns", target.name(), "up"));
            target.ip(port(Vm.VM1));
            place("nve3").ip(routeTo(Vm.VM1, to));
            site = to;
        }
    }

    /**
     * Empty the tables of both firewalls, where the kernel keeps also closed connections for a while.
     *
     * @throws IOException if a table cannot be emptied
     */
    public void forgetFlows() throws IOException {
        for (var each : Site.values()) {
            firewall(each).run("conntrack", "-F");
        }
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

    private void removeAll() {
        synchronized (namespaces) {
            namespaces.values().forEach(Namespace::close);
            namespaces.clear();
        }
    }

    private void create() throws IOException {
        for (var id : List.of("vm1", "vm2", "vm3", "nve1", "nve2", "nve3", "fw1", "fw2", "ctl")) {
            namespaces.put(id, Namespace.create(id));
        }
        for (var id : List.of("nve1", "nve2", "nve3", "fw1", "fw2")) {
            place(id).sysctl("ipv4/ip_forward", "1");
            place(id).sysctl("ipv6/conf/all/forwarding", "1");
            place(id).sysctl("ipv4/conf/all/rp_filter", "0");
            place(id).sysctl("ipv4/conf/default/rp_filter", "0");
        }
        attach(Vm.VM1, "nve1");
        attach(Vm.VM2, "nve1");
        attach(Vm.VM3, "nve3");
        place("ctl").ip("link add mgmt type bridge\nlink set mgmt up\naddr add " + CONTROLLER_ADDRESS
            + "/24 dev mgmt\n");
        for (var which : Site.values()) {
            wire(which);
        }
        place("nve3").ip(routeTo(Vm.VM1, Site.ONE) + routeTo(Vm.VM2, Site.ONE));
        policy(Policy.STRICT);
    }

    /** A machine's cable, and its default route to a gateway that looks the same at each edge. */
    private void attach(final Vm vm, final String nve) throws IOException {
        cable(vm.id(), "eth0", nve, vm.id());
        final var place = place(vm.id());
        place.ip("""
            addr add %1$s/32 dev eth0
            addr add %2$s/128 dev eth0 nodad
            neigh replace 169.254.0.1 lladdr %3$s dev eth0 nud permanent
            neigh replace fe80::1 lladdr %3$s dev eth0 nud permanent
            route add default via 169.254.0.1 dev eth0 onlink src %1$s
            route add ::/0 via fe80::1 dev eth0 onlink src %2$s
            """.formatted(vm.ipv4(), vm.ipv6(), GATEWAY_MAC));
        macs.put(vm, place.run("cat", "/sys/class/net/eth0/address").strip());
        place(nve).ip("link set dev %s address %s\n".formatted(vm.id(), GATEWAY_MAC) + port(vm));
    }

    /** What an edge knows of a machine that is attached to it. */
    private String port(final Vm vm) {
        return """
            neigh replace %2$s lladdr %4$s dev %1$s nud permanent
            route replace %2$s/32 dev %1$s
            neigh replace %3$s lladdr %4$s dev %1$s nud permanent
            route replace %3$s/128 dev %1$s
            """.formatted(vm.id(), vm.ipv4(), vm.ipv6(), macs.get(vm));
    }

    private static String routeTo(final Vm vm, final Site site) {
        return """
            route replace %1$s/32 via 10.2%3$d.0.2
            route replace %2$s/128 via fd00:2%3$d::2
            """.formatted(vm.ipv4(), vm.ipv6(), site.number());
    }

    /** The firewall of a site between its edge and NVE3, and in the management network. */
    private void wire(final Site which) throws IOException {
        final int number = which.number();
        final var fw = which.firewall();
        cable(which.nve(), "core", fw, "north");
        cable(fw, "south", "nve3", fw);
        cable(fw, "mgmt", "ctl", fw);
        place("ctl").ip("link set dev %s master mgmt\n".formatted(fw));
        place(which.nve()).ip("""
            addr add 10.1%1$d.0.1/24 dev core
            addr add fd00:1%1$d::1/64 dev core nodad
            route add default via 10.1%1$d.0.2
            route add ::/0 via fd00:1%1$d::2
            """.formatted(number));
        place(fw).ip("""
            addr add 10.1%1$d.0.2/24 dev north
            addr add fd00:1%1$d::2/64 dev north nodad
            addr add 10.2%1$d.0.2/24 dev south
            addr add fd00:2%1$d::2/64 dev south nodad
            addr add 172.30.0.1%1$d/24 dev mgmt
            route add 10.1.1.0/24 via 10.1%1$d.0.1
            route add fd00:1::/64 via fd00:1%1$d::1
            route add default via 10.2%1$d.0.1
            route add ::/0 via fd00:2%1$d::1
            """.formatted(number));
        place("nve3").ip("""
            addr add 10.2%1$d.0.1/24 dev %2$s
            addr add fd00:2%1$d::1/64 dev %2$s nodad
            """.formatted(number, fw));
        // The rules are there before the variables: these exist once connections are tracked
        Command.feed(place(fw).command(List.of("nft", "-f", "-")), Policy.STRICT.script());
        place(fw).sysctl("netfilter/nf_conntrack_tcp_loose", "0");
        place(fw).sysctl("netfilter/nf_conntrack_tcp_be_liberal", "0");
    }

    private void cable(final String here, final String port, final String there, final String otherPort)
            throws IOException {
        Command.run(List.of("ip", "link", "add", port, "netns", place(here).name(), "type", "veth", "peer", "name",
            otherPort, "netns", place(there).name()));
        place(here).ip("link set dev " + port + " up\n");
        place(there).ip("link set dev " + otherPort + " up\n");
    }
}
