// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

/**
 * Which connections a client opens to its server.
 *
 * @param idle idle connections, for each address family
 * @param bulk bulk connections in both directions, for each address family
 * @param exchanges request/response connections, for each address family
 * @param churn new short-lived connections a second, for each address family
 * @param datagrams UDP flows, for each address family
 * @param ipv4 use IPv4
 * @param ipv6 use IPv6
 */
public record Load(int idle, int bulk, int exchanges, int churn, int datagrams, boolean ipv4, boolean ipv6) {
    /**
     * Long-lived TCP connections only.
     *
     * @param idle idle connections, for each address family
     * @param bulk bulk connections in both directions, for each address family
     * @param exchanges request/response connections, for each address family
     * @param ipv4 use IPv4
     * @param ipv6 use IPv6
     */
    public Load(final int idle, final int bulk, final int exchanges, final boolean ipv4, final boolean ipv6) {
        this(idle, bulk, exchanges, 0, 0, ipv4, ipv6);
    }

    /**
     * The same with short-lived connections too.
     *
     * @param perSecond new connections a second, for each address family
     * @return the load
     */
    public Load withChurn(final int perSecond) {
        return new Load(idle, bulk, exchanges, perSecond, datagrams, ipv4, ipv6);
    }

    /**
     * The same with UDP flows too.
     *
     * @param flows how many, for each address family
     * @return the load
     */
    public Load withDatagrams(final int flows) {
        return new Load(idle, bulk, exchanges, churn, flows, ipv4, ipv6);
    }

    /** {@return how many long-lived TCP connections that is} */
    public int connections() {
        return (idle + bulk + exchanges) * ((ipv4 ? 1 : 0) + (ipv6 ? 1 : 0));
    }
}
