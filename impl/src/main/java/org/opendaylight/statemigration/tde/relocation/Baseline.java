// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

/**
 * What is known from before a change: the snapshot that was acted upon last, and what of earlier ones in which VMs
 * could talk that since cannot.
 *
 * <p>Where the state of two VMs' flows is, is told by the last snapshot in which both were attached and their path
 * was clear. So a VM that is deleted and then made anew elsewhere has moved, and so have flows whose only link is
 * removed before another one is added. Only what was before each loss has to be kept for that, until those that are
 * missed are back: what differed from the time after. The bound on it grows with the topology. What is beyond it is
 * forgotten, the oldest first; when such a VM is back, it is told that nobody knows where its state is.
 *
 * @param current acted upon last
 * @param losses each what was before some VMs lost contact, newest first
 * @param forgotten VMs that lost contact before that, as they were, by name, oldest first
 */
public record Baseline(TopologySnapshot current, List<PastSnapshot> losses, Map<String, VirtualMachine> forgotten) {
    public Baseline {
        losses = List.copyOf(losses);
        forgotten = Collections.unmodifiableMap(new LinkedHashMap<>(forgotten));
    }

    /**
     * {@return the baseline of a topology seen for the first time}
     *
     * @param first what was seen
     */
    public static Baseline of(final TopologySnapshot first) {
        return new Baseline(first, List.of(), Map.of());
    }
}
