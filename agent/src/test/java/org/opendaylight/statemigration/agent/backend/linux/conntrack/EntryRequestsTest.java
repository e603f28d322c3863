// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.backend.linux.Flows;
import org.opendaylight.statemigration.agent.backend.linux.Lab;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkAttributes;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessageWriter;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/** The rules of the kernel about attributes, each broken by a naive replay. */
class EntryRequestsTest {
    @Test
    void creationIsExclusive() {
        final var message = write(EntryRequests.create(Flows.tcp(1), 0)).getFirst();
        assertEquals(Ctnetlink.NEW, message.type());
        assertEquals(NetlinkMessage.REQUEST | NetlinkMessage.CREATE | NetlinkMessage.EXCL, flags(message));
    }

    @Test
    void flagsHaveAFullMaskAndBeLiberalButNothingOfTheRunningConnection() {
        final var tcp = attributes(create(Flows.tcp(1)), Ctnetlink.PROTOINFO, Ctnetlink.PROTOINFO_TCP);
        // Window scale, SACK, liberal; neither 0x10 nor 0x20
        assertArrayEquals(new byte[] { 0x0b, (byte) 0xff }, tcp.get(Ctnetlink.TCP_FLAGS_ORIG));
        assertArrayEquals(new byte[] { 0x0b, (byte) 0xff }, tcp.get(Ctnetlink.TCP_FLAGS_REPLY));
        assertArrayEquals(new byte[] { 7 }, tcp.get(Ctnetlink.TCP_WSCALE_ORIG));
        assertArrayEquals(new byte[] { 10 }, tcp.get(Ctnetlink.TCP_WSCALE_REPLY));
        assertArrayEquals(new byte[] { 3 }, tcp.get(Ctnetlink.TCP_STATE));
    }

    @Test
    void connectionWithoutScalesGetsNone() {
        final var end = new TcpEnd(OptionalInt.empty(), false, true);
        final var flow = Flows.with(Flows.tcp(1), new ProtocolState.Tcp(TcpState.CLOSE_WAIT, end, end));
        final var tcp = attributes(create(flow), Ctnetlink.PROTOINFO, Ctnetlink.PROTOINFO_TCP);
        assertArrayEquals(new byte[] { 0x0c, (byte) 0xff }, tcp.get(Ctnetlink.TCP_FLAGS_ORIG));
        assertFalse(tcp.containsKey(Ctnetlink.TCP_WSCALE_ORIG));
        assertTrue(TcpRequests.unscale(flow, flow.protocolState(), 0).isEmpty());
    }

    @Test
    void updateOfAChildSaysThatItWasExpected() {
        final var child = Flows.tcp(2).withMaster(Optional.of(Flows.tcp(1).key()));
        assertEquals("0000000f", hex(attributes(write(EntryRequests.update(child,
            0)).getFirst()).get(Ctnetlink.STATUS)));
        assertEquals("0000000e", hex(create(child).get(Ctnetlink.STATUS)), "at its creation the kernel says so itself");
    }

    @Test
    void halfOpenConnectionGetsItsScaleByADetour() {
        final var flow = Flows.with(Flows.tcp(1), new ProtocolState.Tcp(TcpState.SYN_SENT,
            new TcpEnd(OptionalInt.of(9), false, false), new TcpEnd(OptionalInt.empty(), false, false)));
        final var first = attributes(create(flow), Ctnetlink.PROTOINFO, Ctnetlink.PROTOINFO_TCP);
        assertArrayEquals(new byte[] { 0x09, (byte) 0xff }, first.get(Ctnetlink.TCP_FLAGS_REPLY));
        assertEquals(1, write(EntryRequests.create(flow, 0)).size(), "the rest only if this has created it");
        final var rest = write(TcpRequests.unscale(flow, flow.protocolState(), 0).orElseThrow()).getFirst();
        assertEquals(NetlinkMessage.REQUEST, flags(rest), "an update");
        final var second = attributes(rest, Ctnetlink.PROTOINFO, Ctnetlink.PROTOINFO_TCP);
        assertArrayEquals(new byte[] { 0, 0 }, second.get(Ctnetlink.TCP_FLAGS_ORIG));
        assertArrayEquals(new byte[] { 0, 1 }, second.get(Ctnetlink.TCP_FLAGS_REPLY));
    }

