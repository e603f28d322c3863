// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.opendaylight.statemigration.lab.namespace.Namespace;

/**
 * Figure 1 of the draft, with a second VM at NVE1 and a management network:
 * <pre>
 *   VM1 ---- NVE1 ---- FW1 ---- NVE3 ---- VM3
 *   VM2 -----' :        |        |
 *   (VM1) -- NVE2 ---- FW2 ------'
 *                       |
 *        controller ----+---- FW1       management network, not a path for packets of the VMs
 * </pre>
 * A move takes VM1's cable out of NVE1, puts it into NVE2 and changes the routes at NVE3, as the controller of a
 * network would. The cable between NVE1 and NVE2 carries nothing until the path through FW1 breaks (section 3.2) and a
 * {@link #detour} is made.
 *
 * <p>Extended, it has a third site, NVE4 with FW3; VM5 at NVE2; and a peer VM4 at NVE5, behind a third port
 * of FW1.
 */
public final class Figure1 implements AutoCloseable {
    private static final String PEER_EDGE = "nve5";

    private final Laboratory lab;
    private final List<Site> sites;
    private Site site = Site.ONE;

    private Figure1(final Laboratory lab, final List<Site> sites) {
        this.lab = requireNonNull(lab);
        this.sites = List.copyOf(sites);
    }

    /**
     * Build the laboratory, with VM1 at site one and strict firewalls. What a killed run left behind is removed first.
     *
     * @param management where the controller is
     * @return the laboratory
     * @throws IOException if it cannot be built; nothing is left then
     */
    public static Figure1 build(final ManagementNetwork management) throws IOException {
        final var sites = List.of(Site.ONE, Site.TWO);
        return new Figure1(Laboratory.build(management, lab -> create(lab, sites)), sites);
    }

    /**
     * Build the laboratory with a third site and further VMs.
     *
     * @param management where the controller is
     * @return the laboratory
     * @throws IOException if it cannot be built; nothing is left then
     */
    public static Figure1 extended(final ManagementNetwork management) throws IOException {
        final var sites = List.of(Site.values());
        return new Figure1(Laboratory.build(management, lab -> {
            create(lab, sites);
            extend(lab);
        }), sites);
    }

    /** {@return its parts} */
    public Laboratory laboratory() {
        return lab;
    }

    /**
     * A namespace.
     *
     * @param id {@code vm1}, {@code nve1}, {@code fw1} ...
     * @return the namespace
     */
    public Namespace place(final String id) {
        return lab.place(id);
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

    /** {@return the sites there are: two, or all three} */
    public List<Site> sites() {
        return sites;
    }

    /** {@return where VM1 is} */
    public Site site() {
        return site;
    }

    /**
     * Give all firewalls a policy. Entries of their tables stay.
     *
     * @param policy the policy
     * @throws IOException if the rules cannot be loaded
     */
    public void policy(final FirewallRules policy) throws IOException {
        for (var which : sites) {
            firewall(which).rules(policy.script());
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
            lab.reattach(Vm.VM1, to.nve());
            place("nve3").ip(routeTo(Vm.VM1, to));
            site = to;
        }
    }

    /**
     * Send packets between NVE1 and NVE3 over NVE2 and FW2, as a network does that has noticed a broken path.
     *
     * @throws IOException if a command fails
     */
    public void detour() throws IOException {
        place("nve1").ip(towards("10.3.3.0/24", 13, 2) + towards("fd00:3::/64", 13, 2));
        place("nve3").ip(routeTo(Vm.VM1, Site.TWO) + routeTo(Vm.VM2, Site.TWO));
    }

    /**
     * Send packets between NVE1 and NVE3 over FW1, as at first.
     *
     * @throws IOException if a command fails
     */
    public void endDetour() throws IOException {
        place("nve3").ip(routeTo(Vm.VM1, Site.ONE) + routeTo(Vm.VM2, Site.ONE));
        place("nve1").ip(towards("10.3.3.0/24", 11, 2) + towards("fd00:3::/64", 11, 2));
    }

    /**
     * Empty the tables of all firewalls, where the kernel keeps also closed connections for a while.
     *
     * @throws IOException if a table cannot be emptied
     */
    public void forgetFlows() throws IOException {
        for (var each : sites) {
            firewall(each).run("conntrack", "-F");
        }
    }

    @Override
    public void close() {
        lab.close();
    }

    private static void create(final Laboratory lab, final List<Site> sites) throws IOException {
        lab.router("nve3");
        for (var which : sites) {
            wire(lab, which);
        }
        lab.vm(Vm.VM1, "nve1");
        lab.vm(Vm.VM2, "nve1");
        lab.vm(Vm.VM3, "nve3");
        lab.link(13, "nve1", "nve2", "nve2", "nve1");
        for (var vm : List.of(Vm.VM1, Vm.VM2)) {
            // For packets that come to NVE2 on the detour; a VM that is attached there has a better route
            lab.configure("nve2", towards(vm.ipv4() + "/31", 13, 1) + towards(vm.ipv6() + "/127", 13, 1));
            lab.place("nve3").ip(routeTo(vm, Site.ONE));
        }
    }

    private static void extend(final Laboratory lab) throws IOException {
        lab.vm(Vm.VM5, "nve2");
        lab.place("nve3").ip(routeTo(Vm.VM5, Site.TWO));
        lab.router(PEER_EDGE);
        lab.vm(Vm.VM4, PEER_EDGE);
        lab.link(31, "fw1", "east", PEER_EDGE, "fw1");
        lab.configure("fw1", towards("10.4.4.0/24", 31, 2) + towards("fd00:4::/64", 31, 2));
        lab.configure(PEER_EDGE, towards("default", 31, 1) + towards("::/0", 31, 1));
    }

    /** The firewall of a site between its edge and NVE3, and in the management network. */
    private static void wire(final Laboratory lab, final Site which) throws IOException {
        final int inner = which == Site.THREE ? 14 : 10 + which.number();
        final int outer = 20 + which.number();
        final var fw = which.firewall();
        lab.router(which.nve());
        lab.middlebox(fw, FirewallRules.STRICT.script());
        lab.link(inner, which.nve(), "core", fw, "north");
        lab.link(outer, "nve3", fw, fw, "south");
        lab.configure(which.nve(), towards("default", inner, 2) + towards("::/0", inner, 2));
        lab.configure(fw, towards("10.1.1.0/24", inner, 1) + towards("fd00:1::/64", inner, 1)
            + towards("default", outer, 1) + towards("::/0", outer, 1));
    }

    private static String routeTo(final Vm vm, final Site site) {
        final int outer = 20 + site.number();
        return towards(vm.ipv4() + "/32", outer, 2) + towards(vm.ipv6() + "/128", outer, 2);
    }

    private static String towards(final String prefix, final int network, final int end) {
        return "route replace " + prefix + " via " + (prefix.contains(":") ? "fd00:" + network + "::" + end
            : "10." + network + ".0." + end) + "\n";
    }
}
