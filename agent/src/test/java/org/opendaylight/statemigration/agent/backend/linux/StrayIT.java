// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.LiveTraffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The path comes before the state, to a firewall that lets the flows begin: its kernel makes entries of the same
 * conversations, but other ones.
 */
@ExtendWith(SharedLab.class)
class StrayIT {
    private static final Logger LOG = LoggerFactory.getLogger(StrayIT.class);
    private static final int FLOWS = 8;
    private static final InetSocketAddress AT_PEER = new InetSocketAddress(Lab.PEER, 5001);
    private static final InetSocketAddress AT_VM = new InetSocketAddress(Lab.VM, 8080);

    private final Lab lab;

    /** What the first firewall translates, and what the second one does with what goes out; whose path is faster. */
    enum Kind {
        SNAT(true, "vm", Rules.SOURCE, Rules.MASQUERADE),
        /** The second firewall has the public address itself, so answers end there. */
        SNAT_ANSWERED_FIRST(true, "peer", Rules.SOURCE, Rules.MASQUERADE),
        DNAT_ANSWERED_FIRST(false, "vm", Rules.DESTINATION, Rules.MASQUERADE),
        ANSWERED_FIRST(false, "vm", "", ""),
        ANSWERED_FIRST_AND_MASQUERADED(false, "vm", "", Rules.MASQUERADE);

        private final boolean vmOpens;
        private final String faster;
        private final String source;
        private final String destination;

        Kind(final boolean vmOpens, final String faster, final String source, final String destination) {
            this.vmOpens = vmOpens;
            this.faster = faster;
            this.source = source;
            this.destination = destination;
        }
    }

    private static final class Rules {
        static final String SOURCE = "table ip translation { chain post { type nat hook postrouting priority srcnat;"
            + " ip saddr 10.1.1.10 meta l4proto { tcp, udp } snat to 198.51.100.7:40000-40100; }\n}";
        static final String DESTINATION = "table ip translation { chain pre { type nat hook prerouting priority"
            + " dstnat; ip daddr 198.51.100.7 meta l4proto { tcp, udp } th dport 80 dnat to 10.1.1.10:8080; }\n}";
        static final String MASQUERADE = "table ip translation { chain post { type nat hook postrouting priority"
            + " srcnat; ip saddr 10.1.1.10 meta l4proto { tcp, udp } masquerade to :50000-50100; }\n}";
    }

