// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.util.function.IntSupplier;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.transfer.StepFailedException;

/** What one checkpoint has of what all share: a slot at its State Host, and room for flows in memory. */
final class CheckpointRoom {
    private final CheckpointKey key;
    private final FlowQuota quota;
    private final CheckpointSlots slots;
    private final IntSupplier limit;
    private int flows;

    /**
     * A checkpoint that has nothing yet.
     *
     * @param key what it is of
     * @param quota how many flows there are in all checkpoints
     * @param slots how many checkpoints there are of each State Host
     * @param limit how many flows all checkpoints together may have, for people
     */
    CheckpointRoom(final CheckpointKey key, final FlowQuota quota, final CheckpointSlots slots,
            final IntSupplier limit) {
        this.key = requireNonNull(key);
        this.quota = requireNonNull(quota);
        this.slots = requireNonNull(slots);
        this.limit = requireNonNull(limit);
    }

    /** A State Host that permits no further migrations must not do so because of checkpoints. */
    void takeSlot(final HostProfile profile) throws StepFailedException {
        final int most = profile.limits().migrationsWithPreCopy();
        if (!slots.take(key, most)) {
            throw new StepFailedException(new Failure.NoSlotForCheckpoint(key.host(), profile.limits().migrations(),
                most));
        }
    }

    void giveSlotBack() {
        slots.giveBack(key);
    }

    /** Have room for so many flows, in place of the room that there is. */
    void take(final int wanted) throws StepFailedException {
        if (!change(wanted)) {
            throw new StepFailedException(new Failure.NoRoomForCheckpoint(key, wanted, limit.getAsInt()));
        }
    }

    /** {@return whether there is room for so many flows, which is taken in place of the room that there is} */
    boolean change(final int wanted) {
        final boolean possible = quota.change(flows, wanted);
        if (possible) {
            flows = wanted;
        }
        return possible;
    }
}
