// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import static java.util.Objects.requireNonNull;

/**
 * The virtual network that tells overlapping addresses of tenants apart (section 2 of the draft).
 */
public sealed interface VirtualNetwork {
    /**
     * By Virtual Network Identifier.
     *
     * @param value 24 bits
     */
    record Vnid(int value) implements VirtualNetwork {
        private static final int MAX = 0xffffff;

        public Vnid {
            if (value < 0 || value > MAX) {
                throw new IllegalArgumentException("VNID " + value + " is not in the range 0.." + MAX);
            }
        }

        @Override
        public String toString() {
            return "vnid " + value;
        }
    }

    /**
     * By globally unique name.
     *
     * @param value printable ASCII
     */
    record VnName(String value) implements VirtualNetwork {
        public VnName {
            requireNonNull(value);
        }

        @Override
        public String toString() {
            return "vn " + value;
        }
    }
}