    StrayIT(final Lab lab) {
        this.lab = lab;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void flowsReplaceWhatTheirPacketsHaveMade(final Kind kind) throws Exception {
        rules(kind);
        try (var move = new Move(lab, Move.POOLS); var traffic = new LiveTraffic(lab)) {
            final var before = open(kind, move, traffic);
            pathComesFirst(kind);
            final var strays = names(move.table("fw2").export(Move.VM).entries());
            assertEquals(FLOWS, strays.size(), strays.toString());
            assertTrue(before.stream().noneMatch(strays::contains), strays + " are no strays of " + before);
            move.begin();
            assertEquals(List.of(), move.transfer());
            assertEquals(FLOWS, move.commit());
            traffic.goesOn();
            assertEquals(before, names(move.table("fw2").export(Move.VM).entries()));
            LOG.info("{} with strays: {}", kind, traffic.end());
        }
    }

    @Test
    void anotherOwnerStaysACollisionAlsoBesidesAStray() throws Exception {
        rules(Kind.SNAT);
        try (var move = new Move(lab, Move.POOLS); var traffic = new LiveTraffic(lab)) {
            open(Kind.SNAT, move, traffic);
            final var port = move.flows().getFirst().nat().source().orElseThrow().port().orElseThrow();
            lab.in("fw2", "conntrack -I -p udp -s 10.1.1.99 -d 10.3.3.10 --sport 7 --dport 5001 -t 60"
                + " -u SEEN_REPLY,ASSURED -r 10.3.3.10 -q 198.51.100.7 --reply-port-src 5001 --reply-port-dst " + port
                + " 2>/dev/null");
            pathComesFirst(Kind.SNAT);
            move.begin();
            final var refused = move.transfer();
            assertEquals(1, refused.size(), refused.toString());
            assertEquals(RefusalReason.COLLISION, refused.getFirst().reason());
            assertTrue(refused.getFirst().detail().contains("10.1.1.99:7 -> 10.3.3.10:5001"), refused.toString());
            assertEquals("1", lab.in("fw2", "conntrack -L -s 10.1.1.99 2>/dev/null | wc -l").strip());
            move.abort();
        }
    }

    @Test
    void connectionStaysACollisionOnceItIsEstablishedFromBothEnds() throws Exception {
        final var fw2 = lab.table("fw2", LinuxOptions.DEFAULT);
        final var flow = Flows.sourceNat(Flows.tcp(1), 40_001);
        final var insert = "conntrack -I -p tcp -s 10.1.1.10 -d 10.3.3.10 --sport 1025 --dport 5001 -t 60"
            + " -r 10.3.3.10 -q 10.21.2.1 --reply-port-src 5001 --reply-port-dst 50001 --state ";
        lab.in("fw2", insert + "ESTABLISHED -u SEEN_REPLY,ASSURED 2>/dev/null");
        final var refused = fw2.create(List.of(flow)).refused();
        assertEquals(RefusalReason.COLLISION, refused.getFirst().reason(), refused.toString());
        assertEquals(refused, fw2.assess(List.of(flow)));
        lab.in("fw2", "conntrack -F 2>/dev/null; " + insert + "SYN_SENT 2>/dev/null");
        assertEquals(List.of(), fw2.assess(List.of(flow)));
        final var created = fw2.create(List.of(flow));
        assertFalse(created.entries().getFirst().found(), created.toString());
        assertEquals(1, fw2.verify(created.entries()).verified());
        assertEquals(1, fw2.delete(created.entries()));
        assertEquals(List.of(), fw2.export(Move.VM).entries(), "the stray is not put back");
    }

    @Test
    void whatTheSameCallHasCreatedIsNoStray() throws Exception {
        final var fw2 = lab.table("fw2", LinuxOptions.DEFAULT);
        final var flow = Flows.udp(1);
        final var created = fw2.create(List.of(flow, Flows.reversed(flow)));
        assertEquals(1, created.entries().size());
        assertEquals(1, created.refused().getFirst().index());
        assertEquals(RefusalReason.COLLISION, created.refused().getFirst().reason());
        assertEquals(1, fw2.verify(created.entries()).verified());
    }

    private void rules(final Kind kind) throws IOException {
        lab.rules("fw1", kind.source);
        lab.rules("fw2", kind.destination);
        lab.in("fw2", "nft add rule inet firewall forward iifname to-vm ct state new accept");
        if (kind == Kind.SNAT_ANSWERED_FIRST) {
            lab.in("fw2", "ip addr add 198.51.100.7/32 dev lo");
        }
    }

    private static Set<String> open(final Kind kind, final Move move, final LiveTraffic traffic) throws Exception {
        if (kind.vmOpens) {
            traffic.udp("vm", Lab.VM, "peer", AT_PEER, AT_PEER, FLOWS);
        } else {
            traffic.udp("peer", Lab.PEER, "vm", AT_VM,
                kind.source.isEmpty() ? AT_VM : new InetSocketAddress(Lab.PUBLIC, 80), FLOWS);
        }
        traffic.goesOn();
        final var flows = names(move.table("fw1").export(Move.VM).entries());
        assertEquals(FLOWS, flows.size(), flows.toString());
        return flows;
    }

    /** Until each flow has sent something. */
    private void pathComesFirst(final Kind kind) throws Exception {
        final var arrivals = Arrivals.at(lab, "fw2");
        lab.in(kind.faster, "ip route replace default via " + (kind.faster.equals("vm") ? "10.11.2.1 src 10.1.1.10"
            : "10.21.2.1 src 10.3.3.10"));
        if (kind == Kind.SNAT_ANSWERED_FIRST) {
            Await.until("each flow is answered", () -> lab.in("fw2",
                "conntrack -L -p udp -s 10.3.3.10 -d 198.51.100.7 2>/dev/null").lines().count() == FLOWS);
        } else {
            arrivals.await(FLOWS, kind.faster.equals("vm") ? Lab.VM : Lab.PEER);
        }
        final var questions = Arrivals.at(lab, "fw2");
        lab.moveTo("fw2");
        questions.await(FLOWS, kind.vmOpens ? Lab.VM : Lab.PEER);
    }

    private static Set<String> names(final List<StateTable.Entry> entries) {
        return entries.stream().map(StateTable.Entry::flow).map(flow -> flow.key() + ", answered " + flow.reply())
            .collect(Collectors.toCollection(TreeSet::new));
    }
}
