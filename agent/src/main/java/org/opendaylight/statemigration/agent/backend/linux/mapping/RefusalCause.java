// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;

/**
 * What speaks against creating a flow.
 *
 * @param reason for programs
 * @param detail for people
 */
public record RefusalCause(RefusalReason reason, String detail) {
    public RefusalCause {
        requireNonNull(reason);
        requireNonNull(detail);
    }

    /**
     * Another entry is in the way.
     *
     * @param owner the entry
     * @return a cause of refusal
     */
    public static RefusalCause collision(final ConntrackEntry owner) {
        return new RefusalCause(RefusalReason.COLLISION, "The table has " + owner.describe() + " already");
    }

    /**
     * The table is full.
     *
     * @param flow the flow that does not fit
     * @return a cause of refusal
     */
    public static RefusalCause noRoom(final Flow flow) {
        return new RefusalCause(RefusalReason.NO_ROOM, "The table has no room for " + flow.key());
    }

    public Refusal at(final int index) {
        return new Refusal(index, reason, detail);
    }
}
