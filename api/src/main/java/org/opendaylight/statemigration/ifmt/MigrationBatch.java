// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalInt;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * Several VMs that move for one reason, such as an edge that is drained.
 *
 * @param cause the reason, for people
 * @param announced whether they are about to move, instead of having moved
 * @param concurrency how many may be under way, or be copied for the first time, at one time, at least 1; empty for
 *     what policy permits
 * @param notifications one for each VM, in the order in which they are to begin
 */
public record MigrationBatch(String cause, boolean announced, OptionalInt concurrency,
        List<StateMigrationNotification> notifications) {
    public MigrationBatch {
        requireNonNull(cause);
        requireNonNull(concurrency);
        notifications = List.copyOf(notifications);
        if (notifications.isEmpty()) {
            throw new IllegalArgumentException("A batch names at least one VM");
        }
        if (concurrency.isPresent() && concurrency.getAsInt() < 1) {
            throw new IllegalArgumentException("A batch with a concurrency of " + concurrency.getAsInt()
                + " would never begin");
        }
    }

    /** What became of a notification. */
    public sealed interface Answer {
    }

    /**
     * It has a migration.
     *
     * @param migration the migration
     */
    public record Accepted(MigrationId migration) implements Answer {
        public Accepted {
            requireNonNull(migration);
        }
    }

    /**
     * It has none.
     *
     * @param why what the master has against it
     */
    public record Rejected(Rejection why) implements Answer {
        public Rejected {
            requireNonNull(why);
        }
    }
}
