// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.LiveTraffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Translated connections that move while packets flow, over TCP and UDP. The second firewall would itself translate to
 * other ports, and lets nothing begin: what passes there was imported, with its very address and port.
 */
@ExtendWith(SharedLab.class)
class TranslationIT {
    private static final Logger LOG = LoggerFactory.getLogger(TranslationIT.class);
    private static final int CONNECTIONS = 8;
    private static final InetSocketAddress PUBLIC_SERVICE = new InetSocketAddress(Lab.PUBLIC, 80);
    private static final InetSocketAddress PUBLIC_SERVICE6 = new InetSocketAddress(Lab.PUBLIC6, 80);
    private static final InetSocketAddress AT_PEER = new InetSocketAddress(Lab.PEER, 5001);
    private static final InetSocketAddress AT_PEER6 = new InetSocketAddress(Lab.PEER6, 5001);
    private static final InetSocketAddress AT_VM = new InetSocketAddress(Lab.VM, 8080);
    private static final InetSocketAddress AT_VM6 = new InetSocketAddress(Lab.VM6, 8080);

    private final Lab lab;

    /** How addresses are translated; each of both firewalls with ports of its own. */
    enum Kind {
        SNAT(true, "chain post { type nat hook postrouting priority srcnat; ip saddr 10.1.1.10"
            + " meta l4proto { tcp, udp } snat ip to 198.51.100.7:%1$d0000-%1$d0100; }"),
        MASQUERADE(true, "chain post { type nat hook postrouting priority srcnat; ip saddr 10.1.1.10"
            + " meta l4proto { tcp, udp } masquerade to :%1$d0000-%1$d0100; }"),
        DNAT(false, "chain pre { type nat hook prerouting priority dstnat; ip daddr 198.51.100.7"
            + " meta l4proto { tcp, udp } th dport 80 dnat ip to 10.1.1.10:808%2$d; }"),
        BOTH(false, "chain pre { type nat hook prerouting priority dstnat; ip daddr 198.51.100.7"
            + " meta l4proto { tcp, udp } th dport 80 dnat ip to 10.1.1.10:808%2$d; }\n"
            + "chain post { type nat hook postrouting priority srcnat; ip daddr 10.1.1.10 meta l4proto { tcp, udp }"
            + " snat ip to 198.51.100.9:%1$d0000-%1$d0100; }"),
        SNAT6(true, "chain post { type nat hook postrouting priority srcnat; ip6 saddr fd00:1::10"
            + " meta l4proto { tcp, udp } snat ip6 to [2001:db8:7::7]:%1$d0000-%1$d0100; }"),
        DNAT6(false, "chain pre { type nat hook prerouting priority dstnat; ip6 daddr 2001:db8:7::7"
            + " meta l4proto { tcp, udp } th dport 80 dnat ip6 to [fd00:1::10]:808%2$d; }");

        private final boolean vmOpens;
        private final String rules;

        Kind(final boolean vmOpens, final String rules) {
            this.vmOpens = vmOpens;
            this.rules = rules;
        }

        /** The rules of a firewall; those of the second one differ in all ports. */
        String rules(final int firewall) {
            return "table inet translation {\n" + rules.formatted(3 + firewall, firewall - 1) + "\n}";
        }

        boolean isV6() {
            return name().endsWith("6");
        }

        /** Who opens the connections, and asks in them. */
        InetAddress opener() {
            if (isV6()) {
                return vmOpens ? Lab.VM6 : Lab.PEER6;
            }
            return vmOpens ? Lab.VM : Lab.PEER;
        }
    }

