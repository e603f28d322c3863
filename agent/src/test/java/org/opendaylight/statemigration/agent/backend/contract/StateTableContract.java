// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.StateTable.Change;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeFeed;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeSet;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.Verification;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;

/**
 * What every {@link StateTable} does, as tests. Extend it once for each way in which a back end can be set up. Of what
 * the table does not declare among its {@link StateTable#features} the tests expect that it refuses it: no test is
 * skipped.
 */
@Timeout(60)
public abstract class StateTableContract {
    private StateTable table;

    /**
     * Open the table to be tested.
     *
     * @return an empty table, which the suite closes
     * @throws Exception if it cannot be opened
     */
    protected abstract StateTable open() throws Exception;

    /**
     * Change an entry as packets of its flow would: in the table of the State Host, but not by way of the table that is
     * tested.
     *
     * @param flow a flow in the table, as it is from now on
     * @throws Exception if it cannot be changed
     */
    protected abstract void changeByPackets(Flow flow) throws Exception;

    /**
     * End an entry as the last packet of its flow would, in the same way.
     *
     * @param flow a flow in the table
     * @throws Exception if it cannot be ended
     */
    protected abstract void endByPackets(Flow flow) throws Exception;

    /** {@return virtual networks that the table was opened with, two of them; of no meaning if it knows none} */
    protected abstract List<VirtualNetwork> virtualNetworks();

    @BeforeEach
    final void openTable() throws Exception {
        table = open();
    }

    @AfterEach
    final void closeTable() {
        if (table != null) {
            table.close();
        }
    }

    @Test
    final void describesItself() {
        final var capabilities = table.capabilities();
        assertFalse(capabilities.vendor().isBlank());
        assertFalse(capabilities.flowProtocols().isEmpty());
        capabilities.policyDigest().ifPresent(digest -> assertTrue(digest.matches("[0-9a-f]{64}"), digest));
        assertEquals(table.features(), table.features());
    }

    @Test
    final void emptyTableHasNothingToExport() throws Exception {
        final var export = table.export(ContractFlows.selection());
        assertEquals(List.of(), export.entries());
        assertEquals(List.of(), export.omitted());
    }

    @Test
    final void everyDeclaredProtocolIsRestoredAsItWas() throws Exception {
        final var flows = ofEveryProtocol();
        final var created = create(flows);
        assertEquals(flows.size(), created.size());
        assertSameFlows(flows, exported());
        assertEquals(new Verification(flows.size(), 0, List.of()), table.verify(created));
        assertEquals(flows.size(), table.delete(created));
        assertEquals(List.of(), exported());
    }

    @Test
    final void createdEntriesComeInTheOrderOfTheFlowsAndAreNew() throws Exception {
        final var flows = udps(1, 5);
        final var created = create(flows);
        assertEquals(flows.stream().map(Flow::key).toList(), keys(created));
        assertTrue(created.stream().noneMatch(Entry::found));
        assertEquals(5, created.stream().map(Entry::identity).distinct().count());
    }

    @Test
    final void timeoutRunsFromTheOneAskedFor() throws Exception {
        create(List.of(ContractFlows.lasting(ContractFlows.udp(1), 100)));
        final long left = exported().getFirst().timeout();
        assertTrue(left > 0 && left <= 100, left + " s");
    }

    @Test
    final void onlySelectedEntriesAreExported() throws Exception {
        create(List.of(ContractFlows.udp(1), ContractFlows.udpOfOtherVm(1), ContractFlows.reversed(
            ContractFlows.udp(2))));
        assertEquals(Set.of(ContractFlows.udp(1).key(), ContractFlows.reversed(ContractFlows.udp(2)).key()),
            exported().stream().map(Flow::key).collect(Collectors.toSet()));
    }

    @Test
    final void repeatedCreationFindsTheSameEntries() throws Exception {
        final var flows = udps(1, 3);
        final var first = create(flows);
        final var second = create(flows);
        assertEquals(identities(first), identities(second));
        assertTrue(second.stream().allMatch(Entry::found));
        assertEquals(3, exported().size());
    }

