// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.opendaylight.statemigration.lab.junit.Ipv6Sockets;
import org.opendaylight.statemigration.lab.kernel.RawSocket;
import org.opendaylight.statemigration.lab.namespace.Namespace;
import org.opendaylight.statemigration.lab.namespace.Namespaces;

/**
 * Two firewalls between a VM and a peer, each a network namespace: {@code vm}, {@code peer}, {@code fw1}
 * and {@code fw2}. The VM and the peer have one link to either firewall; a move changes their routes from one to the
 * other.
 */
public class FirewallPair implements AutoCloseable {
    /** IPv4 address of the VM. */
    public static final InetAddress VM = InetAddress.ofLiteral("10.1.1.10");
    /** IPv6 address of the VM. */
    public static final InetAddress VM6 = InetAddress.ofLiteral("fd00:1::10");
    /** IPv4 address of the peer. */
    public static final InetAddress PEER = InetAddress.ofLiteral("10.3.3.10");
    /** IPv6 address of the peer. */
    public static final InetAddress PEER6 = InetAddress.ofLiteral("fd00:3::10");
    /** IPv4 address to which a firewall may translate. */
    public static final InetAddress PUBLIC = InetAddress.ofLiteral("198.51.100.7");
    /** IPv6 address to which a firewall may translate. */
    public static final InetAddress PUBLIC6 = InetAddress.ofLiteral("2001:db8:7::7");

    /** Matches packets that only acknowledge. */
    public static final String PURE_ACK = "tcp flags & (fin | syn | rst | psh | ack) == ack";

    /** Names of the firewalls. */
    protected static final List<String> FIREWALLS = List.of("fw1", "fw2");

    private static final List<String> HOSTS = List.of("vm", "peer");
    private static final int CONNECT_MILLIS = 5000;
    private static final int RAW_TIMEOUT_MILLIS = 300;

    private final Namespaces namespaces = new Namespaces();

    /**
     * Build it, with all paths through the first firewall.
     *
     * @throws IOException if it cannot be built; nothing is left then
     */
    @SuppressWarnings("checkstyle:illegalCatch")
    public FirewallPair() throws IOException {
        try {
            new FirewallPairCabling(namespaces, HOSTS, FIREWALLS).build();
            for (var firewall : FIREWALLS) {
                rules(firewall, "");
            }
            moveTo("fw1");
        } catch (IOException | RuntimeException e) {
            namespaces.close();
            throw e;
        }
    }

    /**
     * A namespace.
     *
     * @param name {@code vm}, {@code peer}, {@code fw1} or {@code fw2}
     * @return the namespace
     */
    public final Namespace place(final String name) {
        return namespaces.get(name);
    }

    /**
     * Load the rules of a firewall. The second one lets nothing begin, so what passes there has been imported.
     *
     * @param firewall the firewall
     * @param more chains or tables that are added to the script for {@code nft}
     * @throws IOException if they cannot be loaded
     */
    public final void rules(final String firewall, final String more) throws IOException {
        place(firewall).rules("""
            flush ruleset
            table inet firewall {
                counter invalid { }
                chain forward {
                    type filter hook forward priority filter; policy drop;
                    ct state invalid counter name "invalid" drop
                    ct state established,related accept
                    %s
                }
            }
            %s
            """.formatted(firewall.equals("fw1") ? "ct state new accept" : "", more));
    }

    /**
     * Let the first firewall lose some packets before connection tracking sees them; the other one does not.
     *
     * @param match what is lost, as {@code nft} writes it
     * @throws IOException if the rules cannot be loaded
     */
    public final void lose(final String match) throws IOException {
        place("fw1").rules("""
            add table inet lossy
            add chain inet lossy prerouting { type filter hook prerouting priority -310; }
            add rule inet lossy prerouting %s drop
            """.formatted(match));
    }

    /**
     * Move the paths of the VM to a firewall.
     *
     * @param firewall the firewall
     * @throws IOException if a command fails
     */
    public final void moveTo(final String firewall) throws IOException {
        final int number = FIREWALLS.indexOf(firewall) + 1;
        place("vm").ip("""
            route replace default via 10.11.%1$d.1 src 10.1.1.10
            route replace ::/0 via fd00:11:%1$d::1 src fd00:1::10
            """.formatted(number));
        place("peer").ip("""
            route replace default via 10.21.%1$d.1 src 10.3.3.10
            route replace ::/0 via fd00:21:%1$d::1 src fd00:3::10
            route replace 10.21.1.1/32 %2$s
            """
            // The last one: what the first firewall has masqueraded has its own address
            .formatted(number, number == 1 ? "dev to-fw1" : "via 10.21.2.1"));
    }

    /**
     * Run a script of the shell in a namespace.
     *
     * @param name the namespace
     * @param script the script
     * @return what it wrote
     * @throws IOException if a command of it fails
     */
    public final String in(final String name, final String script) throws IOException {
        return place(name).shell(script);
    }

    /**
     * Listen to TCP connections, on a port that the kernel chooses.
     *
     * @param name the namespace
     * @param address an address of it
     * @return the listening socket
     * @throws IOException if the kernel refuses
     */
    public final ServerSocketChannel listen(final String name, final InetAddress address) throws IOException {
        return listen(name, new InetSocketAddress(address, 0));
    }

    /**
     * Listen to TCP connections.
     *
     * @param name the namespace
     * @param address an address of it, and a port
     * @return the listening socket
     * @throws IOException if the kernel refuses
     */
    public final ServerSocketChannel listen(final String name, final InetSocketAddress address) throws IOException {
        Ipv6Sockets.assumeFor(address.getAddress());
        final var channel = place(name).call(ServerSocketChannel::open);
        channel.bind(address);
        return channel;
    }

    /**
     * Open a TCP connection.
     *
     * @param name the namespace
     * @param from an address of it
     * @param to the server
     * @return the connection
     * @throws IOException if it cannot be opened
     */
    public final SocketChannel connect(final String name, final InetAddress from, final InetSocketAddress to)
            throws IOException {
        Ipv6Sockets.assumeFor(from);
        final var channel = place(name).call(SocketChannel::open);
        channel.bind(new InetSocketAddress(from, 0));
        channel.socket().connect(to, CONNECT_MILLIS);
        return channel;
    }

    /**
     * Open a raw socket, which waits 300 ms for a packet.
     *
     * @param name the namespace
     * @param protocol IP protocol number
     * @param local an address of the namespace
     * @param remote the only address to which it sends and from which it receives
     * @return the socket
     * @throws IOException if the kernel refuses
     */
    public final RawSocket rawSocket(final String name, final int protocol, final InetAddress local,
            final InetAddress remote) throws IOException {
        return place(name).call(() -> RawSocket.open(protocol, local, remote, RAW_TIMEOUT_MILLIS));
    }

    /**
     * Restore what was built, for the next test.
     *
     * @throws IOException if a command fails
     */
    public void reset() throws IOException {
        // A connection that was cut off is still being closed, and its packets are invalid wherever they pass
        for (var host : HOSTS) {
            in(host, "ss --kill --tcp state all > /dev/null");
        }
        for (var firewall : FIREWALLS) {
            rules(firewall, "");
            in(firewall, """
                conntrack -F 2>/dev/null
                conntrack -F expect 2>/dev/null
                ip addr del 198.51.100.7/32 dev lo 2>/dev/null || true
                """);
        }
        moveTo("fw1");
    }

    @Override
    public void close() {
        namespaces.close();
    }
}
