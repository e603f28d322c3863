package org.opendaylight.statemigration.agent.soa;

import java.util.List;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * The migrations that are open here, and those that ended within the last hour. Safe for use by several threads.
 */
public interface Journal {
    /** {@return all entries, in order of migration id} */
    List<JournalEntry> entries();

    /**
     * Put in or replace the entry of a migration. A change of nothing is not reported to listeners.
     *
     * @param entry the entry
     */
    void record(JournalEntry entry);

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
    void listen(JournalListener listener);
}
