// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatuses;

/**
 * The State Host as migrations see it.
 *
 * @param settings what the operator decided
 * @param table its table
 * @param statuses its list of migrations
 * @param clock the time
 */
record StateHostContext(AgentSettings settings, StateTableAccess table, MigrationStatuses statuses,
    InstantSource clock) {
    StateHostContext {
        requireNonNull(settings);
        requireNonNull(table);
        requireNonNull(statuses);
        requireNonNull(clock);
    }

    Instant now() {
        return clock.instant();
    }
}
