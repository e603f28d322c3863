// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa.status;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A list of migrations that lasts as long as the process. */
public final class MemoryMigrationStatuses implements MigrationStatuses {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryMigrationStatuses.class);

    private final Map<MigrationId, MigrationStatus> entries = new TreeMap<>(Comparator.comparing(MigrationId::value));
    private final List<MigrationStatusListener> listeners = new ArrayList<>();

    @Override
    public synchronized List<MigrationStatus> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public synchronized void record(final MigrationStatus entry) {
        if (!entry.equals(entries.put(entry.migration(), entry))) {
            tell(listener -> listener.recorded(entry));
        }
    }

    @Override
    public synchronized void forget(final MigrationId migration) {
        if (entries.remove(migration) != null) {
            tell(listener -> listener.forgotten(migration));
        }
    }

    @Override
    public synchronized void listen(final MigrationStatusListener listener) {
        entries.values().forEach(listener::recorded);
        listeners.add(requireNonNull(listener));
    }

    /** A listener that fails must not fail the migration it was told of. */
    @SuppressWarnings("checkstyle:illegalCatch")
    private void tell(final Consumer<MigrationStatusListener> event) {
        for (var listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("A listener of the list of migrations failed", e);
            }
        }
    }
}
