// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Rules of address translation for a middlebox. A public address need not be one of its own: it only has to be routed
 * there. That is better, too, since its kernel would answer strangers at an address of its own.
 */
public final class NatRules {
    private final List<String> incoming = new ArrayList<>();
    private final List<String> outgoing = new ArrayList<>();

    /** No rules. */
    public NatRules() {
        // Rules are added
    }

    /**
     * Translate source addresses to a public address.
     *
     * @param inside addresses to be translated, a prefix
     * @param port name of the port by which packets leave
     * @param address the public address, of the same family
     * @return this
     */
    public NatRules source(final String inside, final String port, final String address) {
        outgoing.add("oifname \"%s\" %s saddr %s snat %2$s to %s".formatted(port, family(inside), inside, address));
        return this;
    }

    /**
     * Translate source addresses to that of the port by which packets leave.
     *
     * @param inside addresses to be translated, a prefix
     * @param port name of the port
     * @return this
     */
    public NatRules masquerade(final String inside, final String port) {
        outgoing.add("oifname \"%s\" %s saddr %s masquerade".formatted(port, family(inside), inside));
        return this;
    }

    /**
     * Translate a public service to an inside one.
     *
     * @param address the public address
     * @param service its TCP and UDP port
     * @param inside address of the server, of the same family
     * @param insideService its port there
     * @return this
     */
    public NatRules destination(final String address, final int service, final String inside, final int insideService) {
        final var host = inside.contains(":") ? "[" + inside + "]" : inside;
        for (var protocol : List.of("tcp", "udp")) {
            incoming.add("%s daddr %s %s dport %d dnat %1$s to %s:%d".formatted(family(address), address, protocol,
                service, host, insideService));
        }
        return this;
    }

    /** {@return a script for {@code nft}; replaces earlier rules of this kind and no others} */
    public String script() {
        return """
            table inet translation
            delete table inet translation
            table inet translation {
              chain incoming {
                type nat hook prerouting priority dstnat; policy accept;
                %s
              }
              chain outgoing {
                type nat hook postrouting priority srcnat; policy accept;
                %s
              }
            }
            """.formatted(String.join("\n", incoming), String.join("\n", outgoing));
    }

    private static String family(final String address) {
        return address.contains(":") ? "ip6" : "ip";
    }
}
