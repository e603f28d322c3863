// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A VM of a laboratory.
 *
 * @param id its name in the topology, without hyphens
 * @param ipv4 its IPv4 address
 * @param ipv6 its IPv6 address, as short as RFC 5952 has it
 */
public record Vm(String id, String ipv4, String ipv6) {
    /** The one that moves. */
    public static final Vm VM1 = new Vm("vm1", "10.1.1.10", "fd00:1::10");
    /** A bystander: stays at NVE1, and its flows at FW1. */
    public static final Vm VM2 = new Vm("vm2", "10.1.1.20", "fd00:1::20");
    /** The peer of both. */
    public static final Vm VM3 = new Vm("vm3", "10.3.3.10", "fd00:3::10");
    /** Another peer, whose path leaves FW1 by a port of its own. */
    public static final Vm VM4 = new Vm("vm4", "10.4.4.10", "fd00:4::10");
    /** A bystander at NVE2, whose flows are always at FW2. */
    public static final Vm VM5 = new Vm("vm5", "10.1.1.50", "fd00:1::50");

    public Vm {
        requireNonNull(id);
        requireNonNull(ipv4);
        requireNonNull(ipv6);
    }

    /** {@return all its addresses} */
    public List<String> addresses() {
        return List.of(ipv4, ipv6);
    }
}
