// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.opendaylight.statemigration.lab.namespace.Namespace;
import org.opendaylight.statemigration.lab.namespace.Namespaces;

/**
 * The network that joins a controller with the middleboxes, in a namespace of the controller's own. It is no path for
 * packets of VMs. One controller may outlive many laboratories: they come to this network and leave it again.
 */
public final class ManagementNetwork implements AutoCloseable {
    /** Address of the controller. */
    public static final String CONTROLLER_ADDRESS = "172.30.0.1";

    private static final String CONTROLLER = "ctl";
    /** The last octets of the first and the last middlebox. Each gets a new one, so that no cache knows another. */
    private static final int FIRST = 11;
    private static final int LAST = 254;

    private final Namespaces namespaces;
    private int next = FIRST;

    private ManagementNetwork(final Namespaces namespaces) {
        this.namespaces = requireNonNull(namespaces);
    }

    /**
     * Build the network.
     *
     * @return the network, with nobody in it but the controller's namespace
     * @throws IOException if it cannot be built; nothing is left then
     */
    @SuppressWarnings("checkstyle:illegalCatch")
    public static ManagementNetwork create() throws IOException {
        final var namespaces = new Namespaces();
        try {
            namespaces.add(CONTROLLER)
                .ip("link add mgmt type bridge\nlink set mgmt up\naddr add " + CONTROLLER_ADDRESS + "/24 dev mgmt\n");
            return new ManagementNetwork(namespaces);
        } catch (IOException | RuntimeException e) {
            namespaces.close();
            throw e;
        }
    }

    /** {@return the namespace of the controller} */
    public Namespace controller() {
        return namespaces.get(CONTROLLER);
    }

    synchronized void join(final Namespace middlebox, final String id) throws IOException {
        if (next > LAST) {
            throw new IOException("The management network has no more addresses");
        }
        middlebox.linkTo(controller(), "mgmt", id);
        controller().ip("link set dev %s master mgmt\n".formatted(id));
        middlebox.ip("addr add 172.30.0.%d/24 dev mgmt\n".formatted(next++));
    }

    /** The kernel removes links of a namespace some time after it: the next one could have the same name. */
    synchronized void leave(final String id) throws IOException {
        controller().ip("link delete dev %s\n".formatted(id));
    }

    @Override
    public void close() {
        namespaces.close();
    }
}
