package org.opendaylight.statemigration.it.traffic;

/**
 * Which connections a client opens to VM3.
 *
 * @param idle idle connections, for each address family
 * @param bulk bulk connections in both directions, for each address family
 * @param exchanges request/response connections, for each address family
 * @param ipv4 use IPv4
 * @param ipv6 use IPv6
 */
public record Load(int idle, int bulk, int exchanges, boolean ipv4, boolean ipv6) {
    /** {@return how many connections that is} */
    public int connections() {
        return (idle + bulk + exchanges) * ((ipv4 ? 1 : 0) + (ipv6 ? 1 : 0));
    }
}
