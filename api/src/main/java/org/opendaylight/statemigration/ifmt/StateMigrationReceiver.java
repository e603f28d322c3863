package org.opendaylight.statemigration.ifmt;

import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * The master's end of IF(M,T).
 */
@FunctionalInterface
public interface StateMigrationReceiver {
    /**
     * Start a migration.
     *
     * @param notification who moved, and between which State Hosts
     * @return the migration
     * @throws MigrationRejectedException if there will be none
     */
    MigrationId notify(StateMigrationNotification notification) throws MigrationRejectedException;
}
