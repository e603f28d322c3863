// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.model.CheckpointKey;

/** Which checkpoints are open at State Hosts, each of which permits so many. Its monitor is an innermost lock. */
final class CheckpointSlots {
    private final Map<StateHostId, Set<CheckpointKey>> taken = new HashMap<>();

    /**
     * Take a slot.
     *
     * @param key who takes it, at its State Host
     * @param limit how many there are at that State Host
     * @return whether there was one
     */
    synchronized boolean take(final CheckpointKey key, final int limit) {
        final var there = taken.computeIfAbsent(key.host(), unknown -> new HashSet<>());
        return there.contains(key) || there.size() < limit && there.add(key);
    }

    /** Give a slot back, if it was taken. */
    synchronized void giveBack(final CheckpointKey key) {
        taken.computeIfPresent(key.host(), (host, there) -> {
            there.remove(key);
            return there.isEmpty() ? null : there;
        });
    }
}