    TranslationIT(final Lab lab) {
        this.lab = lab;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void liveConnectionsMoveThereAndBackWithTheirVeryPorts(final Kind kind) throws Exception {
        lab.rules("fw1", kind.rules(1));
        lab.rules("fw2", kind.rules(2));
        final var pools = Stream.concat(Move.POOLS.stream(), Stream.of("10.21.1.1/32")).toList();
        try (var move = new Move(lab, kind == Kind.MASQUERADE ? pools : Move.POOLS);
            var traffic = new LiveTraffic(lab)) {
            open(kind, traffic);
            traffic.goesOn();
            final var before = translations(move.flows());
            assertEquals(2 * CONNECTIONS, before.lines().count(), before);
            assertEquals(2 * CONNECTIONS, move.run(2 * CONNECTIONS, kind.opener()));
            traffic.goesOn();
            assertEquals(before, translations(move.flows()));
            assertEquals(2 * CONNECTIONS, move.run(2 * CONNECTIONS, kind.opener()));
            traffic.goesOn();
            assertEquals(before, translations(move.flows()));
            LOG.info("{} there and back: {}", kind, traffic.end());
        }
        assertTrue(lab.in("fw2", "nft list counter inet firewall invalid").contains("packets 0 "));
    }

    /** The firewall that takes over has the public address itself, and would answer what it does not know with RST. */
    @ParameterizedTest
    @EnumSource(value = Kind.class, names = { "SNAT", "DNAT" })
    void packetsToThePublicAddressWaitForTheFlows(final Kind kind) throws Exception {
        lab.rules("fw1", kind.rules(1));
        lab.in("fw2", "ip addr add 198.51.100.7/32 dev lo");
        try (var move = new Move(lab, Move.POOLS); var traffic = new LiveTraffic(lab)) {
            open(kind, traffic);
            traffic.goesOn();
            move.begin();
            assertEquals(List.of(), move.transfer());
            final var arrivals = Arrivals.at(lab, "fw2");
            lab.moveTo("fw2");
            arrivals.await(2 * CONNECTIONS, kind.opener());
            final var there = move.table("fw2").export(Move.VM).entries();
            assertEquals(2 * CONNECTIONS, there.size());
            assertTrue(there.stream().noneMatch(entry -> entry.flow().originalCounters().packets() > 0
                || entry.flow().replyCounters().packets() > 0), "held packets have met the table");
            assertEquals(2 * CONNECTIONS, Integer.parseInt(lab.in("fw2", "conntrack -C").strip()));
            move.commit();
            traffic.goesOn();
            LOG.info("{} held: {}", kind, traffic.end());
        }
    }

    /** As after a move that nobody announced: packets come first, and find nothing. */
    @ParameterizedTest
    @EnumSource(value = Kind.class, names = { "SNAT", "DNAT" })
    void connectionsSurviveAlsoIfThePathWasFaster(final Kind kind) throws Exception {
        lab.rules("fw1", kind.rules(1));
        try (var move = new Move(lab, Move.POOLS); var traffic = new LiveTraffic(lab)) {
            open(kind, traffic);
            lab.in("fw1", "nft flush chain inet firewall forward; nft add rule inet firewall forward"
                + " ct state established,related accept");
            for (int i = 0; i < 4; i++) {
                traffic.goesOn();
                final var flows = move.flows();
                assertEquals(2 * CONNECTIONS, flows.size(), flows.toString());
                final var firewall = i % 2 == 0 ? "fw2" : "fw1";
                final var arrivals = Arrivals.at(lab, firewall);
                lab.moveTo(firewall);
                arrivals.await(2 * CONNECTIONS, kind.opener());
                move.begin();
                assertEquals(List.of(), move.transfer());
                assertEquals(2 * CONNECTIONS, move.commit());
            }
            traffic.goesOn();
            LOG.info("{} with the path first, four moves: {}", kind, traffic.end());
        }
    }

    @Test
    void othersBehindTheSamePublicAddressAreNotHeld() throws Exception {
        lab.rules("fw1", Kind.SNAT.rules(1));
        try (var move = new Move(lab, Move.POOLS); var traffic = new LiveTraffic(lab)) {
            traffic.tcp("vm", Lab.VM, "peer", AT_PEER, AT_PEER, 2);
            traffic.goesOn();
            // Of another VM, between the same public address and the same peer
            final var other = new Tuple(InetAddress.ofLiteral("10.1.1.99"), Lab.PEER, new Identifiers.Ports(1, 9));
            final var flow = Flows.sourceNat(Flows.flow(Protocols.UDP, other, ProtocolState.STATELESS), 999);
            assertEquals(1, move.table("fw2").create(List.of(flow)).entries().size());
            move.begin();
            assertEquals(List.of(), move.transfer());
            lab.in("fw2", "nft add table ip seen; nft add chain ip seen post"
                + " '{ type filter hook prerouting priority 0; }'; nft add counter ip seen other;"
                + "nft add rule ip seen post ip saddr 10.3.3.10 udp sport 9 counter name other");
            lab.in("peer", "ip route replace 198.51.100.7/32 via 10.21.2.1");
            try (var socket = lab.namespace("peer").call(DatagramChannel::open)) {
                socket.bind(new InetSocketAddress(Lab.PEER, 9));
                socket.send(ByteBuffer.wrap(new byte[1]), new InetSocketAddress(Lab.PUBLIC, 999));
            }
            Await.until("the packet has passed",
                () -> lab.in("fw2", "nft list counter ip seen other").contains("packets 1 "));
            lab.in("peer", "ip route del 198.51.100.7/32");
            move.abort();
            traffic.goesOn();
            traffic.end();
        }
    }

    @Test
    void abortLeavesTheConnectionsAtTheSource() throws Exception {
        lab.rules("fw1", Kind.SNAT.rules(1));
        try (var move = new Move(lab, Move.POOLS); var traffic = new LiveTraffic(lab)) {
            open(Kind.SNAT, traffic);
            traffic.goesOn();
            move.begin();
            assertEquals(List.of(), move.transfer());
            final var arrivals = Arrivals.at(lab, "fw2");
            lab.moveTo("fw2");
            arrivals.await(2 * CONNECTIONS, Lab.VM);
            lab.moveTo("fw1");
            assertEquals(2 * CONNECTIONS, move.abort());
            assertEquals("0", lab.in("fw2", "conntrack -C").strip());
            assertFalse(lab.in("fw2", "nft list table inet statemigration").contains("set translated"));
            traffic.goesOn();
            LOG.info("aborted: {}", traffic.end());
        }
    }

    @Test
    void addressOutsideThePoolIsRefused() throws Exception {
        lab.rules("fw1", Kind.MASQUERADE.rules(1));
        try (var move = new Move(lab, Move.POOLS); var traffic = new LiveTraffic(lab)) {
            open(Kind.MASQUERADE, traffic);
            traffic.goesOn();
            move.begin();
            final var refused = move.transfer();
            assertEquals(2 * CONNECTIONS, refused.size());
            assertTrue(refused.stream().allMatch(each -> each.reason() == RefusalReason.ADDRESS_NOT_IN_POOL
                && each.detail().contains("10.21.1.1")), refused.toString());
            move.abort();
            traffic.goesOn();
            traffic.end();
        }
    }

    @Test
    void takenPublicPortNamesItsOwnerAndNeverBecomesAnother() throws Exception {
        lab.rules("fw1", Kind.SNAT.rules(1));
        lab.rules("fw2", Kind.SNAT.rules(2));
        try (var move = new Move(lab, Move.POOLS); var traffic = new LiveTraffic(lab)) {
            open(Kind.SNAT, traffic);
            traffic.goesOn();
            final var flow = move.flows().stream().filter(each -> each.key().protocol() == Protocols.TCP).findFirst()
                .orElseThrow();
            // Another VM has the very public port towards the very peer
            final var owner = lab.in("fw2", "conntrack -I -p tcp -s 10.1.1.99 -d 10.3.3.10 --sport 7 --dport 5001 -t 60"
                + " --state ESTABLISHED -u SEEN_REPLY,ASSURED -r 10.3.3.10 -q 198.51.100.7 --reply-port-src 5001"
                + " --reply-port-dst " + flow.nat().source().orElseThrow().port().orElseThrow()
                + " 2>/dev/null; conntrack -L -s 10.1.1.99 2>/dev/null");
            assertTrue(owner.contains("198.51.100.7"), owner);
            move.begin();
            final var refused = move.transfer();
            assertEquals(1, refused.size(), refused.toString());
            assertEquals(RefusalReason.COLLISION, refused.getFirst().reason());
            assertTrue(refused.getFirst().detail().contains("10.1.1.99:7 -> 10.3.3.10:5001"), refused.toString());
            assertEquals(2 * CONNECTIONS - 1, move.abort());
            traffic.goesOn();
            traffic.end();
        }
    }

    private static void open(final Kind kind, final LiveTraffic traffic) throws IOException {
        final boolean v6 = kind.isV6();
        if (kind.vmOpens) {
            final var server = v6 ? AT_PEER6 : AT_PEER;
            traffic.tcp("vm", v6 ? Lab.VM6 : Lab.VM, "peer", server, server, CONNECTIONS);
            traffic.udp("vm", v6 ? Lab.VM6 : Lab.VM, "peer", server, server, CONNECTIONS);
        } else {
            final var server = v6 ? AT_VM6 : AT_VM;
            final var known = v6 ? PUBLIC_SERVICE6 : PUBLIC_SERVICE;
            traffic.tcp("peer", v6 ? Lab.PEER6 : Lab.PEER, "vm", server, known, CONNECTIONS);
            traffic.udp("peer", v6 ? Lab.PEER6 : Lab.PEER, "vm", server, known, CONNECTIONS);
        }
    }

    private static String translations(final List<Flow> flows) {
        return flows.stream().filter(flow -> !flow.nat().isNone()).map(flow -> flow.key() + " " + flow.reply())
            .sorted().collect(Collectors.joining("\n"));
    }
}
