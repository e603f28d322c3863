// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.Verification;
import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.RandomFlows;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;

class MemoryStateTableTest {
    private static final FlowSelection VM = FlowSelection.of(
        new VmIdentity(Set.of(InetAddresses.forString("10.0.0.1")), Optional.empty()));

    private Instant now = Instant.EPOCH;
    private final MemoryStateTable table = new MemoryStateTable(4, Set.of(Protocols.UDP), () -> now);

    @Test
    void keepsWhatItIsGivenButTheCounters() throws Exception {
        final var flow = counted(udp("10.0.0.1", 1, "192.0.2.1", 2), new Counters(5, 500));
        final var creation = table.create(List.of(flow));
        assertEquals(List.of(), creation.refused());
        assertEquals(flow, creation.entries().getFirst().flow());
        assertEquals(List.of(counted(flow, Counters.NONE)), table.flows());
        assertEquals(new Verification(1, 0, List.of()), table.verify(creation.entries()));
    }

    @Test
    void keepsEveryKindOfFlow() throws Exception {
        final var all = new MemoryStateTable(() -> now);
        final var flows = new RandomFlows(11).of(Optional.empty(), InetAddresses.forString("10.0.0.1"),
            InetAddresses.forString("198.51.100.1"), 1000);
        final var creation = all.create(flows);
        assertEquals(1000, creation.entries().size());
        assertEquals(new Verification(1000, 0, List.of()), all.verify(creation.entries()));
        assertEquals(flows.stream().map(flow -> counted(flow, Counters.NONE)).toList(),
            all.export(VM).entries().stream().map(Entry::flow).toList());
        assertEquals(1000, all.delete(creation.entries()));
        assertEquals(List.of(), all.flows());
    }

    @Test
    void keepsMastersAndWhatTheyExpect() throws Exception {
        final var plain = udp("10.0.0.1", 1, "192.0.2.1", 2);
        final var expectation = new Expectation(Protocols.UDP, Optional.empty(), OptionalInt.empty(),
            plain.key().original().source(), 9, 20, false, Optional.empty());
        final var master = plain.toBuilder()
            .seenReply(true)
            .assured(true)
            .timeout(60)
            .helper(Optional.of("tftp"))
            .expectations(List.of(expectation))
            .build();
        final var child = udp("10.0.0.1", 3, "192.0.2.1", 4).withMaster(Optional.of(master.key()));
        assertEquals(RefusalReason.MASTER_MISSING, table.create(List.of(child)).refused().getFirst().reason());
        table.seed(List.of(child, master));
        assertEquals(List.of(master, child), table.export(VM).entries().stream().map(Entry::flow).toList());
        final var other = new MemoryStateTable(() -> now);
        assertEquals(List.of(), other.create(List.of(master, child)).refused());
        now = now.plusSeconds(5);
        assertEquals(15, other.flows().getFirst().expectations().getFirst().timeout());
        now = now.plusSeconds(15);
        assertEquals(List.of(), other.flows().getFirst().expectations());
        assertEquals(new Verification(1, 0, List.of()), other.verify(List.of(new Entry(master, 1))));
    }

    @Test
    void exportsTheSelectedWithTheirCounters() throws Exception {
        final var mine = counted(udp("10.0.0.1", 1, "192.0.2.1", 2), new Counters(5, 500));
        final var answered = udp("192.0.2.2", 3, "10.0.0.1", 4);
        table.seed(List.of(mine, udp("10.0.0.2", 1, "192.0.2.1", 2), answered));
        assertEquals(List.of(mine, answered), table.export(VM).entries().stream().map(Entry::flow).toList());
        assertEquals(List.of(answered), table.export(new FlowSelection(VM.vm(),
            List.of(IpPrefix.parse("192.0.2.2/32")))).entries().stream().map(Entry::flow).toList());
    }

