// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.read;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.ChangedKeys;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.ConntrackEvents;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.MasterTuple;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.FlowSelection;

/**
 * Tells what has changed in the entries of one selection: events say where to look, the entries themselves are read
 * when somebody asks.
 */
public final class LinuxFeed implements StateTable.ChangeFeed, ConntrackEvents.Listener {
    /** Beyond this many, single entries are read more slowly than all together. */
    static final int MAX_KEYS = 8192;

    private final FlowSelection selection;
    private final int zone;
    private final DumpFilterSupport filters;
    private final Conntrack reader;
    private final ConntrackEvents events;
    private final ChangedKeys dirty = new ChangedKeys(MAX_KEYS);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final EntriesWithoutEvents silent;
    private final Set<FlowKey> omitted = new HashSet<>();

    private boolean begun;

    public LinuxFeed(final FlowSelection selection, final int zone, final DumpFilterSupport filters,
            final Conntrack reader,
            final ConntrackEvents events) {
        this.selection = requireNonNull(selection);
        this.zone = zone;
        this.filters = requireNonNull(filters);
        this.reader = requireNonNull(reader);
        this.events = requireNonNull(events);
        silent = new EntriesWithoutEvents(reader, zone);
    }

    @Override
    public void changed(final ConntrackEntry entry) {
        if (isSelected(entry)) {
            silent.heard(key(entry));
            dirty.changed(key(entry));
        }
    }

    @Override
    public void ended(final ConntrackEntry entry) {
        if (isSelected(entry)) {
            silent.heard(key(entry));
            dirty.ended(key(entry));
        }
    }

    @Override
    public void expectationsChanged(final MasterTuple master) {
        // Whose it is shows when it is read
        dirty.changed(master.in(selection.vm().network()));
    }

    @Override
    public void lost() {
        dirty.lost();
    }

    @Override
    public StateTable.ChangeSet changes(final Set<FlowKey> again) throws BackendException {
        try {
            if (!begun) {
                silent.find(keys(new EntryExporter(selection, zone, filters).export(reader)));
                begun = true;
            }
            events.drain();
            // Taken before the table is read: what changes meanwhile is told the next time
            final var taken = dirty.take();
            final var entryExporter = new EntryExporter(selection, zone, filters, omitted);
            if (taken.all()) {
                final var export = entryExporter.export(reader);
                omitted.clear();
                omitted.addAll(entryExporter.omittedKeys());
                return new StateTable.ChangeSet(true, Set.of(), taken.ended(), export.entries(), export.omitted());
            }
            final var keys = new HashSet<>(taken.keys());
            keys.addAll(again);
            keys.addAll(silent.keys());
            if (keys.isEmpty()) {
                return StateTable.ChangeSet.NONE;
            }
            final var export = entryExporter.export(reader, keys);
            final var gone = new HashSet<>(keys);
            gone.removeAll(keys(export));
            silent.gone(gone);
            omitted.removeAll(keys);
            omitted.addAll(entryExporter.omittedKeys());
            return new StateTable.ChangeSet(false, keys, taken.ended(), export.entries(), export.omitted());
        } catch (IOException e) {
            dirty.lost();
            throw new BackendException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            events.remove(this);
        }
    }

    private static List<FlowKey> keys(final StateTable.Export export) {
        return export.entries().stream().map(entry -> entry.flow().key()).toList();
    }

    private boolean isSelected(final ConntrackEntry entry) {
        return entry.zone() == zone && selection.contains(entry.original(), entry.reply());
    }

    private FlowKey key(final ConntrackEntry entry) {
        return new FlowKey(selection.vm().network(), entry.protocol(), entry.original());
    }
}
