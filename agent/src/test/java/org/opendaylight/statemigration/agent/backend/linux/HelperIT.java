// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opendaylight.statemigration.agent.backend.StateTable.Change;
import org.opendaylight.statemigration.agent.backend.StateTable.Creation;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.Verification;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.ExpectationRequests;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.RefusalReason;

/** FTP through firewalls that follow it with the kernel's helper, over a move from the one to the other. */
@ExtendWith(SharedLab.class)
class HelperIT {
    private static final int FTP = 21;
    private static final FlowSelection VM =
        FlowSelection.of(new VmIdentity(Set.of(Lab.VM, Lab.VM6), Optional.empty()));
    private static final String HELPER = """
        table inet helpers {
            ct helper ftp { type "ftp" protocol tcp; }
            chain prerouting {
                type filter hook prerouting priority filter
                tcp dport 21 ct helper set "ftp"
            }
        }
        """;
    private static final String TRANSLATION = """
        table ip translation {
            chain postrouting {
                type nat hook postrouting priority srcnat
                ip saddr 10.1.1.10 meta l4proto tcp snat to 198.51.100.7
            }
        }
        """;

    private final Lab lab;

    private final LinuxStateTable fw1;
    private final LinuxStateTable fw2;
    private final ServerSocketChannel server;
    private SocketChannel vm;
    private SocketChannel peer;

    HelperIT(final Lab lab) throws Exception {
        this.lab = lab;
        rules("");
        final var options = new LinuxOptions(Optional.empty(), Map.of(new VirtualNetwork.Vnid(77), 5),
            HoldPreference.BEST, 64, 4700);
        fw1 = lab.table("fw1", options);
        fw2 = lab.table("fw2", options);
        server = lab.listen("peer", new InetSocketAddress(Lab.PEER, FTP));
    }

    @AfterEach
    void close() throws IOException {
        for (var channel : new Closeable[] { vm, peer, server }) {
            if (channel != null) {
                channel.close();
            }
        }
    }

    @Test
    void dataConnectionThatTheServerAwaitsPassesAfterTheMove() throws Exception {
        logIn();
        try (var first = lab.listen("peer", Lab.PEER); var second = lab.listen("peer", Lab.PEER);
                var unannounced = lab.listen("peer", Lab.PEER);
                var client = lab.namespace("vm").call(SocketChannel::open)) {
            announcePassive(first);
            final var exported = fw1.export(VM);
            assertEquals(1, exported.entries().size(), exported.toString());
            final var flow = exported.entries().getFirst().flow();
            assertEquals(Optional.of("ftp"), flow.helper());
            assertEquals(List.of(new Expectation(Protocols.TCP, Optional.of(Lab.VM), OptionalInt.empty(), Lab.PEER,
                port(first), 0, false, Optional.empty())), timeless(flow));
            final var created = move(exported.entries());

            client.configureBlocking(false);
            client.bind(new InetSocketAddress(Lab.VM, 0));
            client.connect(address(unannounced));
            assertTransfers("vm", Lab.VM, first);
            assertFalse(client.finishConnect(), "nobody has announced it");
            // The helper goes on at the other firewall
            announcePassive(second);
            assertTransfers("vm", Lab.VM, second);
            assertEquals(1, fw2.verify(created.entries()).verified());
            assertEquals(1, fw1.delete(exported.entries()));
            assertEquals(0, expectations("fw1"));
        }
        assertNothingInvalid();
    }

    @Test
    void dataConnectionThatTheVmAwaitsPassesAfterTheMove() throws Exception {
        logIn();
        try (var first = lab.listen("vm", Lab.VM); var second = lab.listen("vm", Lab.VM)) {
            assertEquals(portCommand(Lab.VM, port(first)), announceActive(first));
            final var exported = fw1.export(VM);
            assertEquals(List.of(new Expectation(Protocols.TCP, Optional.of(Lab.PEER), OptionalInt.empty(), Lab.VM,
                port(first), 0, false, Optional.empty())), timeless(exported.entries().getFirst().flow()));
            move(exported.entries());
            assertTransfers("peer", Lab.PEER, first);
            announceActive(second);
            assertTransfers("peer", Lab.PEER, second);
        }
        assertNothingInvalid();
    }

