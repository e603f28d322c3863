// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.opendaylight.statemigration.lab.namespace.Namespace;
import org.opendaylight.statemigration.lab.namespace.Namespaces;

/**
 * Two firewalls that two tenants share: {@code fw1} and {@code fw2}. Either tenant has a VM and a peer ({@code vmA},
 * {@code peerA}, {@code vmB}, {@code peerB}), and both tenants use the same addresses and ports. At a firewall the
 * interface tells the tenant: it decides about the route and about the conntrack zone. IPv4 only.
 */
public class TenantFirewallPair implements AutoCloseable {
    /** Address of either VM. */
    public static final InetAddress VM = InetAddress.ofLiteral("10.0.0.5");
    /** Address of either peer. */
    public static final InetAddress PEER = InetAddress.ofLiteral("10.9.9.9");
    /** Port from which either VM connects. */
    public static final int VM_PORT = 40_000;
    /** Port on which either peer listens. */
    public static final int PEER_PORT = 5001;

    private static final List<String> FIREWALLS = List.of("fw1", "fw2");
    private static final int CONNECT_MILLIS = 5000;

    private final Namespaces namespaces = new Namespaces();

    /**
     * Build it, with all paths through the first firewall.
     *
     * @throws IOException if it cannot be built; nothing is left then
     */
    @SuppressWarnings("checkstyle:illegalCatch")
    public TenantFirewallPair() throws IOException {
        try {
            build();
        } catch (IOException | RuntimeException e) {
            namespaces.close();
            throw e;
        }
    }

    /** A tenant. The zones of one firewall mean something else at the other. */
    public enum Tenant {
        /** Zone 11 at the first firewall, 12 at the second. */
        A(0, 11, 12),
        /** Zone 12 at the first firewall, 11 at the second. */
        B(1, 12, 11);

        private final int number;
        private final int zoneAtFirst;
        private final int zoneAtSecond;

        Tenant(final int number, final int zoneAtFirst, final int zoneAtSecond) {
            this.number = number;
            this.zoneAtFirst = zoneAtFirst;
            this.zoneAtSecond = zoneAtSecond;
        }

        /**
         * The conntrack zone of the tenant.
         *
         * @param firewall the firewall
         * @return the zone there
         */
        public int zone(final String firewall) {
            return firewall.equals("fw1") ? zoneAtFirst : zoneAtSecond;
        }
    }

    /**
     * A namespace.
     *
     * @param name {@code fw1}, {@code vmA}, {@code peerB} ...
     * @return the namespace
     */
    public final Namespace place(final String name) {
        return namespaces.get(name);
    }

    /**
     * Move the paths of a tenant's VM to a firewall.
     *
     * @param tenant the tenant
     * @param firewall the firewall
     * @throws IOException if a command fails
     */
    public final void moveTo(final Tenant tenant, final String firewall) throws IOException {
        final int number = FIREWALLS.indexOf(firewall) + 1;
        place("vm" + tenant)
            .ip("route replace default via 10.%d.%d.1 src 10.0.0.5\n".formatted(net(tenant, "vm"), number));
        place("peer" + tenant)
            .ip("route replace default via 10.%d.%d.1 src 10.9.9.9\n".formatted(net(tenant, "peer"), number));
    }

    /**
     * Let a tenant's peer listen.
     *
     * @param tenant the tenant
     * @return the listening socket
     * @throws IOException if the kernel refuses
     */
    public final ServerSocketChannel listen(final Tenant tenant) throws IOException {
        final var channel = place("peer" + tenant).call(ServerSocketChannel::open);
        channel.bind(new InetSocketAddress(PEER, PEER_PORT));
        return channel;
    }

    /**
     * Open a connection from a tenant's VM to its peer.
     *
     * @param tenant the tenant
     * @return the connection
     * @throws IOException if it cannot be opened
     */
    public final SocketChannel connect(final Tenant tenant) throws IOException {
        final var channel = place("vm" + tenant).call(SocketChannel::open);
        channel.bind(new InetSocketAddress(VM, VM_PORT));
        channel.socket().connect(new InetSocketAddress(PEER, PEER_PORT), CONNECT_MILLIS);
        return channel;
    }

    /**
     * Run a script of the shell in a namespace.
     *
     * @param name the namespace
     * @param script the script
     * @return what it wrote
     * @throws IOException if a command of it fails
     */
    public final String in(final String name, final String script) throws IOException {
        return place(name).shell(script);
    }

    @Override
    public void close() {
        namespaces.close();
    }

    private void build() throws IOException {
        for (var tenant : Tenant.values()) {
            namespaces.add("vm" + tenant).ip("addr add 10.0.0.5/32 dev lo\n");
            namespaces.add("peer" + tenant).ip("addr add 10.9.9.9/32 dev lo\n");
        }
        for (var firewall : FIREWALLS) {
            namespaces.add(firewall).sysctl("ipv4/ip_forward", "1");
            for (var tenant : Tenant.values()) {
                link(firewall, tenant, "vm", VM);
                link(firewall, tenant, "peer", PEER);
            }
            rules(firewall);
        }
        for (var tenant : Tenant.values()) {
            moveTo(tenant, "fw1");
        }
    }

    private void link(final String firewall, final Tenant tenant, final String end, final InetAddress address)
            throws IOException {
        final var host = end + tenant;
        final var subnet = "10.%d.%d.".formatted(net(tenant, end), FIREWALLS.indexOf(firewall) + 1);
        place(host).linkTo(place(firewall), "to-" + firewall, host);
        place(host).ip("addr add %s2/24 dev to-%s\n".formatted(subnet, firewall));
        place(firewall).ip("""
            addr add %2$s1/24 dev %1$s
            rule add iif %1$s table %3$d
            route add %4$s via %2$s2 dev %1$s table %3$d
            """.formatted(host, subnet, 100 + tenant.number, address.getHostAddress()));
    }

    /** The second one lets nothing begin, so what passes there has been imported. */
    private void rules(final String firewall) throws IOException {
        place(firewall).rules("""
            table ip firewall {
                counter invalid { }
                chain tenants {
                    type filter hook prerouting priority raw
                    iifname { "vmA", "peerA" } ct zone set %d
                    iifname { "vmB", "peerB" } ct zone set %d
                }
                chain forward {
                    type filter hook forward priority filter; policy drop;
                    ct state invalid counter name "invalid" drop
                    ct state established,related accept
                    %s
                }
            }
            """.formatted(Tenant.A.zone(firewall), Tenant.B.zone(firewall),
                firewall.equals("fw1") ? "ct state new accept" : ""));
    }

    private static int net(final Tenant tenant, final String end) {
        return (end.equals("vm") ? 20 : 30) + tenant.number;
    }
}
