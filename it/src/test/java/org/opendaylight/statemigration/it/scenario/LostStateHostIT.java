// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.controller.Controller;
import org.opendaylight.statemigration.it.controller.RestconfException;
import org.opendaylight.statemigration.it.testbed.SeedFlows;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.time.Await;

/** What operators see, and what becomes of flows, when a State Host is gone or is no longer authorized. */
class LostStateHostIT {
    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inMemory();

    @Test
    void flowsStayAtTheSourceAndOperatorsAreTold() throws Exception {
        final var bed = SHARED.bed();
        bed.serveMemory(SeedFlows.json());
        final var operator = bed.provisioning();
        assertEquals(SeedFlows.COUNT, operator.requests().plan(Site.TWO).flows());

        // A destination that is gone vanishes as connected, and a move to it is refused where everybody can see it
        bed.agent("fw2").close();
        Await.until("fw2 is shown as disconnected", () ->
            operator.view().hostStatus().get("fw2").startsWith("disconnected"));
        operator.topology().moved(Site.TWO);
        Await.until("the change is refused", () -> operator.view().refusedChanges().stream()
            .anyMatch(change -> change.startsWith("vm1: ") && change.contains("fw2")));
        assertEquals(List.of(), operator.view().migrations());
        final var gone = assertThrows(RestconfException.class, () -> operator.requests().plan(Site.TWO));
        assertTrue(gone.getMessage().contains("operation-failed") && gone.getMessage().contains("fw2"),
            gone.getMessage());

        // One that policy no longer lists is still there, but is given nothing to do
        bed.controller().restconf().put(Controller.STATE_MIGRATION + "/policy", Map.of(
            "statemigration-master:policy", Map.of("authorized-host", List.of(Map.of("host-id", "fw2")))));
        Await.until("fw1 is shown as unauthorized", () ->
            operator.view().hostStatus().get("fw1").startsWith("unauthorized"));
        final var denied = assertThrows(RestconfException.class, () -> operator.requests().plan(Site.TWO));
        assertTrue(denied.getMessage().contains("access-denied") && denied.getMessage().contains("fw1"),
            denied.getMessage());
    }
}
