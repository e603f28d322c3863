// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;

/** A migration as the scheduler sees it. */
public interface ScheduledMigration {
    /** {@return its identity} */
    MigrationId id();

    /** {@return what it follows} */
    StateMigrationNotification notification();

    /** {@return whether its VM has yet to move} */
    boolean isPreCopy();

    /** It begins. Called without a lock; returns at once. */
    void start();
}
