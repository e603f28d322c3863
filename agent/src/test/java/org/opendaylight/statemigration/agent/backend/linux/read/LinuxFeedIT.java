// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opendaylight.statemigration.agent.backend.StateTable.Change;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeSet;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.linux.Flows;
import org.opendaylight.statemigration.agent.backend.linux.Lab;
import org.opendaylight.statemigration.agent.backend.linux.LinuxOptions;
import org.opendaylight.statemigration.agent.backend.linux.LinuxStateTable;
import org.opendaylight.statemigration.agent.backend.linux.SharedLab;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.lab.time.Await;

/** Following and updating the table of a real kernel. */
@ExtendWith(SharedLab.class)
class LinuxFeedIT {
    private static final VirtualNetwork BLUE = new VirtualNetwork.Vnid(77);
    private static final FlowSelection VM =
        FlowSelection.of(new VmIdentity(Set.of(Lab.VM, Lab.VM6), Optional.empty()));
    private static final LinuxOptions OPTIONS =
        new LinuxOptions(Optional.empty(), Map.of(BLUE, 5), HoldPreference.BEST, 64, 4700);

    private final Lab lab;

    private final LinuxStateTable fw1;
    private LinuxStateTable fw2;

    LinuxFeedIT(final Lab lab) throws Exception {
        this.lab = lab;
        fw1 = lab.table("fw1", OPTIONS);
        fw2 = lab.table("fw2", OPTIONS);
    }

    @Test
    void firstChangesAreAllEntriesAndThenOnlyWhatChanges() throws Exception {
        fw2.create(List.of(Flows.tcp(1), Flows.udp(2)));
        try (var feed = fw2.follow(VM)) {
            final var all = feed.changes(Set.of());
            assertTrue(all.all());
            assertEquals(2, all.entries().size());
            assertEquals(ChangeSet.NONE, feed.changes(Set.of()));
            final var created = fw2.create(List.of(Flows.tcp(3)));
            final var opened = feed.changes(Set.of());
            assertFalse(opened.all());
            assertEquals(List.of(Flows.tcp(3).key()), keys(opened));
            fw2.delete(created.entries());
            final var ended = feed.changes(Set.of());
            assertEquals(List.of(), ended.entries());
            assertEquals(Set.of(Flows.tcp(3).key()), ended.keys());
            assertEquals(ended.keys(), ended.ended());
            assertEquals(List.of(Flows.udp(2).key()), keys(feed.changes(Set.of(Flows.udp(2).key()))));
        }
    }

    @Test
    void everyStepOfARealConnectionIsReported() throws Exception {
        try (var feed = fw1.follow(VM); var server = lab.listen("peer", Lab.PEER)) {
            feed.changes(Set.of());
            final var client = lab.connect("vm", Lab.VM, (InetSocketAddress) server.getLocalAddress());
            final var accepted = server.accept();
            assertEquals(List.of(TcpState.ESTABLISHED), states(feed.changes(Set.of())));
            assertEquals(ChangeSet.NONE, feed.changes(Set.of()));
            client.close();
            Await.until("the FIN has passed", () -> state(fw1) == TcpState.CLOSE_WAIT);
            assertEquals(List.of(TcpState.CLOSE_WAIT), states(feed.changes(Set.of())));
            accepted.close();
            Await.until("both FINs have passed", () -> state(fw1) == TcpState.TIME_WAIT);
            assertEquals(List.of(TcpState.TIME_WAIT), states(feed.changes(Set.of())));
        }
    }

    @Test
    void othersAndOtherTenantsAreNotReported() throws Exception {
        try (var feed = fw2.follow(VM)) {
            feed.changes(Set.of());
            fw2.create(List.of(Flows.in(Flows.tcp(1), BLUE)));
            assertEquals(ChangeSet.NONE, feed.changes(Set.of()));
            final var blue = new FlowSelection(new VmIdentity(Set.of(Lab.VM), Optional.of(BLUE)), List.of());
            try (var blueFeed = fw2.follow(blue)) {
                assertEquals(1, blueFeed.changes(Set.of()).entries().size());
                fw2.create(List.of(Flows.tcp(1), Flows.in(Flows.tcp(2), BLUE)));
                assertEquals(List.of(Flows.in(Flows.tcp(2), BLUE).key()), keys(blueFeed.changes(Set.of())));
                assertEquals(List.of(Flows.tcp(1).key()), keys(feed.changes(Set.of())));
            }
        }
    }

