// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.ChangedKeys;
import org.opendaylight.statemigration.agent.backend.MasterOrder;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeFeed;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeSet;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.FlowSelection;

/** Notes changes while they are made, under the table's lock. */
final class MemoryFeed implements ChangeFeed {
    // Beyond this many changes between two questions a feed reads all entries instead
    private static final int MAX_DIRTY = 10_000;

    private final MemoryStateTable table;
    private final MemoryEntries memory;
    private final Set<Integer> protocols;
    private final FlowSelection selection;
    private final ChangedKeys dirty = new ChangedKeys(MAX_DIRTY);
    private final Set<FlowKey> omitted = new HashSet<>();

    MemoryFeed(final MemoryStateTable table, final MemoryEntries memory, final Set<Integer> protocols,
            final FlowSelection selection) {
        this.table = requireNonNull(table);
        this.memory = requireNonNull(memory);
        this.protocols = requireNonNull(protocols);
        this.selection = requireNonNull(selection);
    }

    void changed(final Flow flow) {
        if (selection.contains(flow)) {
            dirty.changed(flow.key());
        }
    }

    void ended(final Flow flow) {
        if (selection.contains(flow)) {
            dirty.ended(flow.key());
        }
    }

    @Override
    public ChangeSet changes(final Set<FlowKey> again) throws BackendException {
        synchronized (table) {
            table.begin();
            final var taken = dirty.take();
            final var keys = new LinkedHashSet<>(taken.keys());
            keys.addAll(again);
            final var found = new TreeMap<Long, MemoryEntry>();
            if (taken.all()) {
                memory.all().stream().filter(stored -> selection.contains(stored.flow()))
                    .forEach(stored -> found.put(stored.identity(), stored));
            } else {
                keys.stream().map(memory::at).filter(Objects::nonNull)
                    .filter(stored -> keys.contains(stored.key()) && selection.contains(stored.flow()))
                    .forEach(stored -> found.put(stored.identity(), stored));
            }
            return changes(taken, keys, found.values());
        }
    }

    private ChangeSet changes(final ChangedKeys.Taken taken, final Set<FlowKey> keys,
            final Collection<MemoryEntry> found) {
        final var told = Set.copyOf(omitted);
        if (taken.all()) {
            omitted.clear();
        } else {
            omitted.removeAll(keys);
        }
        final var export = new MemoryExport(memory, protocols);
        for (var stored : found) {
            if (export.canExport(stored) || !told.contains(stored.key())) {
                export.add(stored);
            }
            if (!export.canExport(stored)) {
                omitted.add(stored.key());
            }
        }
        return new ChangeSet(taken.all(), keys, taken.ended(), MasterOrder.sort(export.entries()), export.omissions());
    }

    @Override
    public void close() {
        table.remove(this);
    }
}
