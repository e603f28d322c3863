package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.News;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;

/** What a source remembers, without a table. */
class LedgerTest {
    private static final Instant START = Instant.EPOCH;
    private static final Instant END = START.plus(Duration.ofDays(100));

    private final Ledger ledger = new Ledger();
    private final List<Flow> flows = AgentFixture.flows(20);

    @Test
    void thousandsOfRoundsLeaveNothingBehind() {
        Instant now = START;
        for (int round = 0; round < 10_000; round++) {
            now = now.plusSeconds(1);
            final var flow = flows.get(round % 20);
            note(now, Set.of(flow.key()), List.of(), new Entry(round % 3 == 0 ? FollowTest.marked(flow) : flow, round));
            ledger.hand(10, now);
            assertTrue(ledger.size() <= 20 && !ledger.hasMore());
        }
        note(now, keys(flows), List.of());
        assertEquals(20, ledger.hand(30, now).ended().size());
        assertEquals(0, ledger.size());
        assertEquals(Set.of(), ledger.due(END), "nothing that is gone is looked at again");
    }

    @Test
    void sameIdentityIsAnotherEntryIfItsEndWasTold() {
        hand(flows.get(0), 7);
        note(START, keys(flows.subList(0, 1)), List.of(flows.get(0).key()), new Entry(flows.get(0), 7));
        final var delta = ledger.hand(10, START);
        assertEquals(List.of(flows.get(0).key()), delta.ended());
        assertEquals(flows.subList(0, 1), delta.flows());
    }

    @Test
    void entryThatIsLessFarIsAnotherEntry() {
        final var assured = flows.stream().filter(Flow::assured).findFirst().orElseThrow();
        final var unassured = new Flow(assured.key(), assured.reply(), assured.nat(), assured.protocolState(),
            assured.seenReply(), false, assured.timeout(), assured.mark(), assured.labels(), assured.helper(),
            assured.originalCounters(), assured.replyCounters());
        hand(assured, 7);
        note(START, Set.of(assured.key()), List.of(), new Entry(unassured, 7));
        assertEquals(List.of(assured.key()), ledger.hand(10, START).ended());
    }

    @Test
    void afterAllWasReadWhatIsMissingHasEnded() {
        hand(flows.get(0), 1);
        hand(flows.get(1), 2);
        ledger.note(new News(true, Set.of(), Set.of(), List.of(new Entry(flows.get(1), 2)), List.of()), START);
        assertEquals(1, ledger.sizeToBe());
        final var delta = ledger.hand(10, START);
        assertEquals(List.of(flows.get(0).key()), delta.ended());
        assertEquals(List.of(), delta.flows());
    }

    @Test
    void masterIsNamedOnlyWhereTheOtherSideHasIt() {
        final var master = flows.get(0);
        final var child = flows.get(1).withMaster(Optional.of(master.key()));
        note(START, Set.of(child.key()), List.of(), new Entry(child, 2));
        assertEquals(Optional.empty(), ledger.hand(10, START).flows().getFirst().master());
        final var other = flows.get(2).withMaster(Optional.of(master.key()));
        note(START, Set.of(master.key(), other.key()), List.of(), new Entry(master, 1), new Entry(other, 3));
        assertEquals(List.of(master, other), ledger.hand(10, START).flows());
        // A child keeps its master when that has ended: so it is at the other side
        note(START, Set.of(master.key(), other.key()), List.of(), new Entry(other, 3));
        final var delta = ledger.hand(10, START);
        assertEquals(List.of(master.key()), delta.ended());
        assertEquals(List.of(), delta.flows());
    }

    @Test
    void entryThatWasChangedTwiceIsHandedOverOnceWithItsLastState() {
        hand(flows.get(0), 1);
        note(START, keys(flows.subList(0, 1)), List.of(), new Entry(FollowTest.marked(flows.get(0)), 1));
        assertTrue(ledger.hasMore());
        note(START, keys(flows.subList(0, 1)), List.of(), new Entry(flows.get(0), 1));
        assertFalse(ledger.hasMore());
        assertTrue(ledger.hand(10, START).isEmpty());
    }

    private void hand(final Flow flow, final long identity) {
        note(START, Set.of(flow.key()), List.of(), new Entry(flow, identity));
        ledger.hand(10, START);
    }

    private void note(final Instant now, final Set<FlowKey> keys, final List<FlowKey> ended, final Entry... entries) {
        ledger.note(new News(false, keys, Set.copyOf(ended), new ArrayList<>(List.of(entries)), List.of()), now);
    }

    private static Set<FlowKey> keys(final List<Flow> flows) {
        return flows.stream().map(Flow::key).collect(Collectors.toSet());
    }
}