    @Test
    final void flowWhoseOwnPacketsCameFirstHasTheFurtherState() throws Exception {
        final var ahead = ContractFlows.tcp(1, TcpState.ESTABLISHED);
        final var behind = ContractFlows.tcp(2, TcpState.SYN_RECEIVED);
        create(List.of(ahead, behind));
        final var found = create(List.of(ContractFlows.tcp(1, TcpState.SYN_RECEIVED),
            ContractFlows.tcp(2, TcpState.ESTABLISHED)));
        assertTrue(found.stream().allMatch(Entry::found));
        assertEquals(List.of(TcpState.ESTABLISHED, TcpState.ESTABLISHED), states(exported()));
        assertEquals(new Verification(2, 0, List.of()), table.verify(found));
    }

    @Test
    final void entryOfAnotherOwnerIsACollisionAndStaysAsItIs() throws Exception {
        final var owner = ContractFlows.tcp(1, TcpState.ESTABLISHED);
        final var owned = create(List.of(owner));
        // The same ends, but another connection: it has another window scale
        final var creation = table.create(List.of(ContractFlows.udp(2),
            ContractFlows.tcp(1, TcpState.ESTABLISHED, 3)));
        assertEquals(List.of(ContractFlows.udp(2).key()), keys(creation.entries()));
        assertRefused(1, RefusalReason.COLLISION, creation.refused());
        assertEquals(new Verification(1, 0, List.of()), table.verify(owned));
    }

    @Test
    final void assessmentSaysWhatCreationRefusesAndChangesNothing() throws Exception {
        create(List.of(ContractFlows.tcp(1, TcpState.ESTABLISHED)));
        final var flows = List.of(ContractFlows.udp(2), ContractFlows.tcp(1, TcpState.ESTABLISHED, 3),
            ContractFlows.udp(3));
        final var before = exported();
        final var assessed = table.assess(flows);
        assertSameFlows(before, exported());
        final var refused = table.create(flows).refused();
        assertEquals(List.of(1), refused.stream().map(Refusal::index).toList());
        assertEquals(refused.stream().map(refusal -> refusal.index() + " " + refusal.reason()).toList(),
            assessed.stream().map(refusal -> refusal.index() + " " + refusal.reason()).toList());
    }

    @Test
    final void nothingIsCreatedOutOfNothing() throws Exception {
        assertEquals(List.of(), table.create(List.of()).entries());
        assertEquals(List.of(), table.update(List.of()).entries());
        assertEquals(List.of(), table.assess(List.of()));
        assertEquals(new Verification(0, 0, List.of()), table.verify(List.of()));
        assertEquals(0, table.delete(List.of()));
    }

    @Test
    final void updateGivesANewState() throws Exception {
        final var entry = create(List.of(ContractFlows.tcp(1, TcpState.SYN_RECEIVED))).getFirst();
        final var later = ContractFlows.tcp(1, TcpState.ESTABLISHED);
        final var updated = table.update(List.of(new Change(entry, later)));
        assertEquals(List.of(), updated.refused());
        assertEquals(new Verification(1, 0, List.of()), table.verify(updated.entries()));
        assertEquals(List.of(TcpState.ESTABLISHED), states(exported()));
        assertEquals(1, table.delete(updated.entries()));
    }

    @Test
    final void updateOfAnEntryThatIsGoneCreatesIt() throws Exception {
        final var entry = create(List.of(ContractFlows.udp(1))).getFirst();
        endByPackets(entry.flow());
        final var updated = table.update(List.of(new Change(entry, entry.flow())));
        assertEquals(List.of(), updated.refused());
        assertEquals(new Verification(1, 0, List.of()), table.verify(updated.entries()));
        assertEquals(1, exported().size());
    }

    @Test
    final void updateThatIsRefusedLeavesNothing() throws Exception {
        final var entry = create(List.of(ContractFlows.tcp(1, TcpState.ESTABLISHED))).getFirst();
        endByPackets(entry.flow());
        // A kernel may make the identity out of the place in memory: others take that place first
        final var others = create(udps(10, 40));
        final var owner = create(List.of(ContractFlows.tcp(1, TcpState.ESTABLISHED, 3)));
        final var updated = table.update(List.of(new Change(entry, entry.flow())));
        assertRefused(0, RefusalReason.COLLISION, updated.refused());
        assertEquals(new Verification(1, 0, List.of()), table.verify(owner));
        assertEquals(others.size() + 1, exported().size());
    }

