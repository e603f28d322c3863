// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.MasterFixture;
import org.opendaylight.statemigration.som.TestFlows;
import org.opendaylight.statemigration.som.model.BatchId;

class MigrationQueueTest {
    private static final MigrationId FIRST = new MigrationId("m-1");
    private static final MigrationId SECOND = new MigrationId("m-2");
    private static final MigrationId THIRD = new MigrationId("m-3");

    private final MigrationQueue migrationQueue = new MigrationQueue();

    private static MigrationQueue.Limits places(final int underWay) {
        return new MigrationQueue.Limits(underWay, 1, StateHostCapacity.HostLimits.NONE);
    }

    private static StateMigrationNotification move(final VmIdentity vm) {
        return MasterFixture.notification(vm, "fw1", "fw2");
    }

    @Test
    void vmsThatShareAnAddressGoOneAfterTheOtherInOrder() {
        final var both = new VmIdentity(Set.of(InetAddresses.forString("10.0.0.1"),
            InetAddresses.forString("10.0.0.2")), Optional.empty());
        migrationQueue.add(FIRST, move(TestFlows.VM), Optional.empty());
        migrationQueue.add(SECOND, move(both), Optional.empty());
        migrationQueue.add(THIRD, move(TestFlows.OTHER_VM), Optional.empty());
        assertEquals(List.of(FIRST), migrationQueue.next(places(8)));
        assertEquals(2, migrationQueue.waiting(false));
        migrationQueue.remove(FIRST);
        // The third is not in the way of the first, but came after the second
        assertEquals(List.of(SECOND), migrationQueue.next(places(8)));
        migrationQueue.remove(SECOND);
        assertEquals(List.of(THIRD), migrationQueue.next(places(8)));
    }

    @Test
    void equalAddressesInOtherVirtualNetworksAreOtherVms() {
        migrationQueue.add(FIRST, move(TestFlows.VM), Optional.empty());
        migrationQueue.add(SECOND,
            move(new VmIdentity(TestFlows.VM.addresses(), Optional.of(new VirtualNetwork.Vnid(7)))),
            Optional.empty());
        migrationQueue.add(THIRD,
            move(new VmIdentity(TestFlows.VM.addresses(), Optional.of(new VirtualNetwork.Vnid(8)))),
            Optional.empty());
        assertEquals(List.of(FIRST, SECOND, THIRD), migrationQueue.next(places(8)));
    }

    @Test
    void placesAreLimited() {
        migrationQueue.add(FIRST, move(TestFlows.VM), Optional.empty());
        migrationQueue.add(SECOND, move(TestFlows.OTHER_VM), Optional.empty());
        assertEquals(List.of(FIRST), migrationQueue.next(places(1)));
        assertEquals(List.of(), migrationQueue.next(places(1)));
        migrationQueue.freeSlot(FIRST);
        assertEquals(List.of(SECOND), migrationQueue.next(places(1)));
    }

    @Test
    void vmStaysTakenUntilItIsSettledWhereItsFlowsAre() {
        migrationQueue.add(FIRST, move(TestFlows.VM), Optional.empty());
        migrationQueue.add(SECOND, move(TestFlows.VM), Optional.empty());
        assertEquals(List.of(FIRST), migrationQueue.next(places(8)));
        migrationQueue.freeSlot(FIRST);
        assertEquals(List.of(), migrationQueue.next(places(8)));
        assertFalse(migrationQueue.isFree(move(TestFlows.VM), false, places(8)));
        assertTrue(migrationQueue.isFree(move(TestFlows.OTHER_VM), false, places(8)));
        migrationQueue.unlockVm(FIRST);
        assertEquals(List.of(SECOND), migrationQueue.next(places(8)));
    }

    @Test
    void vmOfWhichSomethingIsLeftToDoIsTakenAgain() {
        migrationQueue.add(FIRST, move(TestFlows.VM), Optional.empty());
        assertEquals(List.of(FIRST), migrationQueue.next(places(8)));
        migrationQueue.unlockVm(FIRST);
        migrationQueue.lockVm(FIRST, TestFlows.VM);
        migrationQueue.add(SECOND, move(TestFlows.VM), Optional.empty());
        migrationQueue.lockVm(SECOND, TestFlows.VM);
        assertEquals(List.of(), migrationQueue.next(places(8)));
        migrationQueue.remove(FIRST);
        assertEquals(List.of(SECOND), migrationQueue.next(places(8)), "One that waits is not in its own way");
    }

    @Test
    void whatIsRemovedWhileItWaitsNeverStarts() {
        migrationQueue.add(FIRST, move(TestFlows.VM), Optional.empty());
        migrationQueue.remove(FIRST);
        assertEquals(List.of(), migrationQueue.next(places(8)));
        assertEquals(0, migrationQueue.waiting(false));
    }

    @Test
    void concurrencyGroupHasALimitOfItsOwnAndOthersPassIt() {
        final var group = Optional.of(new ConcurrencyGroup(new BatchId("b-1"), OptionalInt.of(1)));
        migrationQueue.add(FIRST, move(TestFlows.VM), group);
        migrationQueue.add(SECOND, move(TestFlows.OTHER_VM), group);
        migrationQueue.add(THIRD, move(TestFlows.vm("10.0.0.3")), Optional.empty());
        migrationQueue.add(new MigrationId("m-4"), move(TestFlows.OTHER_VM), Optional.empty());
        assertEquals(List.of(FIRST, THIRD), migrationQueue.next(places(8)),
            "The fourth is of the same VM as the second");
        migrationQueue.freeSlot(FIRST);
        assertEquals(List.of(SECOND), migrationQueue.next(places(8)));
    }

