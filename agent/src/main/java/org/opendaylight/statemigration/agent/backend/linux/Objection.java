package org.opendaylight.statemigration.agent.backend.linux;

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
record Objection(RefusalReason reason, String detail) {
    Objection {
        requireNonNull(reason);
        requireNonNull(detail);
    }

    /**
     * Another entry is in the way.
     *
     * @param owner the entry
     * @return an objection
     */
    static Objection collision(final ConntrackEntry owner) {
        return new Objection(RefusalReason.COLLISION, "The table has " + owner.describe() + " already");
    }

    /**
     * The table is full.
     *
     * @param flow the flow that does not fit
     * @return an objection
     */
    static Objection noRoom(final Flow flow) {
        return new Objection(RefusalReason.NO_ROOM, "The table has no room for " + flow.key());
    }

    Refusal at(final int index) {
        return new Refusal(index, reason, detail);
    }
}
