package org.opendaylight.statemigration.som;

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
import org.opendaylight.statemigration.som.batch.BatchId;
import org.opendaylight.statemigration.som.batch.Convoy;

class TurnsTest {
    private static final MigrationId FIRST = new MigrationId("m-1");
    private static final MigrationId SECOND = new MigrationId("m-2");
    private static final MigrationId THIRD = new MigrationId("m-3");

    private final Turns turns = new Turns();

    private static Turns.Limits places(final int underWay) {
        return new Turns.Limits(underWay, 1, HostLoads.Bounds.NONE);
    }

    private static StateMigrationNotification move(final VmIdentity vm) {
        return Lab.notification(vm, "fw1", "fw2");
    }

    @Test
    void machinesThatShareAnAddressGoOneAfterTheOtherInOrder() {
        final var both = new VmIdentity(Set.of(InetAddresses.forString("10.0.0.1"),
            InetAddresses.forString("10.0.0.2")), Optional.empty());
        turns.add(FIRST, move(TestFlows.VM), Optional.empty());
        turns.add(SECOND, move(both), Optional.empty());
        turns.add(THIRD, move(TestFlows.OTHER_VM), Optional.empty());
        assertEquals(List.of(FIRST), turns.next(places(8)));
        assertEquals(2, turns.waiting(false));
        turns.remove(FIRST);
        // The third is not in the way of the first, but came after the second
        assertEquals(List.of(SECOND), turns.next(places(8)));
        turns.remove(SECOND);
        assertEquals(List.of(THIRD), turns.next(places(8)));
    }

    @Test
    void equalAddressesInOtherVirtualNetworksAreOtherMachines() {
        turns.add(FIRST, move(TestFlows.VM), Optional.empty());
        turns.add(SECOND, move(new VmIdentity(TestFlows.VM.addresses(), Optional.of(new VirtualNetwork.Vnid(7)))),
            Optional.empty());
        turns.add(THIRD, move(new VmIdentity(TestFlows.VM.addresses(), Optional.of(new VirtualNetwork.Vnid(8)))),
            Optional.empty());
        assertEquals(List.of(FIRST, SECOND, THIRD), turns.next(places(8)));
    }

    @Test
    void placesAreLimited() {
        turns.add(FIRST, move(TestFlows.VM), Optional.empty());
        turns.add(SECOND, move(TestFlows.OTHER_VM), Optional.empty());
        assertEquals(List.of(FIRST), turns.next(places(1)));
        assertEquals(List.of(), turns.next(places(1)));
        turns.freePlace(FIRST);
        assertEquals(List.of(SECOND), turns.next(places(1)));
    }

    @Test
    void machineStaysTakenUntilItIsSettledWhereItsFlowsAre() {
        turns.add(FIRST, move(TestFlows.VM), Optional.empty());
        turns.add(SECOND, move(TestFlows.VM), Optional.empty());
        assertEquals(List.of(FIRST), turns.next(places(8)));
        turns.freePlace(FIRST);
        assertEquals(List.of(), turns.next(places(8)));
        assertFalse(turns.isFree(move(TestFlows.VM), false, places(8)));
        assertTrue(turns.isFree(move(TestFlows.OTHER_VM), false, places(8)));
        turns.freeMachine(FIRST);
        assertEquals(List.of(SECOND), turns.next(places(8)));
    }

    @Test
    void machineOfWhichSomethingIsLeftToDoIsTakenAgain() {
        turns.add(FIRST, move(TestFlows.VM), Optional.empty());
        assertEquals(List.of(FIRST), turns.next(places(8)));
        turns.freeMachine(FIRST);
        turns.takeMachine(FIRST, TestFlows.VM);
        turns.add(SECOND, move(TestFlows.VM), Optional.empty());
        turns.takeMachine(SECOND, TestFlows.VM);
        assertEquals(List.of(), turns.next(places(8)));
        turns.remove(FIRST);
        assertEquals(List.of(SECOND), turns.next(places(8)), "One that waits is not in its own way");
    }

    @Test
    void whatIsRemovedWhileItWaitsNeverStarts() {
        turns.add(FIRST, move(TestFlows.VM), Optional.empty());
        turns.remove(FIRST);
        assertEquals(List.of(), turns.next(places(8)));
        assertEquals(0, turns.waiting(false));
    }

    @Test
    void convoyHasALimitOfItsOwnAndOthersPassIt() {
        final var convoy = Optional.of(new Convoy(new BatchId("b-1"), OptionalInt.of(1)));
        turns.add(FIRST, move(TestFlows.VM), convoy);
        turns.add(SECOND, move(TestFlows.OTHER_VM), convoy);
        turns.add(THIRD, move(TestFlows.vm("10.0.0.3")), Optional.empty());
        turns.add(new MigrationId("m-4"), move(TestFlows.OTHER_VM), Optional.empty());
        assertEquals(List.of(FIRST, THIRD), turns.next(places(8)), "The fourth is of the same machine as the second");
        turns.freePlace(FIRST);
        assertEquals(List.of(SECOND), turns.next(places(8)));
    }