    @Test
    void statusIsConfirmedAndHasNoBitsOfTranslation() {
        final var flow = Flows.withHelper(Flows.sourceNat(Flows.tcp(1), 4000), "ftp");
        assertEquals("0000200e", hex(create(flow).get(Ctnetlink.STATUS)));
        assertEquals("00000008", hex(create(Flows.ofEveryKind().getLast()).get(Ctnetlink.STATUS)));
    }

    @Test
    void replyIsNeverTheTranslatedOne() {
        final var translated = create(Flows.sourceNat(Flows.tcp(1), 4000));
        assertEquals(hex(create(Flows.tcp(1)).get(Ctnetlink.TUPLE_REPLY)), hex(translated.get(Ctnetlink.TUPLE_REPLY)));
    }

    @Test
    void translationGivesAddressAndExactPort() {
        final var message = write(EntryRequests.create(Flows.sourceNat(Flows.tcp(1), 4000), 0)).getFirst();
        final var nat = attributes(message, Ctnetlink.NAT_SRC);
        assertArrayEquals(Lab.PUBLIC.getAddress(), nat.get(Ctnetlink.NAT_V4_MINIP));
        assertArrayEquals(Lab.PUBLIC.getAddress(), nat.get(Ctnetlink.NAT_V4_MAXIP));
        final var port = attributes(message, Ctnetlink.NAT_SRC, Ctnetlink.NAT_PROTO);
        assertEquals("0fa0", hex(port.get(Ctnetlink.PROTONAT_PORT_MIN)));
        assertEquals("0fa0", hex(port.get(Ctnetlink.PROTONAT_PORT_MAX)));
        assertFalse(create(Flows.sourceNat(Flows.tcp(1), 4000)).containsKey(Ctnetlink.NAT_DST));
        final var both = create(Flows.sourceNat(Flows.destinationNat(Flows.peerOpens(1), Lab.VM, 8080), 4000));
        assertTrue(both.containsKey(Ctnetlink.NAT_SRC) && both.containsKey(Ctnetlink.NAT_DST));
    }

    @Test
    void mandatoryAttributesAreThereAndHarmfulOnesAreNot() {
        final var flow = Flows.with(Flows.in(Flows.tcp(1), new VirtualNetwork.Vnid(7)),
            Labels.of(new byte[] { 1, 2, 3 }));
        final var attributes = attributes(write(EntryRequests.create(flow, 5)).getFirst());
        assertEquals(List.of(Ctnetlink.TUPLE_ORIG, Ctnetlink.TUPLE_REPLY, Ctnetlink.STATUS, Ctnetlink.PROTOINFO,
            Ctnetlink.TIMEOUT, Ctnetlink.ZONE, Ctnetlink.LABELS), List.copyOf(attributes.keySet()));
        assertEquals("0005", hex(attributes.get(Ctnetlink.ZONE)));
        assertEquals("01020300000000000000000000000000", hex(attributes.get(Ctnetlink.LABELS)));
    }

    @Test
    void entryAboutToEndIsGivenASecond() {
        final var udp = Flows.udp(1);
        final var flow = udp.toBuilder()
            .seenReply(true)
            .assured(true)
            .timeout(0)
            .mark(0)
            .helper(Optional.empty())
            .build();
        assertEquals("00000001", hex(create(flow).get(Ctnetlink.TIMEOUT)));
    }

    @Test
    void sctpHasBothTags() {
        final var sctp = attributes(create(Flows.ofEveryKind().get(8)), Ctnetlink.PROTOINFO, Ctnetlink.PROTOINFO_SCTP);
        assertEquals("fedcba98", hex(sctp.get(Ctnetlink.SCTP_VTAG_ORIG)));
        assertEquals("12345678", hex(sctp.get(Ctnetlink.SCTP_VTAG_REPLY)));
    }

