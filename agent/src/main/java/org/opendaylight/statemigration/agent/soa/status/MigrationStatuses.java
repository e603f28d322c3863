// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa.status;

import java.util.List;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * The migrations that are open here, and those that ended within the last hour. Safe for use by several threads.
 */
public interface MigrationStatuses {
    /** {@return all entries, in order of migration id} */
    List<MigrationStatus> entries();

    /**
     * Put in or replace the entry of a migration. A change of nothing is not reported to listeners.
     *
     * @param entry the entry
     */
    void record(MigrationStatus entry);

    /**
     * Take out the entry of a migration.
     *
     * @param migration the migration
     */
    void forget(MigrationId migration);

    /**
     * Have changes reported from now on, after what is there already.
     *
     * @param listener whom to tell
     */
    void listen(MigrationStatusListener listener);
}
