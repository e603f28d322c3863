// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryReader;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.DecodedEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.EntryComparison;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.ifma.RefusalReason;

/** Messages of a real kernel, expressed as flows. */
class RecordedEntriesTest {
    private static final InetAddress VM = Lab.VM;
    private static final InetAddress PEER = Lab.PEER;

    @Test
    void tcpHasStateScalesFlagsAndCounters() throws IOException {
        final var flow = flow("tcp");
        assertEquals(new Tuple(VM, PEER, new Identifiers.Ports(57065, 38607)), flow.key().original());
        assertEquals(flow.key().original().inverse(), flow.reply());
        final var end = new TcpEnd(OptionalInt.of(10), true, false);
        assertEquals(new ProtocolState.Tcp(TcpState.ESTABLISHED, end, end), flow.protocolState());
        assertTrue(flow.seenReply() && flow.assured() && flow.nat().isNone());
        assertEquals(new Counters(3, 174), flow.originalCounters());
        assertEquals(new Counters(2, 112), flow.replyCounters());
        assertEquals(431_999, flow.timeout());
        assertEquals(Lab.VM6, flow("tcp-over-ipv6").key().original().source());
    }

    @Test
    void translationIsToldFromTheReply() throws IOException {
        assertEquals(new Nat(Optional.of(new Nat.Endpoint(Lab.PUBLIC, OptionalInt.of(40014))), Optional.empty()),
            flow("source-nat").nat());
        assertEquals(new Nat(Optional.empty(), Optional.of(new Nat.Endpoint(VM, OptionalInt.of(8080)))),
            flow("destination-nat").nat());
    }

    @Test
    void otherProtocolsHaveWhatIsTheirs() throws IOException {
        assertEquals(new ProtocolState.Sctp(SctpState.ESTABLISHED, 0xfedcba98L, 0x12345678L),
            flow("sctp").protocolState());
        assertEquals(new Identifiers.Icmp(8, 0, 7), flow("icmp").key().original().identifiers());
        assertEquals(new Identifiers.Icmp(0, 0, 7), flow("icmp").reply().identifiers());
        assertEquals(new Identifiers.Icmp(129, 0, 8), flow("icmpv6").reply().identifiers());
        assertEquals(new Identifiers.GreKeys(1, 2), flow("gre").key().original().identifiers());
        assertEquals(new Identifiers.GreKeys(2, 1), flow("gre").reply().identifiers());
        assertEquals(0x10, flow("label").labels().toByteArray()[1]);
        assertEquals(Optional.of("ftp"), flow("helper").helper());
        final var unreplied = flow("unreplied-with-mark");
        assertEquals(0xcafe0001L, unreplied.mark());
        assertTrue(!unreplied.seenReply() && !unreplied.assured());
    }

    @Test
    void childNamesItsMaster() throws IOException {
        final var entry = entry("child-of-a-master");
        final var network = Optional.<VirtualNetwork>of(new VirtualNetwork.Vnid(77));
        assertTrue(DecodedEntry.of(entry, network) instanceof DecodedEntry.Expressed(var flow)
            && flow.master().equals(Optional.of(entry.master().orElseThrow().in(network))));
    }

    @Test
    void zoneAndIdentityAreOfTheEntryNotOfTheFlow() throws IOException {
        final var entry = entry("zone-5");
        assertEquals(5, entry.zone());
        assertEquals(2_387_422_918L, entry.id());
        final var network = Optional.<VirtualNetwork>of(new VirtualNetwork.Vnid(77));
        assertTrue(DecodedEntry.of(entry, network) instanceof DecodedEntry.Expressed(var flow)
            && flow.key().network().equals(network));
    }

    @ParameterizedTest
    @CsvSource({ "tcp, 0x200", "destination-nat, 0" })
    void statusDecidesWhatIsExpressed(final String name, final String bits) throws IOException {
        final var entry = entry(name);
        final int changed = bits.equals("0") ? entry.status() & ~Ctnetlink.DST_NAT
            : entry.status() | Integer.decode(bits);
        final var decoded = DecodedEntry.of(new ConntrackEntry(entry.protocol(), entry.original(), entry.reply(),
            entry.zone(), changed, entry.timeout(), entry.mark(), entry.labels(), entry.helper(), entry.tcp(),
            entry.sctp(), entry.originalCounters(), entry.replyCounters(), entry.id(), entry.special(), entry.master(),
            entry.originalShift(), entry.replyShift()),
            Optional.empty());
        assertEquals(bits.equals("0") ? new DecodedEntry.Inexpressible(RefusalReason.UNSUPPORTED_ATTRIBUTE)
            : new DecodedEntry.Dying(), decoded);
    }

    @Test
    void everyRecordedFlowIsWhatItWasTakenFrom() throws IOException {
        for (var name : new String[] { "tcp", "source-nat", "destination-nat", "sctp", "icmp", "icmpv6", "helper" }) {
            assertEquals(Optional.empty(), EntryComparison.difference(flow(name), 0, entry(name)), name);
        }
    }

    @Test
    void cutMessageIsAnErrorAndNothingIsReadBeyondIt() throws IOException {
        final var octets = octets("tcp");
        for (int length = NetlinkMessage.NETFILTER_HEADER; length < octets.length; length += 4) {
            final var cut = Arrays.copyOf(octets, length);
            cut[0] = (byte) length;
            cut[1] = (byte) (length >> 8);
            final var message = new NetlinkMessage(MemorySegment.ofArray(cut), 0);
            if (length < 0x7c) {
                assertThrows(KernelException.class, () -> EntryReader.read(message));
            } else {
                EntryReader.read(message);
            }
        }
    }

    private static Flow flow(final String name) throws IOException {
        return ((DecodedEntry.Expressed) DecodedEntry.of(entry(name), Optional.empty())).flow();
    }

    private static ConntrackEntry entry(final String name) throws IOException {
        return EntryReader.read(new NetlinkMessage(MemorySegment.ofArray(octets(name)), 0));
    }

    private static byte[] octets(final String name) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(
                RecordedEntriesTest.class.getResourceAsStream("entries.hex"), StandardCharsets.US_ASCII))) {
            return reader.lines().filter(line -> line.startsWith(name + " ")).findFirst()
                .map(line -> HexFormat.of().parseHex(line.substring(name.length() + 1))).orElseThrow();
        }
    }
}
