// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.host;

/**
 * Identity of a State Host, and the name of its NETCONF node in the controller.
 *
 * @param value as YANG type {@code state-host-id}
 */
public record StateHostId(String value) implements Comparable<StateHostId> {
    public StateHostId {
        Identifier.check("State Host id", value);
    }

    @Override
    public int compareTo(final StateHostId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
