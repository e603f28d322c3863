package org.opendaylight.statemigration.it.lab;

import java.util.List;

/** Virtual machines of the laboratory. */
public enum Vm {
    /** The one that moves. */
    VM1("vm1", "10.1.1.10", "fd00:1::10"),
    /** A bystander: stays at NVE1, and its flows at FW1. */
    VM2("vm2", "10.1.1.20", "fd00:1::20"),
    /** The peer of both. */
    VM3("vm3", "10.3.3.10", "fd00:3::10");

    private final String id;
    private final String ipv4;
    private final String ipv6;

    Vm(final String id, final String ipv4, final String ipv6) {
        this.id = id;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /** {@return its name in the topology} */
    public String id() {
        return id;
    }

    /** {@return its IPv4 address} */
    public String ipv4() {
        return ipv4;
    }

    /** {@return its IPv6 address} */
    public String ipv6() {
        return ipv6;
    }

    /** {@return all its addresses} */
    public List<String> addresses() {
        return List.of(ipv4, ipv6);
    }
}
