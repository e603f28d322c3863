package org.opendaylight.statemigration.it.lab;

/** The two places where VM1 may run: an edge and the firewall behind it. */
public enum Site {
    /** NVE1 and FW1. */
    ONE(1),
    /** NVE2 and FW2. */
    TWO(2);

    private final int number;

    Site(final int number) {
        this.number = number;
    }

    /** {@return 1 or 2} */
    public int number() {
        return number;
    }

    /** {@return name of the edge in the topology} */
    public String nve() {
        return "nve" + number;
    }

    /** {@return name of the firewall in the topology, its identity as State Host} */
    public String firewall() {
        return "fw" + number;
    }

    /** {@return the other site} */
    public Site other() {
        return this == ONE ? TWO : ONE;
    }
}
