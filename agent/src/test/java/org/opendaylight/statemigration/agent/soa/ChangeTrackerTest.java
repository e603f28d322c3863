// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.lasting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeSet;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.ProtocolState;

/** What a source remembers, without a table. */
class ChangeTrackerTest {
    private static final Instant START = Instant.EPOCH;
    private static final Instant END = START.plus(Duration.ofDays(100));

    private final ChangeTracker tracker = new ChangeTracker();
    private final List<Flow> flows = AgentFixture.flows(20);

    @Test
    void thousandsOfRoundsLeaveNothingBehind() {
        Instant now = START;
        for (int round = 0; round < 10_000; round++) {
            now = now.plusSeconds(1);
            final var flow = flows.get(round % 20);
            note(now, Set.of(flow.key()), List.of(), new Entry(round % 3 == 0 ? FollowTest.marked(flow) : flow, round));
            tracker.hand(10, now);
            assertTrue(tracker.size() <= 20 && !tracker.hasMore());
        }
        note(now, keys(flows), List.of());
        assertEquals(20, tracker.hand(30, now).ended().size());
        assertEquals(0, tracker.size());
        assertEquals(Set.of(), tracker.due(END), "nothing that is gone is looked at again");
    }

    @Test
    void sameIdentityIsAnotherEntryIfItsEndWasTold() {
        hand(flows.get(0), 7);
        note(START, keys(flows.subList(0, 1)), List.of(flows.get(0).key()), new Entry(flows.get(0), 7));
        final var delta = tracker.hand(10, START);
        assertEquals(List.of(flows.get(0).key()), delta.ended());
        assertEquals(flows.subList(0, 1), delta.flows());
    }

    @Test
    void entryThatIsLessFarIsAnotherEntry() {
        final var assured = flows.stream().filter(Flow::assured).findFirst().orElseThrow();
        final var unassured = assured.toBuilder().assured(false).build();
        hand(assured, 7);
        note(START, Set.of(assured.key()), List.of(), new Entry(unassured, 7));
        assertEquals(List.of(assured.key()), tracker.hand(10, START).ended());
    }

    @Test
    void afterAllWasReadWhatIsMissingHasEnded() {
        hand(flows.get(0), 1);
        hand(flows.get(1), 2);
        tracker.note(new ChangeSet(true, Set.of(), Set.of(), List.of(new Entry(flows.get(1), 2)), List.of()), START);
        assertEquals(1, tracker.sizeToBe());
        final var delta = tracker.hand(10, START);
        assertEquals(List.of(flows.get(0).key()), delta.ended());
        assertEquals(List.of(), delta.flows());
    }

    @Test
    void masterIsNamedOnlyWhereTheOtherSideHasIt() {
        final var master = flows.get(0);
        final var child = flows.get(1).withMaster(Optional.of(master.key()));
        note(START, Set.of(child.key()), List.of(), new Entry(child, 2));
        assertEquals(Optional.empty(), tracker.hand(10, START).flows().getFirst().master());
        final var other = flows.get(2).withMaster(Optional.of(master.key()));
        note(START, Set.of(master.key(), other.key()), List.of(), new Entry(master, 1), new Entry(other, 3));
        assertEquals(List.of(master, other), tracker.hand(10, START).flows());
        // A child keeps its master when that has ended: so it is at the destination
        note(START, Set.of(master.key(), other.key()), List.of(), new Entry(other, 3));
        final var delta = tracker.hand(10, START);
        assertEquals(List.of(master.key()), delta.ended());
        assertEquals(List.of(), delta.flows());
    }

    @Test
    void entryThatWasChangedTwiceIsHandedOverOnceWithItsLastState() {
        hand(flows.get(0), 1);
        note(START, keys(flows.subList(0, 1)), List.of(), new Entry(FollowTest.marked(flows.get(0)), 1));
        assertTrue(tracker.hasMore());
        note(START, keys(flows.subList(0, 1)), List.of(), new Entry(flows.get(0), 1));
        assertFalse(tracker.hasMore());
        assertTrue(tracker.hand(10, START).isEmpty());
    }

    @Test
    void shortTimeoutOfAMappingIsLookedAtEverySecondAndOthersAtHalfTime() {
        final var mapping = lasting(flows.stream().filter(flow -> !isTcp(flow)).findFirst().orElseThrow(), 30);
        final var connection = lasting(flows.stream().filter(ChangeTrackerTest::isTcp).findFirst().orElseThrow(), 30);
        hand(mapping, 1);
        hand(connection, 2);
        assertEquals(Set.of(), tracker.due(START.plusMillis(999)));
        assertEquals(Set.of(mapping.key()), tracker.due(START.plusSeconds(1)));
        assertEquals(Set.of(mapping.key(), connection.key()), tracker.due(START.plusSeconds(15)));
        final var now = START.plusSeconds(4);
        note(now, Set.of(mapping.key()), List.of(), new Entry(lasting(mapping, 28), 1));
        assertTrue(tracker.hand(10, now).isEmpty(), "running, as far as whole seconds tell");
        note(now.plusSeconds(1), Set.of(mapping.key()), List.of(), new Entry(lasting(mapping, 30), 1));
        assertEquals(30, tracker.hand(10, now.plusSeconds(1)).flows().getFirst().timeout());
    }

    @Test
    void oneLookIsBoundedAndThoseThatHaveWaitedLongestComeFirst() {
        final var many = AgentFixture.flows(5000).stream().filter(flow -> !isTcp(flow))
            .map(flow -> lasting(flow, 30)).toList();
        assertTrue(many.size() > 2000);
        many.forEach(flow -> hand(flow, flow.key().hashCode()));
        final var first = tracker.due(START.plusSeconds(1));
        assertEquals(2000, first.size());
        first.forEach(key -> note(START.plusSeconds(1), Set.of(key), List.of(), new Entry(
            many.stream().filter(flow -> flow.key().equals(key)).findFirst().orElseThrow(), key.hashCode())));
        tracker.hand(5000, START.plusSeconds(1));
        final var rest = tracker.due(START.plusMillis(1999));
        assertEquals(Math.min(2000, many.size() - 2000), rest.size());
        assertTrue(rest.stream().noneMatch(first::contains));
    }

    private static boolean isTcp(final Flow flow) {
        return flow.protocolState() instanceof ProtocolState.Tcp;
    }

    private void hand(final Flow flow, final long identity) {
        note(START, Set.of(flow.key()), List.of(), new Entry(flow, identity));
        tracker.hand(10, START);
    }

    private void note(final Instant now, final Set<FlowKey> keys, final List<FlowKey> ended, final Entry... entries) {
        tracker.note(new ChangeSet(false, keys, Set.copyOf(ended), new ArrayList<>(List.of(entries)), List.of()), now);
    }

    private static Set<FlowKey> keys(final List<Flow> flows) {
        return flows.stream().map(Flow::key).collect(Collectors.toSet());
    }
}