    @Test
    void overflowOfTheSocketLosesNothing() throws Exception {
        fw2 = lab.table("fw2", OPTIONS, 1);
        try (var feed = fw2.follow(VM)) {
            feed.changes(Set.of());
            final var flows = IntStream.range(0, 2000).mapToObj(Flows::udp).toList();
            final var created = fw2.create(flows).entries();
            final var opened = feed.changes(Set.of());
            assertTrue(opened.all());
            assertEquals(2000, opened.entries().size());
            fw2.delete(created.subList(0, 1999));
            final var ended = feed.changes(Set.of());
            assertTrue(ended.all());
            assertEquals(1, ended.entries().size());
            assertEquals(ChangeSet.NONE, feed.changes(Set.of()));
        }
    }

    @Test
    void feedThatIsNotAskedForLongReadsAll() throws Exception {
        try (var feed = fw2.follow(VM)) {
            feed.changes(Set.of());
            final var flows = IntStream.range(0, LinuxFeed.MAX_KEYS + 1).mapToObj(Flows::udp).toList();
            fw2.create(flows);
            final var changeSet = feed.changes(Set.of());
            assertTrue(changeSet.all());
            assertEquals(flows.size(), changeSet.entries().size());
        }
    }

    @Test
    void entriesThatTellNoEventsAreFollowedAllTheSame() throws Exception {
        lab.in("fw2", "echo 0 > /proc/sys/net/netfilter/nf_conntrack_events");
        final var silent = fw2.create(List.of(Flows.tcp(1), Flows.tcp(2))).entries();
        lab.in("fw2", "echo 1 > /proc/sys/net/netfilter/nf_conntrack_events");
        fw2.create(List.of(Flows.tcp(3)));
        try (var feed = fw2.follow(VM)) {
            assertEquals(3, feed.changes(Set.of()).entries().size());
            // Only these two have to be looked at every time
            assertEquals(Set.of(Flows.tcp(1).key(), Flows.tcp(2).key()), feed.changes(Set.of()).keys());
            fw2.delete(silent.subList(0, 1));
            final var changed = Flows.with(Flows.tcp(2), Flows.tcpState(TcpState.FIN_WAIT, 7, 10));
            fw2.update(List.of(new Change(silent.get(1), changed)));
            final var changeSet = feed.changes(Set.of());
            assertEquals(silent.stream().map(entry -> entry.flow().key()).collect(Collectors.toSet()),
                changeSet.keys());
            assertEquals(List.of(TcpState.FIN_WAIT), states(changeSet));
            fw2.delete(silent.subList(1, 2));
            assertEquals(List.of(), feed.changes(Set.of()).entries());
            assertEquals(ChangeSet.NONE, feed.changes(Set.of()));
        }
    }

    @Test
    void whatCannotBeExpressedIsToldOnce() throws Exception {
        try (var feed = fw2.follow(VM)) {
            feed.changes(Set.of());
            lab.in("fw2", "conntrack -I -p udp -s 10.1.1.10 -d 10.3.3.10 --sport 1 --dport 2 -t 60"
                + " -r 10.3.3.10 -q 198.51.100.7 --reply-port-src 2 --reply-port-dst 1 2>/dev/null");
            assertEquals(List.of(new Omission(RefusalReason.UNSUPPORTED_ATTRIBUTE, Protocols.UDP, 1)),
                feed.changes(Set.of()).omitted());
            lab.in("fw2", "conntrack -U -p udp -s 10.1.1.10 -m 5 2>/dev/null");
            final var again = feed.changes(Set.of());
            assertEquals(1, again.keys().size());
            assertEquals(List.of(), again.omitted());
        }
    }

