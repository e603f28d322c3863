package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The State Host as migrations see it.
 *
 * @param settings what the operator decided
 * @param table its table
 * @param journal its journal
 * @param clock the time
 */
record Host(AgentSettings settings, HostTable table, Journal journal, InstantSource clock) {
    Host {
        requireNonNull(settings);
        requireNonNull(table);
        requireNonNull(journal);
        requireNonNull(clock);
    }

    Instant now() {
        return clock.instant();
    }
}
