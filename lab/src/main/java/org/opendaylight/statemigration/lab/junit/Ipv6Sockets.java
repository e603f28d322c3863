// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Assumptions;

/**
 * Skips tests that open sockets of IPv6 themselves where Java has none: it decides when it starts, by the network that
 * its process began in. Where a machine has IPv6 switched off, the laboratory's namespaces have it nevertheless, and
 * programs that are started in them use it.
 */
public final class Ipv6Sockets {
    private static final boolean AVAILABLE = isAvailable();

    private Ipv6Sockets() {
        // Hidden on purpose
    }

    /**
     * Skip the test if this process cannot open sockets of an address's family.
     *
     * @param address an address of either family
     */
    public static void assumeFor(final InetAddress address) {
        Assumptions.assumeTrue(AVAILABLE || !(address instanceof Inet6Address),
            "Skipped. IPv6 is switched off on this machine, so that Java opens no sockets of it.");
    }

    private static boolean isAvailable() {
        try {
            SocketChannel.open(StandardProtocolFamily.INET6).close();
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