    @Test
    void updateKeepsWhatPacketsHaveTakenFurther() throws Exception {
        try (var server = lab.listen("peer", Lab.PEER)) {
            final var client = lab.connect("vm", Lab.VM, (InetSocketAddress) server.getLocalAddress());
            final var accepted = server.accept();
            final var established = fw1.export(VM).entries().getFirst().flow();
            final var created = fw2.create(List.of(established)).entries();
            lab.moveTo("fw2");
            client.close();
            Await.until("the FIN has passed", () -> state(fw2) == TcpState.CLOSE_WAIT);
            assertEquals(-1, accepted.socket().getInputStream().read());
            final var updated = fw2.update(List.of(new Change(created.getFirst(), established)));
            assertEquals(created, updated.entries());
            assertEquals(TcpState.CLOSE_WAIT, state(fw2));
            assertEquals(1, fw2.verify(updated.entries()).verified());
            // What is further at the source is taken from there
            final var tcp = (ProtocolState.Tcp) established.protocolState();
            fw2.update(List.of(new Change(created.getFirst(), Flows.with(established,
                new ProtocolState.Tcp(TcpState.LAST_ACK, tcp.originator(), tcp.responder())))));
            assertEquals(TcpState.LAST_ACK, state(fw2));
            accepted.close();
        }
    }

    @Test
    void updateReplacesWhereTheTranslationDiffers() throws Exception {
        final var created = fw2.create(List.of(Flows.sourceNat(Flows.udp(1), 4000), Flows.udp(2))).entries();
        final var changed = List.of(Flows.sourceNat(Flows.udp(1), 4001), Flows.sourceNat(Flows.udp(2), 4000));
        final var updated = fw2.update(List.of(new Change(created.get(0), changed.get(0)),
            new Change(created.get(1), changed.get(1))));
        assertEquals(List.of(), updated.refused());
        assertEquals(2, fw2.verify(updated.entries()).verified());
        assertEquals(2, fw2.delete(updated.entries()));
        assertEquals(List.of(), fw2.export(VM).entries());
    }

    @Test
    void updateThatIsRefusedLeavesNothing() throws Exception {
        fw2.create(List.of(Flows.sourceNat(Flows.udp(9), 4001)));
        final var created = fw2.create(List.of(Flows.sourceNat(Flows.udp(1), 4000))).entries();
        final var updated = fw2.update(List.of(
            new Change(created.getFirst(), Flows.sourceNat(Flows.udp(1), 4001))));
        assertEquals(RefusalReason.COLLISION, updated.refused().getFirst().reason());
        assertEquals(List.of(Flows.udp(9).key()), fw2.export(VM).entries().stream().map(entry ->
            entry.flow().key()).toList());
    }

    @Test
    void updateIsInPlaceAndGoesAnyWay() throws Exception {
        final var open = Flows.with(Flows.tcp(1), Flows.tcpState(TcpState.SYN_SENT, 7, 7));
        final var entry = fw2.create(List.of(open)).entries().getFirst();
        for (var state : List.of(TcpState.ESTABLISHED, TcpState.FIN_WAIT, TcpState.ESTABLISHED, TcpState.CLOSE)) {
            final var flow = Flows.with(Flows.tcp(1), Flows.tcpState(state, 7, 7));
            final var updated = fw2.update(List.of(new Change(entry, flow)));
            assertEquals(List.of(), updated.refused());
            assertEquals(entry.identity(), updated.entries().getFirst().identity());
            assertEquals(1, fw2.verify(updated.entries()).verified());
        }
    }

    private static TcpState state(final LinuxStateTable table) throws Exception {
        return ((ProtocolState.Tcp) table.export(VM).entries().getFirst().flow().protocolState()).state();
    }

    private static List<FlowKey> keys(final ChangeSet changeSet) {
        return changeSet.entries().stream().map(Entry::flow).map(Flow::key).toList();
    }

    private static List<TcpState> states(final ChangeSet changeSet) {
        final var states = new ArrayList<TcpState>();
        for (var entry : changeSet.entries()) {
            states.add(((ProtocolState.Tcp) entry.flow().protocolState()).state());
        }
        return states;
    }
}