    @Test
    void translatedControlConnectionKeepsItsShiftOfSequenceNumbersAndItsExpectation() throws Exception {
        rules(TRANSLATION);
        logIn();
        try (var first = lab.listen("vm", Lab.VM); var second = lab.listen("vm", Lab.VM)) {
            // The public address is longer than the VM's, so the helper changes the length of the command
            final var told = announceActive(first);
            assertTrue(told.startsWith("PORT 198,51,100,7,"), told);
            final var exported = fw1.export(VM);
            final var flow = exported.entries().getFirst().flow();
            final var shift = ((ProtocolState.Tcp) flow.protocolState()).originator().adjustment().orElseThrow();
            assertEquals(told.length() - portCommand(Lab.VM, port(first)).length(), shift.offsetAfter());
            final var expectation = flow.expectations().getFirst();
            assertEquals(Lab.PUBLIC, expectation.destination());
            assertEquals(Optional.of(new Expectation.Translation(Expectation.Direction.REPLY, port(first))),
                expectation.translation());
            move(exported.entries());

            say(peer, vm, "200 still here\r\n");
            say(vm, peer, "NOOP\r\n");
            assertTransfers("peer", Lab.PEER, new InetSocketAddress(Lab.PUBLIC, expectation.destinationPort()), first);
            final var later = announceActive(second);
            assertTrue(later.startsWith("PORT 198,51,100,7,"), later);
            say(peer, vm, "200 and still\r\n");
            final var numbers = later.trim().split(",");
            assertTransfers("peer", Lab.PEER, new InetSocketAddress(Lab.PUBLIC,
                Integer.parseInt(numbers[4]) * 256 + Integer.parseInt(numbers[5])), second);
        }
        assertNothingInvalid();
    }

    @Test
    void runningDataConnectionMovesAfterItsMaster() throws Exception {
        logIn();
        try (var listener = lab.listen("peer", Lab.PEER)) {
            announcePassive(listener);
            try (var data = lab.connect("vm", Lab.VM, address(listener)); var accepted = listener.accept()) {
                say(data, accepted, "before\r\n");
                final var exported = fw1.export(VM).entries();
                assertEquals(2, exported.size());
                assertEquals(Optional.of(exported.getFirst().flow().key()), exported.getLast().flow().master());
                final var child = exported.getLast().flow();
                assertEquals(RefusalReason.MASTER_MISSING,
                    fw2.create(List.of(child)).refused().getFirst().reason());
                move(exported);
                say(data, accepted, "after\r\n");
                say(accepted, data, "and back\r\n");
                say(vm, peer, "NOOP\r\n");
                final var there = fw2.export(VM).entries();
                assertEquals(child.master(), there.getLast().flow().master());
            }
        }
        assertNothingInvalid();
    }

    @Test
    void expectationThatWasUsedAtTheDestinationIsNoDifference() throws Exception {
        logIn();
        try (var first = lab.listen("peer", Lab.PEER)) {
            announcePassive(first);
            final var created = fw2.create(fw1.export(VM).entries().stream().map(Entry::flow).toList()).entries();
            lab.moveTo("fw2");
            try (var data = lab.connect("vm", Lab.VM, address(first)); var accepted = first.accept()) {
                say(data, accepted, "before its master says anything\r\n");
                assertEquals(0, expectations("fw2"));
                assertEquals(new Verification(1, 0, List.of()), fw2.verify(created));
            }
        }
    }

