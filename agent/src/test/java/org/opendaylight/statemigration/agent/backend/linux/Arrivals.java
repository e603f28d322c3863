// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import java.util.regex.Pattern;
import org.opendaylight.statemigration.lab.time.Await;

/** Of which flows of TCP and UDP packets have come to a firewall, looked at before they are held or tracked. */
final class Arrivals {
    private static final Pattern FLOW = Pattern.compile("(\\S+) \\. \\S+ \\. \\d+ \\. \\d+ \\. \\d+\\b");

    private final Lab lab;
    private final String firewall;

    private Arrivals(final Lab lab, final String firewall) {
        this.lab = lab;
        this.firewall = firewall;
    }

    /** Begin to look. */
    static Arrivals at(final Lab lab, final String firewall) throws IOException {
        lab.place(firewall).rules("""
            add table inet arrivals
            delete table inet arrivals
            table inet arrivals {
                set flows4 {
                    type ipv4_addr . ipv4_addr . inet_proto . inet_service . inet_service
                    flags dynamic
                    size 1000
                }
                set flows6 {
                    type ipv6_addr . ipv6_addr . inet_proto . inet_service . inet_service
                    flags dynamic
                    size 1000
                }
                chain note {
                    update @flows4 { ip saddr . ip daddr . meta l4proto . th sport . th dport }
                    update @flows6 { ip6 saddr . ip6 daddr . meta l4proto . th sport . th dport }
                }
                chain prerouting {
                    type filter hook prerouting priority -400
                    meta l4proto { tcp, udp } jump note
                }
            }
            """);
        return new Arrivals(lab, firewall);
    }

    /** Wait until packets of so many flows have come from these addresses. */
    void await(final int flows, final InetAddress... from) throws Exception {
        final var sources = Set.of(from);
        Await.until("packets of " + flows + " flows have come to " + firewall, () -> FLOW.matcher(
            lab.in(firewall, "nft -nn list table inet arrivals")).results()
            .filter(flow -> sources.contains(InetAddress.ofLiteral(flow.group(1)))).count() >= flows);
    }
}
