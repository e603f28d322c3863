// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

/** IP protocol numbers, as assigned by IANA. */
public final class Protocols {
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int DCCP = 33;
    public static final int GRE = 47;
    public static final int ICMPV6 = 58;
    public static final int SCTP = 132;
    public static final int UDP_LITE = 136;

    private Protocols() {
        // Hidden on purpose
    }

    /**
     * Name of a protocol, for people.
     *
     * @param protocol IP protocol number
     * @return the name
     */
    public static String name(final int protocol) {
        return switch (protocol) {
            case ICMP -> "icmp";
            case TCP -> "tcp";
            case UDP -> "udp";
            case DCCP -> "dccp";
            case GRE -> "gre";
            case ICMPV6 -> "icmpv6";
            case SCTP -> "sctp";
            case UDP_LITE -> "udp-lite";
            default -> "protocol " + protocol;
        };
    }
}
