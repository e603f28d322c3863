// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

/**
 * What, beside addresses and protocol, tells two flows apart.
 */
public sealed interface Identifiers {
    /** Protocols of which nothing but the number is known. */
    None NONE = new None();

    /**
     * TCP, UDP, UDP-Lite, SCTP, DCCP.
     *
     * @param source source port, 0..65535
     * @param destination destination port, 0..65535
     */
    record Ports(int source, int destination) implements Identifiers {
        public Ports {
            Identifiers.unsigned("Source port", source, 0xffff);
            Identifiers.unsigned("Destination port", destination, 0xffff);
        }
    }

    /**
     * ICMP and ICMPv6 queries.
     *
     * @param type type, 0..255
     * @param code code, 0..255
     * @param identifier identifier of the query, 0..65535
     */
    record Icmp(int type, int code, int identifier) implements Identifiers {
        public Icmp {
            Identifiers.unsigned("ICMP type", type, 0xff);
            Identifiers.unsigned("ICMP code", code, 0xff);
            Identifiers.unsigned("ICMP identifier", identifier, 0xffff);
        }
    }

    /**
     * GRE. Tunnels of PPTP have the call ids of their ends as keys, all others 0 in both (RFC 2637).
     *
     * @param source key of the source, 0..65535
     * @param destination key of the destination, 0..65535
     */
    record GreKeys(int source, int destination) implements Identifiers {
        public GreKeys {
            Identifiers.unsigned("GRE source key", source, 0xffff);
            Identifiers.unsigned("GRE destination key", destination, 0xffff);
        }
    }

    /** Nothing. */
    record None() implements Identifiers {
    }

    private static void unsigned(final String what, final int value, final int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(what + " " + value + " is not in the range 0.." + max);
        }
    }
}