    @Test
    void convoyOfMachinesThatHaveYetToMoveIsCopiedOneAfterTheOther() {
        final var convoy = Optional.of(new Convoy(new BatchId("b-1"), OptionalInt.of(1)));
        final var limits = new Turns.Limits(1, 8, HostLoads.Bounds.NONE);
        turns.announce(FIRST, move(TestFlows.VM), convoy);
        turns.announce(SECOND, move(TestFlows.OTHER_VM), convoy);
        turns.announce(THIRD, move(TestFlows.vm("10.0.0.3")), convoy);
        assertEquals(List.of(FIRST), turns.next(limits));
        turns.standsBy(FIRST);
        assertEquals(List.of(SECOND), turns.next(limits));
        assertEquals(List.of(), turns.next(limits));
        turns.remove(SECOND);
        assertEquals(List.of(THIRD), turns.next(limits), "One that fails gives its place to the next");
    }

    @Test
    void machineThatMovesDoesNotWaitForItsConvoy() {
        final var convoy = Optional.of(new Convoy(new BatchId("b-1"), OptionalInt.of(1)));
        turns.announce(FIRST, move(TestFlows.VM), convoy);
        turns.announce(SECOND, move(TestFlows.OTHER_VM), convoy);
        assertEquals(List.of(FIRST), turns.next(places(1)));
        turns.switched(SECOND);
        assertEquals(List.of(SECOND), turns.next(places(1)));
    }

    @Test
    void machinesThatHaveYetToMoveHavePlacesOfTheirOwn() {
        turns.announce(FIRST, move(TestFlows.VM), Optional.empty());
        turns.announce(SECOND, move(TestFlows.OTHER_VM), Optional.empty());
        turns.add(THIRD, move(TestFlows.vm("10.0.0.3")), Optional.empty());
        assertEquals(List.of(FIRST, THIRD), turns.next(places(1)));
        assertFalse(turns.isFree(move(TestFlows.vm("10.0.0.4")), true, places(2)));
        turns.remove(FIRST);
        assertEquals(List.of(SECOND), turns.next(places(1)));
    }

    @Test
    void machineThatMovesGoesOnWithoutWaitingForAPlace() {
        turns.announce(FIRST, move(TestFlows.VM), Optional.empty());
        turns.add(SECOND, move(TestFlows.OTHER_VM), Optional.empty());
        turns.add(THIRD, move(TestFlows.vm("10.0.0.3")), Optional.empty());
        assertEquals(List.of(FIRST, SECOND), turns.next(places(1)));
        turns.switched(FIRST);
        turns.freePlace(SECOND);
        assertEquals(List.of(), turns.next(places(1)));
        turns.remove(FIRST);
        assertEquals(List.of(THIRD), turns.next(places(1)));
    }

    @Test
    void whatIsNoMigrationHasItsTurnBetweenThoseOfTheMachine() {
        turns.add(FIRST, move(TestFlows.VM), Optional.empty());
        assertFalse(turns.take(THIRD, TestFlows.VM), "One waits");
        turns.next(places(1));
        assertFalse(turns.take(THIRD, TestFlows.VM), "One is under way");
        assertTrue(turns.take(new MigrationId("x-1"), TestFlows.OTHER_VM), "It needs no place");
        turns.remove(FIRST);
        assertTrue(turns.take(THIRD, TestFlows.VM));
        turns.add(SECOND, move(TestFlows.VM), Optional.empty());
        assertEquals(List.of(), turns.next(places(1)));
        turns.freeMachine(THIRD);
        assertEquals(List.of(SECOND), turns.next(places(1)));
    }

    @Test
    void machineThatMovesBeforeItsTurnIsNext() {
        turns.add(FIRST, move(TestFlows.VM), Optional.empty());
        turns.add(SECOND, move(TestFlows.OTHER_VM), Optional.empty());
        turns.announce(THIRD, move(TestFlows.vm("10.0.0.3")), Optional.empty());
        turns.switched(THIRD);
        assertEquals(List.of(THIRD), turns.next(places(1)));
    }

    @Test
    void fullStateHostKeepsOnlyItsOwnMigrationsWaiting() {
        final var limits = new Turns.Limits(8, 8, new HostLoads.Bounds(
            host -> Optional.of(new HostProfile.Limits(500, 5000, 1, 60)), false));
        turns.add(FIRST, move(TestFlows.VM), Optional.empty());
        turns.add(SECOND, move(TestFlows.OTHER_VM), Optional.empty());
        turns.add(THIRD, Lab.notification(TestFlows.vm("10.0.0.3"), "fw3", "fw4"), Optional.empty());
        assertEquals(List.of(FIRST, THIRD), turns.next(limits));
        assertFalse(turns.isFree(move(TestFlows.vm("10.0.0.4")), false, limits));
        turns.freePlace(FIRST);
        turns.remain(FIRST, List.of(new StateHostId("fw1")));
        assertEquals(List.of(), turns.next(limits), "It is still open at the source");
        turns.remain(FIRST, List.of());
        assertEquals(List.of(SECOND), turns.next(limits));
    }
}
