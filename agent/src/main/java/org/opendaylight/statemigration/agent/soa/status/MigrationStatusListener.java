// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa.status;

import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * Is told what changes in a {@link MigrationStatuses}. Calls about one migration come in order; those about different
 * ones may
 * come at the same time. The caller holds a lock of the migration, so be quick and do not call the agent.
 */
public interface MigrationStatusListener {
    /**
     * A migration is new or has changed.
     *
     * @param entry its entry now
     */
    void recorded(MigrationStatus entry);

    /**
     * A migration is no longer in the list of migrations.
     *
     * @param migration the migration
     */
    void forgotten(MigrationId migration);
}
