// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;

class StateHostCapacityTest {
    private static final List<StateHostId> HOST = List.of(new StateHostId("fw1"));
    private static final HostProfile.Limits EIGHT = new HostProfile.Limits(500, 5000, 8, 60);
    private static final StateHostCapacity.HostLimits BOUNDS = new StateHostCapacity.HostLimits(host ->
        Optional.of(EIGHT),
        false);
    private static final StateHostCapacity.HostLimits CHECKPOINTS = new StateHostCapacity.HostLimits(host ->
        Optional.of(EIGHT),
        true);

    private final StateHostCapacity loads = new StateHostCapacity();

    private void begin(final int count, final boolean beforehand) {
        for (int number = 0; number < count; number++) {
            loads.begin(new MigrationId("m-" + beforehand + "-" + number), HOST, beforehand);
        }
    }

    @Test
    void placesAreKeptForMachinesThatHaveMoved() {
        assertEquals(6, EIGHT.migrationsBeforehand());
        begin(6, true);
        assertFalse(loads.isRoom(HOST, true, BOUNDS));
        assertTrue(loads.isRoom(HOST, false, BOUNDS));
        begin(2, false);
        assertFalse(loads.isRoom(HOST, false, BOUNDS));
        loads.end(new MigrationId("m-true-0"));
        assertFalse(loads.isRoom(HOST, true, BOUNDS));
        assertTrue(loads.isRoom(HOST, false, BOUNDS));
    }

    @Test
    void machinesThatHaveMovedMayHaveAllPlaces() {
        begin(7, false);
        assertTrue(loads.isRoom(HOST, false, BOUNDS));
        begin(8, false);
        assertFalse(loads.isRoom(HOST, false, BOUNDS));
    }

    @Test
    void checkpointsMayTakeAllPlacesThatAreNotKept() {
        begin(1, false);
        assertTrue(loads.isRoom(HOST, false, CHECKPOINTS));
        begin(2, false);
        assertFalse(loads.isRoom(HOST, false, CHECKPOINTS));
    }

    @Test
    void eachLegOfAMigrationTakesAPlace() {
        begin(6, false);
        final var twice = List.of(HOST.getFirst(), HOST.getFirst());
        assertTrue(loads.isRoom(twice, false, BOUNDS));
        begin(7, false);
        assertFalse(loads.isRoom(twice, false, BOUNDS));
    }

    @Test
    void whatIsAloneMayAlwaysTry() {
        final var one = new StateHostCapacity.HostLimits(host -> Optional.of(new HostProfile.Limits(500, 5000, 1, 60)),
            true);
        assertTrue(loads.isRoom(List.of(HOST.getFirst(), HOST.getFirst()), false, one));
        assertFalse(loads.isRoom(HOST, true, one), "The only place is kept");
    }

    @Test
    void stateHostThatTellsNoLimitHasNone() {
        begin(100, false);
        assertTrue(loads.isRoom(HOST, true, StateHostCapacity.HostLimits.NONE));
    }
}