    @Test
    void preCopiesOfAGroupAreMadeOneAfterTheOther() {
        final var group = Optional.of(new ConcurrencyGroup(new BatchId("b-1"), OptionalInt.of(1)));
        final var limits = new MigrationQueue.Limits(1, 8, StateHostCapacity.HostLimits.NONE);
        migrationQueue.announce(FIRST, move(TestFlows.VM), group);
        migrationQueue.announce(SECOND, move(TestFlows.OTHER_VM), group);
        migrationQueue.announce(THIRD, move(TestFlows.vm("10.0.0.3")), group);
        assertEquals(List.of(FIRST), migrationQueue.next(limits));
        migrationQueue.standsBy(FIRST);
        assertEquals(List.of(SECOND), migrationQueue.next(limits));
        assertEquals(List.of(), migrationQueue.next(limits));
        migrationQueue.remove(SECOND);
        assertEquals(List.of(THIRD), migrationQueue.next(limits), "One that fails gives its place to the next");
    }

    @Test
    void vmThatMovesDoesNotWaitForItsGroup() {
        final var group = Optional.of(new ConcurrencyGroup(new BatchId("b-1"), OptionalInt.of(1)));
        migrationQueue.announce(FIRST, move(TestFlows.VM), group);
        migrationQueue.announce(SECOND, move(TestFlows.OTHER_VM), group);
        assertEquals(List.of(FIRST), migrationQueue.next(places(1)));
        migrationQueue.switchedOver(SECOND);
        assertEquals(List.of(SECOND), migrationQueue.next(places(1)));
    }

    @Test
    void preCopiesHaveSlotsOfTheirOwn() {
        migrationQueue.announce(FIRST, move(TestFlows.VM), Optional.empty());
        migrationQueue.announce(SECOND, move(TestFlows.OTHER_VM), Optional.empty());
        migrationQueue.add(THIRD, move(TestFlows.vm("10.0.0.3")), Optional.empty());
        assertEquals(List.of(FIRST, THIRD), migrationQueue.next(places(1)));
        assertFalse(migrationQueue.isFree(move(TestFlows.vm("10.0.0.4")), true, places(2)));
        migrationQueue.remove(FIRST);
        assertEquals(List.of(SECOND), migrationQueue.next(places(1)));
    }

    @Test
    void vmThatMovesDoesNotWaitForASlot() {
        migrationQueue.announce(FIRST, move(TestFlows.VM), Optional.empty());
        migrationQueue.add(SECOND, move(TestFlows.OTHER_VM), Optional.empty());
        migrationQueue.add(THIRD, move(TestFlows.vm("10.0.0.3")), Optional.empty());
        assertEquals(List.of(FIRST, SECOND), migrationQueue.next(places(1)));
        migrationQueue.switchedOver(FIRST);
        migrationQueue.freeSlot(SECOND);
        assertEquals(List.of(), migrationQueue.next(places(1)));
        migrationQueue.remove(FIRST);
        assertEquals(List.of(THIRD), migrationQueue.next(places(1)));
    }

    @Test
    void whatIsNoMigrationHasItsTurnBetweenThoseOfTheVm() {
        migrationQueue.add(FIRST, move(TestFlows.VM), Optional.empty());
        assertFalse(migrationQueue.lockIfIdle(THIRD, TestFlows.VM), "One waits");
        migrationQueue.next(places(1));
        assertFalse(migrationQueue.lockIfIdle(THIRD, TestFlows.VM), "One is under way");
        assertTrue(migrationQueue.lockIfIdle(new MigrationId("x-1"), TestFlows.OTHER_VM), "It needs no place");
        migrationQueue.remove(FIRST);
        assertTrue(migrationQueue.lockIfIdle(THIRD, TestFlows.VM));
        migrationQueue.add(SECOND, move(TestFlows.VM), Optional.empty());
        assertEquals(List.of(), migrationQueue.next(places(1)));
        migrationQueue.unlockVm(THIRD);
        assertEquals(List.of(SECOND), migrationQueue.next(places(1)));
    }

    @Test
    void vmThatMovesBeforeItsTurnIsNext() {
        migrationQueue.add(FIRST, move(TestFlows.VM), Optional.empty());
        migrationQueue.add(SECOND, move(TestFlows.OTHER_VM), Optional.empty());
        migrationQueue.announce(THIRD, move(TestFlows.vm("10.0.0.3")), Optional.empty());
        migrationQueue.switchedOver(THIRD);
        assertEquals(List.of(THIRD), migrationQueue.next(places(1)));
    }

    @Test
    void fullStateHostKeepsOnlyItsOwnMigrationsWaiting() {
        final var limits = new MigrationQueue.Limits(8, 8, new StateHostCapacity.HostLimits(
            host -> Optional.of(new HostProfile.Limits(500, 5000, 1, 60)), false));
        migrationQueue.add(FIRST, move(TestFlows.VM), Optional.empty());
        migrationQueue.add(SECOND, move(TestFlows.OTHER_VM), Optional.empty());
        migrationQueue.add(THIRD, MasterFixture.notification(TestFlows.vm("10.0.0.3"), "fw3", "fw4"), Optional.empty());
        assertEquals(List.of(FIRST, THIRD), migrationQueue.next(limits));
        assertFalse(migrationQueue.isFree(move(TestFlows.vm("10.0.0.4")), false, limits));
        migrationQueue.freeSlot(FIRST);
        migrationQueue.remain(FIRST, List.of(new StateHostId("fw1")));
        assertEquals(List.of(), migrationQueue.next(limits), "It is still open at the source");
        migrationQueue.remain(FIRST, List.of());
        assertEquals(List.of(SECOND), migrationQueue.next(limits));
    }
}
