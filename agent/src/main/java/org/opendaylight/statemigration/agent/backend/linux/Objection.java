package org.opendaylight.statemigration.agent.backend.linux;

import static java.util.Objects.requireNonNull;

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

    Refusal at(final int index) {
        return new Refusal(index, reason, detail);
    }
}
