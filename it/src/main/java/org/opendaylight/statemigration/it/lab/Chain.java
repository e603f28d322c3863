package org.opendaylight.statemigration.it.lab;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;

/**
 * Two State Hosts in a row on each path, a firewall and behind it a translation of source addresses:
 * <pre>
 *   VM1 ---- NVE1 ---- FWA ---- NATA ---- NVE3 ---- VM3
 *   VM2 -----'                            |
 *   (VM1) -- NVE2 ---- FWB ---- NATB -----'
 * </pre>
 * Both translate to the same public address, which NVE3 sends to the one or the other, by where VM1 is. IPv4 only.
 */
public final class Chain implements AutoCloseable {
    /** The address that VM3 sees. */
    public static final String PUBLIC = "192.0.2.1";
    /** Identities of the State Hosts. */
    public static final List<String> HOSTS = List.of("fwa", "nata", "fwb", "natb");

    private static final String PRIVATE = "10.1.1.0/24";

    private final Laboratory lab;

    private Chain(final Laboratory lab) {
        this.lab = requireNonNull(lab);
    }

    /**
     * Build it, with VM1 at NVE1.
     *
     * @return the laboratory
     * @throws IOException if it cannot be built; nothing is left then
     */
    public static Chain build() throws IOException {
        return new Chain(Laboratory.build(lab -> {
            lab.router("nve3");
            path(lab, 1, "a");
            path(lab, 2, "b");
            lab.machine(Vm.VM1, "nve1");
            lab.machine(Vm.VM2, "nve1");
            lab.machine(Vm.VM3, "nve3");
            lab.place("nve3").ip(publicVia(1));
        }));
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
     * Move VM1, and the public address with it. Nobody is told.
     *
     * @param number 1 for NVE1, 2 for NVE2
     * @throws IOException if a command fails
     */
    public void move(final int number) throws IOException {
        lab.reattach(Vm.VM1, "nve" + number);
        place("nve3").ip(publicVia(number));
    }

    /**
     * Empty the tables of all State Hosts.
     *
     * @throws IOException if a table cannot be emptied
     */
    public void forgetFlows() throws IOException {
        for (var host : HOSTS) {
            place(host).run("conntrack", "-F");
        }
    }

    @Override
    public void close() {
        lab.close();
    }

    private static void path(final Laboratory lab, final int number, final String letter) throws IOException {
        final var nve = "nve" + number;
        final var firewall = "fw" + letter;
        final var nat = "nat" + letter;
        lab.router(nve);
        lab.middlebox(firewall, Policy.STRICT.script());
        lab.middlebox(nat, Policy.STRICT.script() + new Nat().source(PRIVATE, "south", PUBLIC).script());
        lab.cable(10 + number, nve, "core", firewall, "north");
        lab.cable(30 + number, firewall, "south", nat, "north");
        lab.cable(20 + number, "nve3", nat, nat, "south");
        lab.configure(nve, "route replace default via 10.1%d.0.2\n".formatted(number));
        lab.configure(firewall, "route replace %s via 10.1%2$d.0.1\nroute replace default via 10.3%2$d.0.2\n"
            .formatted(PRIVATE, number));
        lab.configure(nat, "route replace %s via 10.3%2$d.0.1\nroute replace default via 10.2%2$d.0.1\n"
            .formatted(PRIVATE, number));
    }

    private static String publicVia(final int number) {
        return "route replace " + PUBLIC + "/32 via 10.2" + number + ".0.2\n";
    }
}
