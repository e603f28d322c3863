// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

/** How to hold packets. */
public enum HoldPreference {
    /**
     * In a queue if the kernel can and no virtual networks are configured, else drop them. Packets wait before
     * connection tracking, where the kernel does not tell one virtual network from another.
     */
    BEST,
    /** Drop them. */
    DROP
}
