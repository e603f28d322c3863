// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

/** The places where VM1 may run: an edge and the firewall behind it. */
public enum Site {
    /** NVE1 and FW1. */
    ONE(1, "nve1"),
    /** NVE2 and FW2. */
    TWO(2, "nve2"),
    /** NVE4 and FW3: not in the draft's figure, only in {@link Figure1#extended}. */
    THREE(3, "nve4");

    private final int number;
    private final String nve;

    Site(final int number, final String nve) {
        this.number = number;
        this.nve = nve;
    }

    /** {@return the number of its firewall} */
    public int number() {
        return number;
    }

    /** {@return name of the edge in the topology} */
    public String nve() {
        return nve;
    }

    /** {@return name of the firewall in the topology, its identity as State Host} */
    public String firewall() {
        return "fw" + number;
    }

    /** {@return the other one of sites one and two} */
    public Site other() {
        return this == ONE ? TWO : ONE;
    }
}
