package org.opendaylight.statemigration.agent.soa;

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

/** A journal that lasts as long as the process. */
final class MemoryJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryJournal.class);

    private final Map<MigrationId, JournalEntry> entries = new TreeMap<>(Comparator.comparing(MigrationId::value));
    private final List<JournalListener> listeners = new ArrayList<>();

    @Override
    public synchronized List<JournalEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public synchronized void record(final JournalEntry entry) {
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
    public synchronized void listen(final JournalListener listener) {
        entries.values().forEach(listener::recorded);
        listeners.add(requireNonNull(listener));
    }

    /** A listener that fails must not fail the migration it was told of. */
    @SuppressWarnings("checkstyle:illegalCatch")
    private void tell(final Consumer<JournalListener> news) {
        for (var listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("A listener of the journal failed", e);
            }
        }
    }
}
