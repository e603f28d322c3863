// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.opendaylight.statemigration.lab.namespace.Namespaces;

/** Namespaces, links, addresses and the firewalls' routes of a {@link FirewallPair}. */
final class FirewallPairCabling {
    private final Namespaces namespaces;
    private final List<String> hosts;
    private final List<String> firewalls;

    FirewallPairCabling(final Namespaces namespaces, final List<String> hosts, final List<String> firewalls) {
        this.namespaces = requireNonNull(namespaces);
        this.hosts = List.copyOf(hosts);
        this.firewalls = List.copyOf(firewalls);
    }

    void build() throws IOException {
        for (var host : hosts) {
            add(host);
        }
        for (int i = 1; i <= firewalls.size(); i++) {
            final var firewall = firewalls.get(i - 1);
            add(firewall);
            namespaces.get(firewall).sysctl("ipv4/ip_forward", "1");
            namespaces.get(firewall).sysctl("ipv6/conf/all/forwarding", "1");
            link("vm", firewall, 11, i);
            link("peer", firewall, 21, i);
            namespaces.get(firewall).ip("""
                route add 10.1.1.10 via 10.11.%1$d.2
                route add 10.3.3.10 via 10.21.%1$d.2
                route add fd00:1::10 via fd00:11:%1$d::2
                route add fd00:3::10 via fd00:21:%1$d::2
                """.formatted(i));
        }
        namespaces.get("vm").ip("addr add 10.1.1.10/32 dev lo\naddr add fd00:1::10/128 dev lo\n");
        namespaces.get("peer").ip("addr add 10.3.3.10/32 dev lo\naddr add fd00:3::10/128 dev lo\n");
    }

    private void add(final String name) throws IOException {
        namespaces.add(name).sysctl("ipv6/conf/default/accept_dad", "0");
    }

    private void link(final String host, final String firewall, final int net, final int number) throws IOException {
        namespaces.get(host).linkTo(namespaces.get(firewall), "to-" + firewall, "to-" + host);
        namespaces.get(host).ip(addresses(firewall, net, number, 2));
        namespaces.get(firewall).ip(addresses(host, net, number, 1));
    }

    private static String addresses(final String other, final int net, final int number, final int end) {
        return """
            addr add 10.%2$d.%3$d.%4$d/24 dev to-%1$s
            addr add fd00:%2$d:%3$d::%4$d/64 dev to-%1$s nodad
            """.formatted(other, net, number, end);
    }
}
