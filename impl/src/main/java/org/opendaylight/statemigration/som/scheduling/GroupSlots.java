// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import java.util.HashMap;
import java.util.Map;
import org.opendaylight.statemigration.ifma.MigrationId;

/** How many migrations of each concurrency group have a slot. Not safe for use by several threads. */
final class GroupSlots {
    /** Those for which others of their concurrency group may wait. */
    private final Map<MigrationId, ConcurrencyGroup> groups = new HashMap<>();
    private final Map<ConcurrencyGroup, Integer> taken = new HashMap<>();

    /** A migration belongs to a group. */
    void join(final MigrationId id, final ConcurrencyGroup group) {
        groups.put(id, group);
    }

    /**
     * Others of its group do not wait for a migration any more.
     *
     * @param hasSlot whether it has a slot
     * @return whether they may have waited
     */
    boolean leave(final MigrationId id, final boolean hasSlot) {
        final var group = groups.remove(id);
        if (group != null && hasSlot) {
            count(group, -1);
        }
        return group != null;
    }

    /** A migration gets a slot. */
    void take(final MigrationId id) {
        count(groups.get(id), 1);
    }

    /** A migration gives its slot back. */
    void free(final MigrationId id) {
        count(groups.get(id), -1);
    }

    /** {@return whether a migration may have a slot as far as its group is concerned} */
    boolean hasRoom(final MigrationId id) {
        final var group = groups.get(id);
        return group == null || group.limit().isEmpty() || taken.getOrDefault(group, 0) < group.limit().getAsInt();
    }

    private void count(final ConcurrencyGroup group, final int more) {
        if (group != null) {
            taken.merge(group, more, (before, change) -> before + change == 0 ? null : before + change);
        }
    }
}