    @Test
    final void verificationCountsEntriesThatHaveEnded() throws Exception {
        final var created = create(udps(1, 3));
        endByPackets(created.get(1).flow());
        assertEquals(new Verification(2, 1, List.of()), table.verify(created));
    }

    @Test
    final void verificationNamesTheFlowThatDiffers() throws Exception {
        final var created = create(List.of(ContractFlows.tcp(1, TcpState.ESTABLISHED), ContractFlows.udp(2)));
        final var other = new Entry(ContractFlows.tcp(1, TcpState.ESTABLISHED, 3), created.getFirst().identity());
        final var found = table.verify(List.of(other, created.get(1)));
        assertEquals(1, found.verified());
        assertEquals(1, found.differences().size());
        assertTrue(found.differences().getFirst().contains(other.flow().key().toString()), found.toString());
    }

    @Test
    final void deletionIsByIdentity() throws Exception {
        final var first = create(List.of(ContractFlows.tcp(1, TcpState.ESTABLISHED))).getFirst();
        assertEquals(0, table.delete(List.of(new Entry(first.flow(), first.identity() + 1))));
        assertEquals(1, exported().size());
        assertEquals(1, table.delete(List.of(first)));
        assertEquals(0, table.delete(List.of(first)));
        assertEquals(List.of(), exported());
    }

    @Test
    final void entriesInServiceStay() throws Exception {
        final var created = create(ofEveryProtocol());
        table.takeIntoService(created);
        assertEquals(new Verification(created.size(), 0, List.of()), table.verify(created));
    }

