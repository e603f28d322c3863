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

    private final StateHostCapacity capacity = new StateHostCapacity();

    private void begin(final int count, final boolean isPreCopy) {
        for (int number = 0; number < count; number++) {
            capacity.begin(new MigrationId("m-" + isPreCopy + "-" + number), HOST, isPreCopy);
        }
    }

    @Test
    void slotsAreKeptForVmsThatHaveMoved() {
        assertEquals(6, EIGHT.migrationsWithPreCopy());
        begin(6, true);
        assertFalse(capacity.isRoom(HOST, true, BOUNDS));
        assertTrue(capacity.isRoom(HOST, false, BOUNDS));
        begin(2, false);
        assertFalse(capacity.isRoom(HOST, false, BOUNDS));
        capacity.end(new MigrationId("m-true-0"));
        assertFalse(capacity.isRoom(HOST, true, BOUNDS));
        assertTrue(capacity.isRoom(HOST, false, BOUNDS));
    }

    @Test
    void vmsThatHaveMovedMayHaveAllSlots() {
        begin(7, false);
        assertTrue(capacity.isRoom(HOST, false, BOUNDS));
        begin(8, false);
        assertFalse(capacity.isRoom(HOST, false, BOUNDS));
    }

    @Test
    void checkpointsMayTakeAllPlacesThatAreNotKept() {
        begin(1, false);
        assertTrue(capacity.isRoom(HOST, false, CHECKPOINTS));
        begin(2, false);
        assertFalse(capacity.isRoom(HOST, false, CHECKPOINTS));
    }

    @Test
    void eachLegOfAMigrationTakesAPlace() {
        begin(6, false);
        final var twice = List.of(HOST.getFirst(), HOST.getFirst());
        assertTrue(capacity.isRoom(twice, false, BOUNDS));
        begin(7, false);
        assertFalse(capacity.isRoom(twice, false, BOUNDS));
    }

    @Test
    void whatIsAloneMayAlwaysTry() {
        final var one = new StateHostCapacity.HostLimits(host -> Optional.of(new HostProfile.Limits(500, 5000, 1, 60)),
            true);
        assertTrue(capacity.isRoom(List.of(HOST.getFirst(), HOST.getFirst()), false, one));
        assertFalse(capacity.isRoom(HOST, true, one), "The only place is kept");
    }

    @Test
    void stateHostThatTellsNoLimitHasNone() {
        begin(100, false);
        assertTrue(capacity.isRoom(HOST, true, StateHostCapacity.HostLimits.NONE));
    }
}
