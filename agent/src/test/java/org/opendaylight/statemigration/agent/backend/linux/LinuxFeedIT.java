package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.backend.StateTable.Change;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.News;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;

/** Following and updating the table of a real kernel. */
class LinuxFeedIT {
    private static final VirtualNetwork BLUE = new VirtualNetwork.Vnid(77);
    private static final FlowSelection VM =
        FlowSelection.of(new VmIdentity(Set.of(Lab.VM, Lab.VM6), Optional.empty()));

    private static Lab lab;

    private LinuxStateTable fw1;
    private LinuxStateTable fw2;

    @BeforeAll
    static void buildLab() throws IOException {
        assumeTrue(Lab.isPossible(), "Needs Linux, root, ip and nft: skipped");
        lab = new Lab();
    }

    @AfterAll
    static void removeLab() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        lab.rules("fw1", "");
        lab.rules("fw2", "");
        lab.moveTo("fw1");
        fw1 = LinuxStateTable.open(options("fw1"));
        fw2 = LinuxStateTable.open(options("fw2"));
    }

    @AfterEach
    void close() throws IOException {
        fw1.close();
        fw2.close();
        lab.in("fw1", "conntrack -F 2>/dev/null");
        lab.in("fw2", "conntrack -F 2>/dev/null");
    }

    @Test
    void firstNewsAreAllEntriesAndThenOnlyWhatChanges() throws Exception {
        fw2.create(List.of(Flows.tcp(1), Flows.udp(2)));
        try (var feed = fw2.follow(VM)) {
            final var all = feed.news(Set.of());
            assertTrue(all.all());
            assertEquals(2, all.entries().size());
            assertEquals(News.NONE, feed.news(Set.of()));
            final var created = fw2.create(List.of(Flows.tcp(3)));
            final var opened = feed.news(Set.of());
            assertFalse(opened.all());
            assertEquals(List.of(Flows.tcp(3).key()), keys(opened));
            fw2.delete(created.entries());
            final var ended = feed.news(Set.of());
            assertEquals(List.of(), ended.entries());
            assertEquals(Set.of(Flows.tcp(3).key()), ended.keys());
            assertEquals(ended.keys(), ended.ended());
            assertEquals(List.of(Flows.udp(2).key()), keys(feed.news(Set.of(Flows.udp(2).key()))));
        }
    }

    @Test
    void everyStepOfARealConnectionIsNews() throws Exception {
        try (var feed = fw1.follow(VM); var server = lab.listen("peer", Lab.PEER)) {
            feed.news(Set.of());
            final var client = lab.connect("vm", Lab.VM, (InetSocketAddress) server.getLocalAddress());
            final var accepted = server.accept();
            assertEquals(List.of(TcpState.ESTABLISHED), states(feed.news(Set.of())));
            assertEquals(News.NONE, feed.news(Set.of()));
            client.close();
            Thread.sleep(50);
            assertEquals(List.of(TcpState.CLOSE_WAIT), states(feed.news(Set.of())));
            accepted.close();
            Thread.sleep(50);
            assertEquals(List.of(TcpState.TIME_WAIT), states(feed.news(Set.of())));
        }
    }

    @Test
    void othersAndOtherTenantsAreNoNews() throws Exception {
        try (var feed = fw2.follow(VM)) {
            feed.news(Set.of());
            fw2.create(List.of(Flows.in(Flows.tcp(1), BLUE)));
            assertEquals(News.NONE, feed.news(Set.of()));
            final var blue = new FlowSelection(new VmIdentity(Set.of(Lab.VM), Optional.of(BLUE)), List.of());
            try (var blueFeed = fw2.follow(blue)) {
                assertEquals(1, blueFeed.news(Set.of()).entries().size());
                fw2.create(List.of(Flows.tcp(1), Flows.in(Flows.tcp(2), BLUE)));
                assertEquals(List.of(Flows.in(Flows.tcp(2), BLUE).key()), keys(blueFeed.news(Set.of())));
                assertEquals(List.of(Flows.tcp(1).key()), keys(feed.news(Set.of())));
            }
        }
    }

    @Test
    void overflowOfTheSocketLosesNothing() throws Exception {
        fw2.close();
        fw2 = LinuxStateTable.open(options("fw2"), 1);
        try (var feed = fw2.follow(VM)) {
            feed.news(Set.of());
            final var flows = IntStream.range(0, 2000).mapToObj(Flows::udp).toList();
            final var created = fw2.create(flows).entries();
            final var opened = feed.news(Set.of());
            assertTrue(opened.all());
            assertEquals(2000, opened.entries().size());
            fw2.delete(created.subList(0, 1999));
            final var ended = feed.news(Set.of());
            assertTrue(ended.all());
            assertEquals(1, ended.entries().size());
            assertEquals(News.NONE, feed.news(Set.of()));
        }
    }

    @Test
    void feedThatIsNotAskedForLongReadsAll() throws Exception {
        try (var feed = fw2.follow(VM)) {
            feed.news(Set.of());
            final var flows = IntStream.range(0, LinuxFeed.MAX_KEYS + 1).mapToObj(Flows::udp).toList();
            fw2.create(flows);
            final var news = feed.news(Set.of());
            assertTrue(news.all());
            assertEquals(flows.size(), news.entries().size());
        }
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

    private Options options(final String firewall) {
        return new Options(Optional.empty(), Map.of(BLUE, 5), Options.HoldPreference.BEST, 64, 4700)
            .in(lab.path(firewall));
    }

    private static List<org.opendaylight.statemigration.flow.FlowKey> keys(final News news) {
        return news.entries().stream().map(Entry::flow).map(Flow::key).toList();
    }

    private static List<TcpState> states(final News news) {
        final var states = new ArrayList<TcpState>();
        for (var entry : news.entries()) {
            states.add(((ProtocolState.Tcp) entry.flow().protocolState()).state());
        }
        return states;
    }
}