    @Test
    final void severalThreadsMayCreateAtOnce() throws Exception {
        final var tasks = new ArrayList<Callable<Integer>>();
        for (int thread = 0; thread < 4; thread++) {
            final var flows = udps(1 + 100 * thread, 100 + 100 * thread);
            tasks.add(() -> create(flows).size());
        }
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            for (var result : threads.invokeAll(tasks, 30, TimeUnit.SECONDS)) {
                assertEquals(100, result.get());
            }
        }
        assertEquals(400, exported().size());
    }

    @Test
    final void translatedFlowIsRestoredOrRefused() throws Exception {
        assertRestoredOrRefused(BackendFeature.TRANSLATION, ContractFlows.translated(1));
    }

    @Test
    final void flowWithHelperAndExpectationIsRestoredOrRefused() throws Exception {
        assertRestoredOrRefused(BackendFeature.HELPERS, ContractFlows.ftp(1));
    }

    private void assertRestoredOrRefused(final BackendFeature feature, final Flow flow) throws Exception {
        final var creation = table.create(List.of(flow));
        if (table.features().contains(feature)) {
            assertEquals(List.of(), creation.refused());
            assertSameFlows(List.of(flow), exported());
            assertEquals(new Verification(1, 0, List.of()), table.verify(creation.entries()));
        } else {
            assertRefused(0, RefusalReason.UNSUPPORTED_ATTRIBUTE, creation.refused());
            assertEquals(List.of(), exported());
        }
    }

    @Test
    final void masterMustBeInTheTable() throws Exception {
        final var master = ContractFlows.tcp(1, TcpState.ESTABLISHED);
        final var child = ContractFlows.udp(2).withMaster(Optional.of(master.key()));
        final var helpers = table.features().contains(BackendFeature.HELPERS);
        assertRefused(0, helpers ? RefusalReason.MASTER_MISSING : RefusalReason.UNSUPPORTED_ATTRIBUTE,
            table.create(List.of(child)).refused());
        if (helpers) {
            create(List.of(master, child));
            assertEquals(List.of(master.key(), child.key()), exported().stream().map(Flow::key).toList());
            assertEquals(Optional.of(master.key()), exported().get(1).master());
        }
    }

    @Test
    final void virtualNetworksAreKeptApartOrRefused() throws Exception {
        final var one = Optional.of(virtualNetworks().get(0));
        final var other = Optional.of(virtualNetworks().get(1));
        final var flows = List.of(ContractFlows.udp(1), ContractFlows.udp(one, 1), ContractFlows.udp(other, 1));
        final var creation = table.create(flows);
        if (table.features().contains(BackendFeature.VIRTUAL_NETWORKS)) {
            assertEquals(List.of(), creation.refused());
            assertEquals(List.of(flows.get(1).key()), keys(table.export(ContractFlows.selection(one)).entries()));
            assertEquals(List.of(flows.get(2).key()), keys(table.export(ContractFlows.selection(other)).entries()));
        } else {
            assertEquals(List.of(flows.get(0).key()), keys(creation.entries()));
            assertRefused(1, RefusalReason.UNKNOWN_VIRTUAL_NETWORK, creation.refused().subList(0, 1));
            assertRefused(2, RefusalReason.UNKNOWN_VIRTUAL_NETWORK, creation.refused().subList(1, 2));
        }
        assertEquals(List.of(flows.get(0).key()), exported().stream().map(Flow::key).toList());
    }

    @Test
    final void feedReportsAllEntriesFirstAndThenWhatHasChanged() throws Exception {
        try (var feed = follow()) {
            if (feed.isEmpty()) {
                return;
            }
            create(List.of(ContractFlows.tcp(1, TcpState.SYN_RECEIVED), ContractFlows.udp(2)));
            final var all = changes(feed);
            assertTrue(all.all());
            assertEquals(2, all.entries().size());
            assertEquals(ChangeSet.NONE, changes(feed));
            changeByPackets(ContractFlows.tcp(1, TcpState.ESTABLISHED));
            create(List.of(ContractFlows.udp(3)));
            final var changed = changes(feed);
            assertEquals(Set.of(ContractFlows.tcp(1, TcpState.ESTABLISHED).key(), ContractFlows.udp(3).key()),
                Set.copyOf(keys(changed.entries())));
            assertEquals(ChangeSet.NONE, changes(feed));
        }
    }

    @Test
    final void feedReportsEndedEntries() throws Exception {
        try (var feed = follow()) {
            if (feed.isEmpty()) {
                return;
            }
            final var created = create(udps(1, 2));
            changes(feed);
            endByPackets(created.getFirst().flow());
            final var changes = changes(feed);
            assertEquals(Set.of(ContractFlows.udp(1).key()), changes.keys());
            assertEquals(Set.of(ContractFlows.udp(1).key()), changes.ended());
            assertEquals(List.of(), changes.entries());
        }
    }

    @Test
    final void feedReportsThatAnEntryEndedEvenIfThereIsOneAgain() throws Exception {
        try (var feed = follow()) {
            if (feed.isEmpty()) {
                return;
            }
            final var before = create(List.of(ContractFlows.udp(1))).getFirst();
            changes(feed);
            endByPackets(before.flow());
            create(List.of(ContractFlows.udp(1)));
            final var changes = changes(feed);
            assertEquals(Set.of(ContractFlows.udp(1).key()), changes.ended());
            assertEquals(List.of(ContractFlows.udp(1).key()), keys(changes.entries()));
        }
    }

    @Test
    final void feedLooksAtEntriesAgainThatItIsAskedAbout() throws Exception {
        try (var feed = follow()) {
            if (feed.isEmpty()) {
                return;
            }
            create(udps(1, 3));
            changes(feed);
            final var again = feed.orElseThrow().changes(Set.of(ContractFlows.udp(2).key(),
                ContractFlows.udp(9).key()));
            assertEquals(List.of(ContractFlows.udp(2).key()), keys(again.entries()));
            assertTrue(again.keys().contains(ContractFlows.udp(9).key()));
        }
    }

    @Test
    final void feedReportsNoEntriesOfOthers() throws Exception {
        try (var feed = follow()) {
            if (feed.isEmpty()) {
                return;
            }
            changes(feed);
            create(List.of(ContractFlows.udpOfOtherVm(1)));
            assertEquals(List.of(), changes(feed).entries());
        }
    }

    @Test
    final void feedsDoNotDependOnEachOther() throws Exception {
        try (var one = follow(); var other = follow()) {
            if (one.isEmpty()) {
                return;
            }
            changes(one);
            changes(other);
            create(List.of(ContractFlows.udp(1)));
            assertEquals(1, changes(one).entries().size());
            one.close();
            create(List.of(ContractFlows.udp(2)));
            assertEquals(2, changes(other).entries().size());
        }
    }

    @Test
    final void holdCanBeReleasedOrDroppedMoreThanOnce() throws Exception {
        if (!table.features().contains(BackendFeature.HOLD)) {
            assertThrows(BackendException.class, () -> table.hold(ContractFlows.selection()));
            return;
        }
        final var released = table.hold(ContractFlows.selection());
        final var dropped = table.hold(ContractFlows.selection());
        assertNotEquals(HoldKind.NONE, released.kind());
        released.cover(List.of(ContractFlows.udp(1)));
        if (table.features().contains(BackendFeature.TRANSLATION)) {
            released.cover(List.of(ContractFlows.translated(2)));
        }
        released.release();
        released.release();
        released.drop();
        released.cover(List.of(ContractFlows.udp(3)));
        dropped.drop();
        dropped.drop();
        dropped.release();
    }

    @Test
    final void holdDoesNotKeepFlowsFromBeingCreated() throws Exception {
        if (table.features().contains(BackendFeature.HOLD)) {
            final var hold = table.hold(ContractFlows.selection());
            final var created = create(udps(1, 3));
            assertEquals(new Verification(3, 0, List.of()), table.verify(created));
            hold.release();
            assertEquals(3, exported().size());
        } else {
            assertEquals(3, create(udps(1, 3)).size());
        }
    }

    /** A feed that may be missing: then the table has refused, as it must if it does not declare changes. */
    private record OptionalFeed(Optional<ChangeFeed> feed) implements AutoCloseable {
        boolean isEmpty() {
            return feed.isEmpty();
        }

        ChangeFeed orElseThrow() {
            return feed.orElseThrow();
        }

        @Override
        public void close() {
            feed.ifPresent(ChangeFeed::close);
        }
    }

    private OptionalFeed follow() throws BackendException {
        if (table.features().contains(BackendFeature.CHANGES)) {
            return new OptionalFeed(Optional.of(table.follow(ContractFlows.selection())));
        }
        assertThrows(BackendException.class, () -> table.follow(ContractFlows.selection()));
        return new OptionalFeed(Optional.empty());
    }

    private static ChangeSet changes(final OptionalFeed feed) throws BackendException {
        return feed.orElseThrow().changes(Set.of());
    }

    private List<Entry> create(final List<Flow> flows) throws BackendException {
        final var creation = table.create(flows);
        assertEquals(List.of(), creation.refused());
        return creation.entries();
    }

    private List<Flow> exported() throws BackendException {
        return table.export(ContractFlows.selection()).entries().stream().map(Entry::flow).toList();
    }

    private List<Flow> ofEveryProtocol() {
        return table.capabilities().flowProtocols().stream().sorted()
            .flatMap(protocol -> ContractFlows.of(protocol, 100 + protocol).stream()).toList();
    }

    private static List<Flow> udps(final int first, final int last) {
        return IntStream.rangeClosed(first, last).mapToObj(ContractFlows::udp).toList();
    }

    private static void assertRefused(final int index, final RefusalReason reason, final List<Refusal> refused) {
        assertEquals(List.of(index + " " + reason),
            refused.stream().map(refusal -> refusal.index() + " " + refusal.reason()).toList());
        assertFalse(refused.getFirst().detail().isBlank());
    }

    private static void assertSameFlows(final List<Flow> expected, final List<Flow> actual) {
        assertEquals(expected.stream().map(Flow::key).collect(Collectors.toSet()),
            actual.stream().map(Flow::key).collect(Collectors.toSet()));
        for (var flow : expected) {
            final var found = actual.stream().filter(each -> each.key().equals(flow.key())).findFirst().orElseThrow();
            assertTrue(FlowStateMerge.sameState(flow, found), () -> "expected " + flow + ", found " + found);
        }
    }

    private static List<FlowKey> keys(final List<Entry> entries) {
        return entries.stream().map(entry -> entry.flow().key()).toList();
    }

    private static List<Long> identities(final List<Entry> entries) {
        return entries.stream().map(Entry::identity).toList();
    }

    private static List<TcpState> states(final List<Flow> flows) {
        return flows.stream().map(flow -> ((ProtocolState.Tcp) flow.protocolState()).state()).toList();
    }
}