    @Test
    void omitsProtocolsThatItCannotExport() throws Exception {
        table.seed(List.of(udp("10.0.0.1", 1, "192.0.2.1", 2), gre("192.0.2.1"), gre("192.0.2.2")));
        assertEquals(1, table.export(VM).entries().size());
        assertEquals(List.of(new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, Protocols.GRE, 2)),
            table.export(VM).omitted());
    }

    @Test
    void refusesProtocolsThatItDoesNotKnow() throws Exception {
        final var creation = table.create(List.of(udp("10.0.0.1", 1, "192.0.2.1", 2), gre("192.0.2.1")));
        assertEquals(List.of(new Refusal(1, RefusalReason.UNSUPPORTED_PROTOCOL,
            "This State Host keeps no state for gre")), creation.refused());
        assertEquals(1, creation.entries().size());
    }

    @Test
    void flowThatIsThereAlreadyAsItIsAskedForCountsAsCreated() throws Exception {
        final var flow = udp("10.0.0.1", 1, "192.0.2.1", 2);
        final var first = table.create(List.of(flow));
        now = now.plusSeconds(10);
        final var second = table.create(List.of(flow));
        assertEquals(List.of(new Entry(flow, first.entries().getFirst().identity(), true)), second.entries());
        assertEquals(List.of(), second.refused());
        assertEquals(1, table.flows().size());
    }

    @Test
    void flowOfAnotherOwnerIsACollisionThatNamesIt() throws Exception {
        final var flow = udp("10.0.0.1", 1, "192.0.2.1", 2);
        table.seed(List.of(marked(flow)));
        assertEquals(List.of(new Refusal(0, RefusalReason.COLLISION, "Belongs to flow " + flow.key())),
            table.create(List.of(flow)).refused());
        assertEquals(List.of(marked(flow)), table.flows());
    }

    @Test
    void translatedDirectionCollidesToo() throws Exception {
        final var owner = translated("10.0.0.2", 7);
        table.seed(List.of(owner));
        final var refused = table.create(List.of(translated("10.0.0.1", 7), translated("10.0.0.1", 8))).refused();
        assertEquals(List.of(new Refusal(0, RefusalReason.COLLISION, "Belongs to flow " + owner.key())), refused);
    }

    @Test
    void originalDirectionThatIsAnothersReplyCollides() throws Exception {
        table.seed(List.of(udp("192.0.2.1", 2, "10.0.0.1", 1)));
        assertEquals(RefusalReason.COLLISION,
            table.create(List.of(udp("10.0.0.1", 1, "192.0.2.1", 2))).refused().getFirst().reason());
    }

    @Test
    void fullTableHasNoRoom() throws Exception {
        final var flows = IntStream.rangeClosed(1, 6).mapToObj(port -> udp("10.0.0.1", port, "192.0.2.1", 2)).toList();
        final var creation = table.create(flows);
        assertEquals(4, creation.entries().size());
        assertEquals(List.of(4, 5), creation.refused().stream().map(Refusal::index).toList());
        assertEquals(RefusalReason.NO_ROOM, creation.refused().getFirst().reason());
        table.delete(creation.entries().subList(0, 1));
        assertEquals(1, table.create(flows.subList(4, 5)).entries().size());
    }

    @Test
    void assessTellsWhatCreateWouldRefuseAndChangesNothing() throws Exception {
        final var owner = marked(udp("10.0.0.1", 1, "192.0.2.1", 2));
        table.seed(List.of(owner));
        final var flows = List.of(udp("10.0.0.1", 1, "192.0.2.1", 2), gre("192.0.2.1"),
            udp("10.0.0.1", 2, "192.0.2.1", 2), udp("10.0.0.1", 3, "192.0.2.1", 2),
            udp("10.0.0.1", 4, "192.0.2.1", 2), udp("10.0.0.1", 5, "192.0.2.1", 2));
        final var assessed = table.assess(flows);
        assertEquals(List.of(owner), table.flows());
        assertEquals(assessed, table.create(flows).refused());
        assertEquals(List.of(0, 1, 5), assessed.stream().map(Refusal::index).toList());
    }

    @Test
    void entryVanishesWithItsTimeout() throws Exception {
        final var creation = table.create(List.of(udp("10.0.0.1", 1, "192.0.2.1", 2)));
        now = now.plusMillis(59_001);
        assertEquals(1, table.flows().getFirst().timeout());
        now = now.plusMillis(999);
        assertEquals(List.of(), table.flows());
        assertEquals(new Verification(0, 1, List.of()), table.verify(creation.entries()));
        assertEquals(0, table.delete(creation.entries()));
        assertEquals(List.of(), table.export(VM).entries());
    }

    @Test
    void deletesByIdentityNotByTuple() throws Exception {
        final var flow = udp("10.0.0.1", 1, "192.0.2.1", 2);
        final var first = table.create(List.of(flow)).entries();
        table.delete(first);
        final var second = table.create(List.of(flow)).entries();
        assertNotEquals(first.getFirst().identity(), second.getFirst().identity());
        assertEquals(0, table.delete(first));
        assertEquals(new Verification(0, 1, List.of()), table.verify(first));
        assertEquals(1, table.flows().size());
    }

    @Test
    void verifySeesWhatDiffers() throws Exception {
        final var flow = udp("10.0.0.1", 1, "192.0.2.1", 2);
        final var entry = table.create(List.of(flow)).entries().getFirst();
        final var found = table.verify(List.of(new Entry(marked(flow), entry.identity())));
        assertEquals(0, found.verified());
        assertTrue(found.differences().getFirst().contains(flow.key().toString()));
    }

    @Test
    void holdsCanBeSeenUntilTheyEnd() throws Exception {
        final var one = table.hold(VM);
        final var two = table.hold(VM);
        assertEquals(HoldKind.DROP, one.kind());
        assertEquals(List.of(VM, VM), table.holds());
        one.release();
        one.release();
        one.drop();
        assertEquals(List.of(VM), table.holds());
        two.drop();
        assertEquals(List.of(), table.holds());
    }

    @Test
    void seedThatCollidesIsRefused() {
        final var flow = udp("10.0.0.1", 1, "192.0.2.1", 2);
        assertThrows(IllegalArgumentException.class, () -> table.seed(List.of(flow, marked(flow))));
    }

    @Test
    void closedTableDoesNothing() throws Exception {
        table.hold(VM);
        table.close();
        assertEquals(List.of(), table.holds());
        assertThrows(BackendException.class, () -> table.export(VM));
        assertThrows(BackendException.class, () -> table.create(List.of()));
        assertThrows(BackendException.class, () -> table.hold(VM));
    }

    private static Flow udp(final String from, final int fromPort, final String to, final int toPort) {
        final var original = new Tuple(InetAddresses.forString(from), InetAddresses.forString(to),
            new Identifiers.Ports(fromPort, toPort));
        return flow(Protocols.UDP, original, original.inverse(), Nat.NONE);
    }

    private static Flow gre(final String to) {
        final var original = new Tuple(InetAddresses.forString("10.0.0.1"), InetAddresses.forString(to),
            Identifiers.NONE);
        return flow(Protocols.GRE, original, original.inverse(), Nat.NONE);
    }

    private static Flow translated(final String from, final int port) {
        final var peer = InetAddresses.forString("192.0.2.1");
        final var pool = InetAddresses.forString("198.51.100.1");
        return flow(Protocols.UDP, new Tuple(InetAddresses.forString(from), peer, new Identifiers.Ports(1, 2)),
            new Tuple(peer, pool, new Identifiers.Ports(2, port)),
            new Nat(Optional.of(new Nat.Endpoint(pool, OptionalInt.of(port))), Optional.empty()));
    }

    private static Flow flow(final int protocol, final Tuple original, final Tuple reply, final Nat nat) {
        return Flow.builder(new FlowKey(Optional.empty(), protocol, original), reply)
            .nat(nat)
            .seenReply(true)
            .assured(true)
            .timeout(60)
            .build();
    }

    private static Flow marked(final Flow flow) {
        return flow.toBuilder().mark(1).build();
    }

    private static Flow counted(final Flow flow, final Counters counters) {
        return flow.toBuilder()
            .originalCounters(counters)
            .replyCounters(counters)
            .build();
    }
}
