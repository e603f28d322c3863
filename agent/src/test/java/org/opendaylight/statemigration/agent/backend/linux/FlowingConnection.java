// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * A connection of the VM beside the one that a test is about, which sends in both directions. The agent looks at all
 * liberal entries at the same times. When the kernel checks this one strictly again, the other would be, too, if it
 * were to be.
 */
final class FlowingConnection implements AutoCloseable {
    private static final int OCTETS = 16;
    private static final int TIMEOUT_MILLIS = 8_000;

    private final Lab lab;
    private final ServerSocketChannel server;
    private final SocketChannel client;
    private final SocketChannel accepted;

    /** Opened through the first firewall. */
    FlowingConnection(final Lab lab) throws IOException {
        this.lab = lab;
        server = lab.listen("peer", Lab.PEER);
        client = lab.connect("vm", Lab.VM, (InetSocketAddress) server.getLocalAddress());
        accepted = server.accept();
        exchange();
    }

    /** Its flow, as a table has it. */
    Flow in(final LinuxStateTable table) throws Exception {
        final var address = (InetSocketAddress) client.getLocalAddress();
        return table.export(Move.VM).entries().stream().map(entry -> entry.flow())
            .filter(flow -> flow.key().original().identifiers() instanceof Identifiers.Ports(var port, var other)
                && port == address.getPort()).findFirst().orElseThrow();
    }

    /** Take it over at a firewall through which the paths go, and send until the kernel checks it strictly. */
    void passUntilStrict(final String firewall, final LinuxStateTable table, final Flow flow) throws Exception {
        final var entries = table.create(List.of(flow)).entries();
        table.takeIntoService(entries);
        untilStrict(firewall, flow);
        table.delete(entries);
    }

    /** Send until the kernel checks it strictly at a firewall where it is in service. */
    void untilStrict(final String firewall, final Flow flow) throws Exception {
        Await.until("the kernel checks a connection strictly again", () -> {
            exchange();
            return !lab.isLiberal(firewall, flow);
        });
    }

    @Override
    public void close() throws IOException {
        client.close();
        accepted.close();
        server.close();
    }

    /** Send in both directions. */
    void exchange() throws IOException {
        send(client, accepted);
        send(accepted, client);
    }

    private static void send(final SocketChannel from, final SocketChannel to) throws IOException {
        from.write(ByteBuffer.allocate(OCTETS));
        to.socket().setSoTimeout(TIMEOUT_MILLIS);
        if (to.socket().getInputStream().readNBytes(OCTETS).length < OCTETS) {
            throw new IOException("The connection has ended");
        }
    }
}