    @Test
    void runningDataConnectionChangesInItsPlaceThoughItsMasterHasEnded() throws Exception {
        logIn();
        try (var listener = lab.listen("peer", Lab.PEER)) {
            announcePassive(listener);
            try (var data = lab.connect("vm", Lab.VM, address(listener)); var accepted = listener.accept()) {
                say(data, accepted, "before\r\n");
                final var created = fw2.create(fw1.export(VM).entries().stream().map(Entry::flow).toList()).entries();
                assertEquals(1, fw2.delete(created.subList(0, 1)));
                data.shutdownOutput();
                assertEquals(-1, accepted.read(ByteBuffer.allocate(1)));
                final var child = fw1.export(VM).entries().getLast().flow();
                final var updated = fw2.update(List.of(new Change(created.getLast(), child)));
                assertEquals(List.of(), updated.refused());
                assertEquals(created.getLast().identity(), updated.entries().getFirst().identity(), "in place");
                assertEquals(child.protocolState(), fw2.export(VM).entries().getLast().flow().protocolState());
            }
        }
    }

    @Test
    void expectationsComeBackAsTheyWereAndGoWithTheirMaster() throws Exception {
        final var flows = List.of(
            expecting(Flows.withHelper(Flows.tcp(1), "ftp"), false),
            expecting(Flows.withHelper(Flows.sourceNat(Flows.tcp(2), 4002), "ftp"), true),
            expecting(Flows.in(Flows.withHelper(Flows.tcp(1), "ftp"), new VirtualNetwork.Vnid(77)), false));
        final var created = fw2.create(flows);
        assertEquals(List.of(), created.refused());
        assertEquals(new Verification(3, 0, List.of()), fw2.verify(created.entries()));
        assertEquals(3, expectations("fw2"));
        final var exported = fw2.export(VM).entries().stream().map(Entry::flow).toList();
        assertEquals(2, exported.size());
        assertEquals(flows.subList(0, 2).stream().map(HelperIT::timeless).collect(Collectors.toSet()),
            exported.stream().map(HelperIT::timeless).collect(Collectors.toSet()), "the kernel's order is its own");
        final long left = exported.getFirst().expectations().getFirst().timeout();
        assertTrue(left <= 100 && left > 90, "The kernel gives 300 seconds, the flow had 100: " + left);
        assertEquals(created.entries().stream().map(entry -> new Entry(entry.flow(), entry.identity(), true)).toList(),
            fw2.create(flows).entries(), "the same once more, found there");

        lab.in("fw2", "conntrack -F expect 2>/dev/null");
        assertEquals(3, fw2.verify(created.entries()).differences().size());
        assertEquals(3, fw2.delete(created.entries()));
        assertEquals(0, expectations("fw2"));
    }

    @Test
    void expectationOfAnotherFlowIsACollision() throws Exception {
        final var owner = expecting(Flows.withHelper(Flows.tcp(1), "ftp"), false);
        final var other = Flows.withHelper(Flows.tcp(2), "ftp").withExpectations(owner.expectations());
        assertEquals(List.of(), fw2.create(List.of(owner)).refused());
        final var created = fw2.create(List.of(other));
        assertEquals(RefusalReason.COLLISION, created.refused().getFirst().reason(), created.toString());
        assertEquals(List.of(owner.key()), fw2.export(VM).entries().stream().map(each -> each.flow().key()).toList());
    }

    @Test
    void masterWhoseExpectationsCannotBeToldIsCounted() throws Exception {
        final var sip = Flows.withHelper(Flows.udp(1), "sip");
        assertEquals(List.of(), fw1.create(List.of(sip)).refused());
        assertEquals(1, fw1.export(VM).entries().size());
        try (var conntrack = Conntrack.open(lab.namespace("fw1"))) {
            assertEquals(0, conntrack.execute(List.of(ExpectationRequests.create(sip, 0,
                expecting(Flows.withHelper(Flows.udp(1), "sip"), false).expectations().getFirst())))[0]);
        }
        final var exported = fw1.export(VM);
        assertEquals(List.of(), exported.entries());
        assertEquals(RefusalReason.UNSUPPORTED_ATTRIBUTE, exported.omitted().getFirst().reason());
    }

