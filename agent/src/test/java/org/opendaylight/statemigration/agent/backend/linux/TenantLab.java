package org.opendaylight.statemigration.agent.backend.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/**
 * Two firewalls that two tenants share. Either tenant has a machine and a peer, and both tenants use the same addresses
 * and ports. At a firewall the interface tells the tenant: it decides about the route and about the conntrack zone.
 */
final class TenantLab implements AutoCloseable {
    static final InetAddress VM = InetAddress.ofLiteral("10.0.0.5");
    static final InetAddress PEER = InetAddress.ofLiteral("10.9.9.9");
    static final int VM_PORT = 40_000;
    static final int PEER_PORT = 5001;

    private static final List<String> FIREWALLS = List.of("fw1", "fw2");

    private final String prefix = "smtn" + ProcessHandle.current().pid() + "-";

    TenantLab() throws IOException {
        try {
            build();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** A tenant. The zones of one firewall mean something else at the other. */
    enum Tenant {
        A(new VirtualNetwork.Vnid(5001), 11, 12),
        B(new VirtualNetwork.VnName("blue"), 12, 11);

        private final VirtualNetwork network;
        private final int zoneAtFirst;
        private final int zoneAtSecond;

        Tenant(final VirtualNetwork network, final int zoneAtFirst, final int zoneAtSecond) {
            this.network = network;
            this.zoneAtFirst = zoneAtFirst;
            this.zoneAtSecond = zoneAtSecond;
        }

        VirtualNetwork network() {
            return network;
        }

        int zone(final String firewall) {
            return firewall.equals("fw1") ? zoneAtFirst : zoneAtSecond;
        }
    }

    Path path(final String name) {
        return Path.of("/run/netns", prefix + name);
    }

    NetworkNamespace namespace(final String name) {
        return new NetworkNamespace(Optional.of(path(name)));
    }

    Map<VirtualNetwork, Integer> zones(final String firewall) {
        return Map.of(Tenant.A.network, Tenant.A.zone(firewall), Tenant.B.network, Tenant.B.zone(firewall));
    }

    /** Move the paths of a tenant's machine to a firewall. */
    void moveTo(final Tenant tenant, final String firewall) throws IOException {
        final int number = FIREWALLS.indexOf(firewall) + 1;
        in("vm" + tenant, "ip route replace default via 10.%d.%d.1 src 10.0.0.5".formatted(net(tenant, "vm"), number));
        in("peer" + tenant,
            "ip route replace default via 10.%d.%d.1 src 10.9.9.9".formatted(net(tenant, "peer"), number));
    }

    ServerSocketChannel listen(final Tenant tenant) throws IOException {
        final var channel = namespace("peer" + tenant).call(ServerSocketChannel::open);
        channel.bind(new InetSocketAddress(PEER, PEER_PORT));
        return channel;
    }

    SocketChannel connect(final Tenant tenant) throws IOException {
        final var channel = namespace("vm" + tenant).call(SocketChannel::open);
        channel.bind(new InetSocketAddress(VM, VM_PORT));
        channel.socket().connect(new InetSocketAddress(PEER, PEER_PORT), 5000);
        return channel;
    }

    String in(final String name, final String script) throws IOException {
        return Lab.run("ip netns exec " + prefix + name + " sh -e -s", script);
    }

    @Override
    public void close() throws IOException {
        for (var name : names()) {
            if (Files.exists(path(name))) {
                Lab.run("ip netns del " + prefix + name, "");
            }
        }
    }

    private static List<String> names() {
        return Stream.concat(FIREWALLS.stream(),
            Stream.of(Tenant.values()).flatMap(tenant -> Stream.of("vm" + tenant, "peer" + tenant))).toList();
    }

    private void build() throws IOException {
        for (var name : names()) {
            Lab.run("ip netns add " + prefix + name, "");
            in(name, "ip link set lo up");
        }
        for (var firewall : FIREWALLS) {
            in(firewall, "echo 1 > /proc/sys/net/ipv4/ip_forward");
            for (var tenant : Tenant.values()) {
                link(firewall, tenant, "vm", VM);
                link(firewall, tenant, "peer", PEER);
            }
            rules(firewall);
        }
        for (var tenant : Tenant.values()) {
            in("vm" + tenant, "ip addr add 10.0.0.5/32 dev lo");
            in("peer" + tenant, "ip addr add 10.9.9.9/32 dev lo");
            moveTo(tenant, "fw1");
        }
    }

    private void link(final String firewall, final Tenant tenant, final String end, final InetAddress address)
            throws IOException {
        final var host = end + tenant;
        final var subnet = "10.%d.%d.".formatted(net(tenant, end), FIREWALLS.indexOf(firewall) + 1);
        Lab.run("ip link add to-" + firewall + " netns " + prefix + host + " type veth peer name " + host + " netns "
            + prefix + firewall, "");
        in(host, "ip link set to-%1$s up; ip addr add %2$s2/24 dev to-%1$s".formatted(firewall, subnet));
        in(firewall, """
            echo 0 > /proc/sys/net/ipv4/conf/%1$s/rp_filter
            ip link set %1$s up
            ip addr add %2$s1/24 dev %1$s
            ip rule add iif %1$s table %3$d
            ip route add %4$s via %2$s2 dev %1$s table %3$d
            """.formatted(host, subnet, 100 + tenant.ordinal(), address.getHostAddress()));
    }

    /** The second one lets nothing begin, so what passes there has been imported. */
    private void rules(final String firewall) throws IOException {
        in(firewall, """
            nft -f - <<'END'
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
            END
            """.formatted(Tenant.A.zone(firewall), Tenant.B.zone(firewall),
                firewall.equals("fw1") ? "ct state new accept" : ""));
    }

    private static int net(final Tenant tenant, final String end) {
        return (end.equals("vm") ? 20 : 30) + tenant.ordinal();
    }
}
