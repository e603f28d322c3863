// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.host;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/**
 * Identity of a VM as a State Host can recognize it in flows (section 5 of the draft).
 *
 * @param addresses its addresses, at least one
 * @param network its virtual network, where addresses of tenants overlap
 */
public record VmIdentity(Set<InetAddress> addresses, Optional<VirtualNetwork> network) {
    /** Addresses that one VM may have. */
    public static final int MAX_ADDRESSES = 64;

    public VmIdentity {
        addresses = Set.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("The VM has no address, so its flows cannot be told from"
                + " those of others: give at least one");
        }
        if (addresses.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException("The VM has " + addresses.size()
                + " addresses, more than " + MAX_ADDRESSES);
        }
        for (var address : addresses) {
            if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLoopbackAddress()) {
                throw new IllegalArgumentException(InetAddresses.toAddrString(address)
                    + " cannot be the address of a VM: it is unspecified, multicast or loopback");
            }
        }
    }

    /**
     * Whether some flows may be those of both.
     *
     * @param other another identity
     * @return true if they share an address in one virtual network
     */
    public boolean overlaps(final VmIdentity other) {
        return network.equals(other.network) && !Collections.disjoint(addresses, other.addresses);
    }

    @Override
    public String toString() {
        return addresses.stream().map(InetAddresses::toAddrString).sorted().collect(Collectors.joining(","))
            + network.map(vn -> " in " + vn).orElse("");
    }
}
