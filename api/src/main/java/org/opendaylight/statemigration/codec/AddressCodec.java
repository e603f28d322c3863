// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IetfInetUtil;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IpAddressNoZone;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IpPrefix;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.PortNumber;
import org.opendaylight.yangtools.yang.common.Uint16;

/** Addresses, prefixes and ports. */
public final class AddressCodec {
    private AddressCodec() {
        // Hidden on purpose
    }

    /**
     * Address to YANG.
     *
     * @param address an address
     * @return the same in YANG
     */
    public static IpAddressNoZone encode(final InetAddress address) {
        return IetfInetUtil.ipAddressNoZoneFor(address);
    }

    /**
     * Address from YANG.
     *
     * @param address an address, or null
     * @param place where it stands, for the error
     * @return the same in Java
     */
    public static InetAddress decode(final IpAddressNoZone address, final String place) {
        return IetfInetUtil.inetAddressForNoZone(Required.value(address, place));
    }

    /**
     * Addresses to YANG.
     *
     * @param addresses addresses
     * @return the same in YANG
     */
    public static Set<IpAddressNoZone> encodeAll(final Set<InetAddress> addresses) {
        final var encoded = new LinkedHashSet<IpAddressNoZone>();
        addresses.forEach(address -> encoded.add(encode(address)));
        return encoded;
    }

    /**
     * Addresses from YANG.
     *
     * @param addresses addresses, or null for none
     * @return the same in Java
     */
    public static Set<InetAddress> decodeAll(final Set<IpAddressNoZone> addresses) {
        final var decoded = new LinkedHashSet<InetAddress>();
        if (addresses != null) {
            addresses.forEach(address -> decoded.add(IetfInetUtil.inetAddressForNoZone(address)));
        }
        return decoded;
    }

    /**
     * Prefixes to YANG.
     *
     * @param prefixes prefixes
     * @return the same in YANG
     */
    public static Set<IpPrefix> encodePrefixes(final List<org.opendaylight.statemigration.host.IpPrefix> prefixes) {
        final var encoded = new LinkedHashSet<IpPrefix>();
        prefixes.forEach(prefix -> encoded.add(IetfInetUtil.ipPrefixFor(prefix.address(), prefix.length())));
        return encoded;
    }

    /**
     * Prefixes from YANG.
     *
     * @param prefixes prefixes, or null for none
     * @return the same in Java
     */
    public static List<org.opendaylight.statemigration.host.IpPrefix> decodePrefixes(final Set<IpPrefix> prefixes) {
        final var decoded = new ArrayList<org.opendaylight.statemigration.host.IpPrefix>();
        if (prefixes != null) {
            for (var prefix : prefixes) {
                decoded.add(org.opendaylight.statemigration.host.IpPrefix.parse(prefix.stringValue()));
            }
        }
        return decoded;
    }

    static PortNumber encodePort(final int port) {
        return new PortNumber(Uint16.valueOf(port));
    }

    static int decodePort(final PortNumber port, final String place) {
        return Required.value(port, place).getValue().intValue();
    }
}