    private static Flow expecting(final Flow flow, final boolean translated) {
        final int protocol = flow.key().protocol();
        return flow.withExpectations(List.of(translated
            ? new Expectation(protocol, Optional.empty(), OptionalInt.empty(), Lab.PUBLIC, 50_001, 100, false,
                Optional.of(new Expectation.Translation(Expectation.Direction.REPLY, 50_002)))
            : new Expectation(protocol, Optional.of(Lab.VM), OptionalInt.of(20), Lab.PEER, 50_003, 100, false,
                Optional.empty())));
    }

    private Creation move(final List<Entry> entries) throws Exception {
        final var created = fw2.create(entries.stream().map(Entry::flow).toList());
        assertEquals(List.of(), created.refused());
        assertEquals(new Verification(entries.size(), 0, List.of()), fw2.verify(created.entries()));
        fw2.takeIntoService(created.entries());
        lab.moveTo("fw2");
        return created;
    }

    private void logIn() throws IOException {
        vm = lab.connect("vm", Lab.VM, new InetSocketAddress(Lab.PEER, FTP));
        peer = server.accept();
        say(peer, vm, "220 at your service\r\n");
        say(vm, peer, "USER anonymous\r\n");
        say(peer, vm, "230 welcome\r\n");
    }

    private void announcePassive(final ServerSocketChannel data) throws IOException {
        say(vm, peer, "PASV\r\n");
        final int port = port(data);
        say(peer, vm, "227 Entering Passive Mode (10,3,3,10,%d,%d)\r\n".formatted(port / 256, port % 256));
    }

    private String announceActive(final ServerSocketChannel data) throws IOException {
        write(vm, portCommand(Lab.VM, port(data)));
        final var told = read(peer);
        say(peer, vm, "200 fine\r\n");
        return told;
    }

    private static String portCommand(final InetAddress address, final int port) {
        return "PORT %s,%d,%d\r\n".formatted(address.getHostAddress().replace('.', ','), port / 256, port % 256);
    }

    private void assertTransfers(final String from, final InetAddress source, final ServerSocketChannel to)
            throws IOException {
        assertTransfers(from, source, address(to), to);
    }

    private void assertTransfers(final String from, final InetAddress source, final InetSocketAddress to,
            final ServerSocketChannel listener) throws IOException {
        try (var data = lab.connect(from, source, to); var accepted = listener.accept()) {
            say(data, accepted, "a file up\r\n");
            say(accepted, data, "a file down\r\n");
        }
    }

    private static void say(final SocketChannel from, final SocketChannel to, final String text) throws IOException {
        write(from, text);
        assertEquals(text, read(to));
    }

    private static void write(final SocketChannel to, final String text) throws IOException {
        to.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String read(final SocketChannel from) throws IOException {
        from.socket().setSoTimeout(5000);
        final var octets = new byte[200];
        final int length = from.socket().getInputStream().read(octets);
        return new String(octets, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }

    private void rules(final String more) throws IOException {
        // Nothing at the second one gives a helper to a connection: it comes with the flow
        lab.rules("fw1", HELPER + more);
        lab.rules("fw2", more);
    }

    private int expectations(final String firewall) throws IOException {
        return (int) lab.in(firewall, "cat /proc/net/nf_conntrack_expect").lines().count();
    }

    private static List<Expectation> timeless(final Flow flow) {
        return flow.expectations().stream().map(each -> each.withTimeout(0)).toList();
    }

    private static InetSocketAddress address(final ServerSocketChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private static int port(final ServerSocketChannel channel) throws IOException {
        return address(channel).getPort();
    }

    private void assertNothingInvalid() throws IOException {
        final var counter = lab.in("fw2", "nft list counter inet firewall invalid");
        assertTrue(counter.contains("packets 0 "), counter);
    }
}
