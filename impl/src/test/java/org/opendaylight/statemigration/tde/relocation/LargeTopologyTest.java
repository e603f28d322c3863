// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.tde.DataCenter;

/** Decisions in a data center of ten thousand nodes. */
class LargeTopologyTest {
    private static final int NODES = Integer.getInteger("statemigration.nodes", 10_000);
    private static final int TENANTS = 100;

    private final DataCenter dataCenter = new DataCenter(NODES, TENANTS);
    private final Baseline baseline = Baseline.of(dataCenter.snapshot());

    @Test
    void vmMovesToAnotherPod() {
        assertTrue(dataCenter.nodes() > NODES - 4, () -> dataCenter.nodes() + " nodes");
        dataCenter.move("vm0", dataCenter.lastEdge());
        final var step = RelocationPlanner.find(baseline, dataCenter.snapshot());
        final var last = "fw" + (Integer.parseInt(dataCenter.lastEdge().substring(3)) / DataCenter.EDGES_PER_POD) + "a";
        assertEquals(List.of("vm0", "vm0"), step.decisions().stream().map(Decision::vmName).toList());
        assertEquals(Set.of("fw0a>" + last), legs(step));
        assertEquals(List.of(), step.next().losses());
    }

    @Test
    void firewallOfAPodFailsAndIsBack() {
        firewall(false);
        final var failed = RelocationPlanner.find(baseline, dataCenter.snapshot());
        assertEquals(Set.of("fw0a>fw0b"), legs(failed));
        // All VMs of the pod, and no others: their peers are at more edges than they are
        assertEquals(2 * DataCenter.EDGES_PER_POD, failed.decisions().size());
        firewall(true);
        final var back = RelocationPlanner.find(failed.next(), dataCenter.snapshot());
        assertEquals(Set.of("fw0b>fw0a"), legs(back));
        assertEquals(failed.decisions().stream().map(Decision::vmName).collect(Collectors.toSet()),
            back.decisions().stream().map(Decision::vmName).collect(Collectors.toSet()));
    }

    private void firewall(final boolean up) {
        for (var other : List.of("core0", "core1", "agg0a", "agg0b")) {
            dataCenter.state("fw0a", other, up);
        }
    }

    private static Set<String> legs(final RelocationPlanner.Step step) {
        final var legs = new HashSet<String>();
        for (var decision : step.decisions()) {
            if (decision instanceof Decision.Relocation relocation) {
                relocation.legs().forEach(leg -> legs.add(leg.source() + ">" + leg.destination()));
            }
        }
        return legs;
    }
}
