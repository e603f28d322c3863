package org.opendaylight.statemigration.agent.backend.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.BackendException;

/**
 * Two firewalls between a virtual machine and a peer, each a network namespace. The machine and the peer have one link
 * to either firewall; a move changes their routes from one to the other.
 */
final class Lab implements AutoCloseable {
    static final InetAddress VM = InetAddress.ofLiteral("10.1.1.10");
    static final InetAddress VM6 = InetAddress.ofLiteral("fd00:1::10");
    static final InetAddress PEER = InetAddress.ofLiteral("10.3.3.10");
    static final InetAddress PEER6 = InetAddress.ofLiteral("fd00:3::10");
    static final InetAddress PUBLIC = InetAddress.ofLiteral("198.51.100.7");
    static final InetAddress PUBLIC6 = InetAddress.ofLiteral("2001:db8:7::7");

    /** Matches packets that only acknowledge. */
    static final String PURE_ACK = "tcp flags & (fin | syn | rst | psh | ack) == ack";

    private static final List<String> FIREWALLS = List.of("fw1", "fw2");
    private static final List<String> NAMES = List.of("vm", "peer", "fw1", "fw2");

    private final Map<String, LinuxStateTable> tables = new HashMap<>();
    private final List<Move> moves = new ArrayList<>();
    private final String prefix = "smct" + ProcessHandle.current().pid() + "-";

    Lab() throws IOException {
        try {
            build();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    static boolean isPossible() {
        return "root".equals(System.getProperty("user.name")) && Files.isWritable(Path.of("/run"))
            && Files.isExecutable(Path.of("/usr/sbin/ip")) && Files.isExecutable(Path.of("/usr/sbin/nft"));
    }

    Path path(final String name) {
        return Path.of("/run/netns", prefix + name);
    }

    NetworkNamespace namespace(final String name) {
        return new NetworkNamespace(Optional.of(path(name)));
    }

    /** The rules of a firewall. The second one lets nothing begin, so what passes there has been imported. */
    void rules(final String firewall, final String more) throws IOException {
        in(firewall, """
            nft -f - <<'END'
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
            END
            """.formatted(firewall.equals("fw1") ? "ct state new accept" : "", more));
    }

    /** Let the first firewall lose some packets before connection tracking sees them; the other one does not. */
    void lose(final String match) throws IOException {
        in("fw1", "nft add table inet lossy; nft add chain inet lossy prerouting"
            + " '{ type filter hook prerouting priority -310; }'; nft 'add rule inet lossy prerouting " + match
            + " drop'");
    }

    LinuxStateTable table(final String firewall, final Options options) throws BackendException {
        return table(firewall, options, ConntrackEvents.BUFFER);
    }

    /** The state table of a firewall, in place of the one that was opened before. The lab closes it. */
    LinuxStateTable table(final String firewall, final Options options, final int eventBuffer)
            throws BackendException {
        closeTable(firewall);
        final var table = LinuxStateTable.open(options.in(path(firewall)), eventBuffer);
        tables.put(firewall, table);
        return table;
    }

    /** Agents of both firewalls, with the same pools. The lab closes them. */
    Move move() throws BackendException {
        final var move = new Move(this, Move.POOLS);
        moves.add(move);
        return move;
    }

    /** Move the paths of the machine to a firewall. */
    void moveTo(final String firewall) throws IOException {
        final int number = firewall.equals("fw1") ? 1 : 2;
        in("vm", "ip route replace default via 10.11." + number + ".1 src 10.1.1.10\n"
            + "ip -6 route replace default via fd00:11:" + number + "::1 src fd00:1::10");
        in("peer", "ip route replace default via 10.21." + number + ".1 src 10.3.3.10\n"
            + "ip -6 route replace default via fd00:21:" + number + "::1 src fd00:3::10\n"
            // What the first firewall has masqueraded has its own address
            + "ip route replace 10.21.1.1/32 " + (number == 1 ? "dev to-fw1" : "via 10.21.2.1"));
    }

    String in(final String name, final String script) throws IOException {
        return run("ip netns exec " + prefix + name + " sh -e -s", script);
    }

    ServerSocketChannel listen(final String name, final InetAddress address) throws IOException {
        return listen(name, new InetSocketAddress(address, 0));
    }

    ServerSocketChannel listen(final String name, final InetSocketAddress address) throws IOException {
        final var channel = namespace(name).call(ServerSocketChannel::open);
        channel.bind(address);
        return channel;
    }

    SocketChannel connect(final String name, final InetAddress from, final InetSocketAddress to) throws IOException {
        final var channel = namespace(name).call(SocketChannel::open);
        channel.bind(new InetSocketAddress(from, 0));
        channel.socket().connect(to, 5000);
        return channel;
    }

    /** Let it be as it was built, for the next test. */
    void reset() throws IOException {
        // A connection that was cut off is still being closed, and its packets are invalid wherever they pass
        for (var end : List.of("vm", "peer")) {
            in(end, "ss --kill --tcp state all > /dev/null");
        }
        closeMoves();
        for (var firewall : FIREWALLS) {
            closeTable(firewall);
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
    public void close() throws IOException {
        closeMoves();
        FIREWALLS.forEach(this::closeTable);
        for (var name : NAMES) {
            if (Files.exists(path(name))) {
                run("ip netns del " + prefix + name, "");
            }
        }
    }

    private void closeMoves() {
        moves.forEach(Move::close);
        moves.clear();
    }

    private void closeTable(final String firewall) {
        final var table = tables.remove(firewall);
        if (table != null) {
            table.close();
        }
    }

    private void build() throws IOException {
        for (var name : NAMES) {
            run("ip netns add " + prefix + name, "");
            in(name, """
                ip link set lo up
                echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad
                """);
        }
        for (int i = 1; i <= 2; i++) {
            final var firewall = "fw" + i;
            in(firewall, "echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
            link("vm", firewall, 11, i);
            link("peer", firewall, 21, i);
            in(firewall, """
                ip route add 10.1.1.10 via 10.11.%1$d.2
                ip route add 10.3.3.10 via 10.21.%1$d.2
                ip -6 route add fd00:1::10 via fd00:11:%1$d::2
                ip -6 route add fd00:3::10 via fd00:21:%1$d::2
                """.formatted(i));
        }
        in("vm", "ip addr add 10.1.1.10/32 dev lo; ip -6 addr add fd00:1::10/128 dev lo");
        in("peer", "ip addr add 10.3.3.10/32 dev lo; ip -6 addr add fd00:3::10/128 dev lo");
        reset();
    }

    private void link(final String host, final String firewall, final int net, final int number) throws IOException {
        run("ip link add to-" + firewall + " netns " + prefix + host + " type veth peer name to-" + host + " netns "
            + prefix + firewall, "");
        address(host, firewall, net, number, 2);
        address(firewall, host, net, number, 1);
    }

    private void address(final String name, final String other, final int net, final int number, final int end)
            throws IOException {
        in(name, """
            ip link set to-%1$s up
            ip addr add 10.%2$d.%3$d.%4$d/24 dev to-%1$s
            ip -6 addr add fd00:%2$d:%3$d::%4$d/64 dev to-%1$s nodad
            """.formatted(other, net, number, end));
    }

    static String run(final String command, final String input) throws IOException {
        final var process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        final var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + input + ": " + output);
            }
        } catch (InterruptedException e) {
            throw new IOException("Interrupted", e);
        }
        return output;
    }
}
