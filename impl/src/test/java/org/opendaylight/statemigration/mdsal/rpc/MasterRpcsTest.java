// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.codec.FlowCodec;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.TestFlows;
import org.opendaylight.statemigration.som.model.MigrationPlan;

class MasterRpcsTest {
    @Test
    void planTellsTheFlowsThatWouldBeRefused() {
        final var flow = TestFlows.of(TestFlows.OTHER_VM, 1).getFirst();
        final var output = MasterRpcs.output(new MigrationPlan(new StateMigrationNotification.Leg(
            new StateHostId("fw1"), new StateHostId("fw2"), List.of()), 2, 0, 1,
            List.of(new MigrationPlan.PlannedRefusal(flow, RefusalReason.UNSUPPORTED_PROTOCOL, "Not here")),
            MigrationPlan.Outcome.NONE));
        final var refusal = output.nonnullRefusal().values().iterator().next();
        assertEquals("Not here", refusal.getDetail());
        assertEquals(flow, FlowCodec.decode(refusal.getFlow()));
    }
}
