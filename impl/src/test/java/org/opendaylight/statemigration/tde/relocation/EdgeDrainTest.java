// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.tde.Network;

class EdgeDrainTest {
    private final Network network = Network.figure1().vm("vm2", "nve1", "10.0.0.2");

    private static List<String> texts(final EdgeDrain.Outlook outlook) {
        return outlook.notifications().stream().map(one -> one.vmName().orElseThrow() + ": " + legs(one)).toList();
    }

    private static String legs(final StateMigrationNotification notification) {
        final var leg = notification.legs().getFirst();
        return leg.source() + ">" + leg.destination();
    }

    @Test
    void vmsAreAnnouncedInTheOrderInWhichTheyMove() {
        final var drain = new EdgeDrain(network.snapshot(), "nve1");
        assertEquals(List.of("vm1", "vm2"), drain.vms());
        final var moves = new LinkedHashMap<String, String>();
        moves.put("vm2", "nve2");
        moves.put("vm1", "nve2");
        assertEquals(List.of("vm2: fw1>fw2", "vm1: fw1>fw2"), texts(drain.outlook(moves)));
    }

    @Test
    void vmThatStaysBehindTheSameStateHostNeedsNothing() {
        network.edges("nve4").cable("nve4", "fw1");
        final var drain = new EdgeDrain(network.snapshot(), "nve1");
        assertEquals(List.of(), texts(drain.outlook(Map.of("vm1", "nve4"))));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        final var topology = network.snapshot();
        assertThrows(IllegalArgumentException.class, () -> new EdgeDrain(topology, "nve9"));
        assertThrows(IllegalArgumentException.class, () -> new EdgeDrain(topology, "nve2"));
        final var drain = new EdgeDrain(topology, "nve1");
        assertThrows(IllegalArgumentException.class, () -> drain.outlook(Map.of("vm1", "nve1")));
        assertThrows(IllegalArgumentException.class, () -> drain.outlook(Map.of("vm3", "nve2")));
        assertThrows(IllegalArgumentException.class, () -> drain.outlook(Map.of("vm1", "nve9")));
    }
}
