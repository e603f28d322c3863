// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import static java.util.Objects.requireNonNull;

/**
 * Where to listen or whom to call.
 *
 * @param address IP address or host name
 * @param port TCP port, 1 to 65535
 */
public record Endpoint(String address, int port) {
    public Endpoint {
        requireNonNull(address);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("Port " + port + " is not in the range 1..65535");
        }
    }

    @Override
    public String toString() {
        return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
    }
}
