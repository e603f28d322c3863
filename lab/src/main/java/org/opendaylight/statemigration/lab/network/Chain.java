// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.opendaylight.statemigration.lab.namespace.Namespace;

/**
 * Two State Hosts in a row on each path: a firewall and behind it a translation of source addresses,
 * <pre>
 *   VM1 ---- NVE1 ---- FWA ---- NATA ---- NVE3 ---- VM3
 *   VM2 -----'                            |
 *   (VM1) -- NVE2 ---- FWB ---- NATB -----'
 * </pre>
 * or a firewall and behind it another one, which have their names in another order on the second path:
 * <pre>
 *   VM1 ---- NVE1 ---- FWA ---- FWB ----- NVE3 ---- VM3
 *   VM2 -----'                            |
 *   (VM1) -- NVE2 ---- FWD ---- FWC ------'
 * </pre>
 * Both translate to the same public address. NVE3 sends that, or VM1's own, to the one path or the other, by where VM1
 * is. IPv4 only.
 */
public final class Chain implements AutoCloseable {
    /** The address that VM3 sees where there is a translation. */
    public static final String PUBLIC = "192.0.2.1";

    private static final String PRIVATE = "10.1.1.0/24";

    private final Laboratory lab;
    private final List<String> hosts;
    private final String seen;

    private Chain(final Laboratory lab, final List<String> hosts, final String seen) {
        this.lab = requireNonNull(lab);
        this.hosts = List.copyOf(hosts);
        this.seen = requireNonNull(seen);
    }

    /**
     * Build a firewall and a translation on each path, with VM1 at NVE1.
     *
     * @param management where the controller is
     * @return the laboratory
     * @throws IOException if it cannot be built; nothing is left then
     */
    public static Chain firewallAndTranslation(final ManagementNetwork management) throws IOException {
        return build(management, List.of("fwa", "nata", "fwb", "natb"), PUBLIC);
    }

    /**
     * Build two firewalls on each path, with VM1 at NVE1.
     *
     * @param management where the controller is
     * @return the laboratory
     * @throws IOException if it cannot be built; nothing is left then
     */
    public static Chain twoFirewalls(final ManagementNetwork management) throws IOException {
        return build(management, List.of("fwa", "fwb", "fwd", "fwc"), Vm.VM1.ipv4());
    }

    private static Chain build(final ManagementNetwork management, final List<String> hosts, final String seen)
            throws IOException {
        return new Chain(Laboratory.build(management, lab -> {
            lab.router("nve3");
            path(lab, 1, hosts.get(0), hosts.get(1));
            path(lab, 2, hosts.get(2), hosts.get(3));
            lab.vm(Vm.VM1, "nve1");
            lab.vm(Vm.VM2, "nve1");
            lab.vm(Vm.VM3, "nve3");
            lab.place("nve3").ip(via(PRIVATE, 1) + via(seen + "/32", 1));
        }), hosts, seen);
    }

    /** {@return identities of the State Hosts: those of the first path, seen from VM1, then those of the second} */
    public List<String> hosts() {
        return hosts;
    }

    /** {@return its parts} */
    public Laboratory laboratory() {
        return lab;
    }

    /**
     * A namespace.
     *
     * @param id {@code vm1}, {@code fwa}, {@code natb} ...
     * @return the namespace
     */
    public Namespace place(final String id) {
        return lab.place(id);
    }

    /**
     * Move VM1, and the address that VM3 sees with it. Nobody is told.
     *
     * @param number 1 for NVE1, 2 for NVE2
     * @throws IOException if a command fails
     */
    public void move(final int number) throws IOException {
        lab.reattach(Vm.VM1, "nve" + number);
        place("nve3").ip(via(seen + "/32", number));
    }

    /**
     * Empty the tables of all State Hosts.
     *
     * @throws IOException if a table cannot be emptied
     */
    public void forgetFlows() throws IOException {
        for (var host : hosts) {
            place(host).run("conntrack", "-F");
        }
    }

    @Override
    public void close() {
        lab.close();
    }

    private static void path(final Laboratory lab, final int number, final String near, final String far)
            throws IOException {
        final var nve = "nve" + number;
        lab.router(nve);
        lab.middlebox(near, FirewallRules.STRICT.script());
        lab.middlebox(far, FirewallRules.STRICT.script()
            + (far.startsWith("nat") ? new NatRules().source(PRIVATE, "south", PUBLIC).script() : ""));
        lab.link(10 + number, nve, "core", near, "north");
        lab.link(30 + number, near, "south", far, "north");
        lab.link(20 + number, "nve3", far, far, "south");
        lab.configure(nve, "route replace default via 10.1%d.0.2\n".formatted(number));
        lab.configure(near, "route replace %s via 10.1%2$d.0.1\nroute replace default via 10.3%2$d.0.2\n"
            .formatted(PRIVATE, number));
        lab.configure(far, "route replace %s via 10.3%2$d.0.1\nroute replace default via 10.2%2$d.0.1\n"
            .formatted(PRIVATE, number));
    }

    private static String via(final String prefix, final int number) {
        return "route replace " + prefix + " via 10.2" + number + ".0.2\n";
    }
}
