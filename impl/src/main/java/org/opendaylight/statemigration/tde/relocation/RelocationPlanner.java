// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;

/**
 * Which state has to move after a change of topology (sections 3.1, 3.2 and 4 of the draft). A pure function.
 *
 * <p>Flows are those between two VMs of the same virtual network. They pass the State Hosts on the shortest path
 * between the edges of the two. Where those differ before and after, each that was left hands its state to the one that
 * performs the same function now. A pair's flows are moved once, with one of the two VMs: rather with one that has
 * moved itself, else with the one that has more peers to move, so that there are few migrations.
 */
public final class RelocationPlanner {
    private RelocationPlanner() {
        // Hidden on purpose
    }

    /**
     * Decide.
     *
     * @param before what is known
     * @param snapshot the topology as it is now
     * @return what to do
     */
    public static Step find(final Baseline before, final TopologySnapshot snapshot) {
        final var after = snapshot.sharing(before.current());
        final var scan = new RouteChangeScan(before, after);
        final var planner = new LegPlanner(scan);
        final var decisions = new ArrayList<Decision>();
        new PairAssignment(scan.concerned()).shares()
            .forEach((vmGroup, peers) -> decisions.addAll(planner.plan(vmGroup, peers)));
        decisions.sort(Comparator.comparing(Decision::vmName));
        return new Step(decisions, scan.reconsidered(), scan.next(before));
    }

    /**
     * One decision and what is known after it.
     *
     * @param decisions what to do, by name of the VM; a relocation and a refusal for the same one concern
     *     different peers
     * @param reconsidered VMs about which an earlier refusal no longer holds, unless repeated in this decision
     * @param next what is known for the next time
     */
    public record Step(List<Decision> decisions, Set<String> reconsidered, Baseline next) {
        public Step {
            decisions = List.copyOf(decisions);
            reconsidered = Set.copyOf(reconsidered);
        }
    }
}