    @Test
    void beLiberalEndsByAnUpdateWithoutTranslation() {
        final var message = write(TcpRequests.clearLiberal(Flows.sourceNat(Flows.tcp(1), 4000), 0)).getFirst();
        assertEquals(NetlinkMessage.REQUEST, flags(message));
        assertEquals(List.of(Ctnetlink.TUPLE_ORIG, Ctnetlink.PROTOINFO), List.copyOf(attributes(message).keySet()));
        final var tcp = attributes(message, Ctnetlink.PROTOINFO, Ctnetlink.PROTOINFO_TCP);
        assertArrayEquals(new byte[] { 0, 8 }, tcp.get(Ctnetlink.TCP_FLAGS_ORIG));
        assertArrayEquals(new byte[] { 0, 8 }, tcp.get(Ctnetlink.TCP_FLAGS_REPLY));
    }

    @Test
    void windowsAreLookedForAnew() {
        final var message = write(TcpRequests.forgetWithinWindow(Flows.tcp(1), 0)).getFirst();
        final var tcp = attributes(message, Ctnetlink.PROTOINFO, Ctnetlink.PROTOINFO_TCP);
        assertArrayEquals(new byte[] { 0, 0x20 }, tcp.get(Ctnetlink.TCP_FLAGS_ORIG));
        assertArrayEquals(new byte[] { 0, 0x20 }, tcp.get(Ctnetlink.TCP_FLAGS_REPLY));
    }

    @Test
    void deletionNamesTupleZoneAndIdentityAndNeverFilters() {
        final var key = Flows.ofEveryKind().get(4).key();
        final var message = write(EntryRequests.delete(key.protocol(), key.original(), 5, 0xfedcba98L)).getFirst();
        assertEquals(Ctnetlink.DELETE, message.type());
        assertEquals(List.of(Ctnetlink.TUPLE_ORIG, Ctnetlink.ID, Ctnetlink.ZONE),
            List.copyOf(attributes(message).keySet()));
        assertEquals("fedcba98", hex(attributes(message).get(Ctnetlink.ID)));
    }

    @Test
    void filteredDumpHasAFamilyAndANestedFilter() {
        final var message = write(EntryRequests.dump(DumpFilter.of(DumpFilter.Direction.REPLY, Lab.VM))).getFirst();
        assertEquals(Ctnetlink.AF_INET, message.buffer().get(ValueLayout.JAVA_BYTE, 16));
        assertEquals(List.of(Ctnetlink.TUPLE_REPLY, Ctnetlink.FILTER), List.copyOf(attributes(message).keySet()));
        final var octets = message.buffer().asSlice(0, message.length()).toArray(ValueLayout.JAVA_BYTE);
        assertTrue(hex(octets).endsWith("0c001980" + "08000200" + "01000000"), hex(octets));
    }

    private static Map<Integer, byte[]> create(final Flow flow) {
        return attributes(write(EntryRequests.create(flow, 0)).getFirst());
    }

    private static List<NetlinkMessage> write(final EntryRequests.Request request) {
        final var buffer = MemorySegment.ofArray(new long[EntryRequests.MAX_LENGTH / Long.BYTES]);
        // What was written before must not shine through
        buffer.fill((byte) 0x55);
        final var writer = new NetlinkMessageWriter(buffer);
        request.write(writer, 1);
        final var messages = new ArrayList<NetlinkMessage>();
        for (long offset = 0; offset < writer.size(); offset += messages.getLast().length()) {
            messages.add(new NetlinkMessage(buffer, offset));
        }
        return messages;
    }

    private static int flags(final NetlinkMessage message) {
        return message.buffer().get(ValueLayout.JAVA_SHORT_UNALIGNED, message.offset() + 6);
    }

    private static Map<Integer, byte[]> attributes(final NetlinkMessage message, final int... path) {
        return attributes(message.attributes(), path);
    }

    private static Map<Integer, byte[]> attributes(final Map<Integer, byte[]> outer, final int... path) {
        final var octets = outer.get(path[0]);
        return attributes(new NetlinkAttributes(MemorySegment.ofArray(octets), 0, octets.length),
            Arrays.copyOfRange(path, 1, path.length));
    }

    private static Map<Integer, byte[]> attributes(final NetlinkAttributes attributes, final int... path) {
        final var found = new TreeMap<Integer, byte[]>();
        while (attributes.next()) {
            found.put(attributes.type(), attributes.octets());
        }
        return path.length == 0 ? found : attributes(found, path);
    }

    private static String hex(final byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
