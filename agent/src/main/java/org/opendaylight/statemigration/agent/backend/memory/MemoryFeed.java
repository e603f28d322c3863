package org.opendaylight.statemigration.agent.backend.memory;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.DirtyKeys;
import org.opendaylight.statemigration.agent.backend.MasterOrder;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.Feed;
import org.opendaylight.statemigration.agent.backend.StateTable.News;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.FlowSelection;

/** Notes changes while they are made, under the table's lock. */
final class MemoryFeed implements Feed {
    // Beyond this many changes between two questions a feed reads all entries instead
    private static final int MAX_DIRTY = 10_000;

    private final MemoryStateTable table;
    private final Rows rows;
    private final Set<Integer> protocols;
    private final FlowSelection selection;
    private final DirtyKeys dirty = new DirtyKeys(MAX_DIRTY);
    private final Set<FlowKey> omitted = new HashSet<>();

    MemoryFeed(final MemoryStateTable table, final Rows rows, final Set<Integer> protocols,
            final FlowSelection selection) {
        this.table = requireNonNull(table);
        this.rows = requireNonNull(rows);
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
    public News news(final Set<FlowKey> again) throws BackendException {
        synchronized (table) {
            table.begin();
            final var taken = dirty.take();
            final var keys = new LinkedHashSet<>(taken.keys());
            keys.addAll(again);
            final var found = new TreeMap<Long, Row>();
            if (taken.all()) {
                rows.all().stream().filter(row -> selection.contains(row.flow()))
                    .forEach(row -> found.put(row.identity(), row));
            } else {
                keys.stream().map(rows::at).filter(Objects::nonNull)
                    .filter(row -> keys.contains(row.key()) && selection.contains(row.flow()))
                    .forEach(row -> found.put(row.identity(), row));
            }
            return news(taken, keys, found.values());
        }
    }

    private News news(final DirtyKeys.Taken taken, final Set<FlowKey> keys, final Collection<Row> found) {
        final var told = Set.copyOf(omitted);
        if (taken.all()) {
            omitted.clear();
        } else {
            omitted.removeAll(keys);
        }
        final var entries = new ArrayList<Entry>();
        final var counts = new TreeMap<Integer, Integer>();
        for (var row : found) {
            if (protocols.contains(row.key().protocol())) {
                entries.add(new Entry(rows.read(row), row.identity()));
            } else {
                omitted.add(row.key());
                if (!told.contains(row.key())) {
                    counts.merge(row.key().protocol(), 1, Integer::sum);
                }
            }
        }
        return new News(taken.all(), keys, taken.ended(), MasterOrder.sort(entries),
            MemoryStateTable.omissions(counts));
    }

    @Override
    public void close() {
        table.remove(this);
    }
}
