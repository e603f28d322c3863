// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import java.time.Instant;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * How far the copying of a checkpoint is.
 *
 * @param id under which identity the State Host follows
 * @param copy the newest whole copy
 * @param lostAt when it was found that the State Host cannot be asked; empty if it can
 * @param detail what is wrong, else empty
 */
record CopyProgress(MigrationId id, Optional<FlowCopy> copy, Optional<Instant> lostAt, String detail) {
    CopyProgress with(final Optional<FlowCopy> newCopy, final String newDetail) {
        return new CopyProgress(id, newCopy, lostAt, newDetail);
    }

    CopyProgress lost(final Instant at, final String why) {
        return new CopyProgress(id, copy, lostAt.or(() -> Optional.of(at)), why);
    }
}
