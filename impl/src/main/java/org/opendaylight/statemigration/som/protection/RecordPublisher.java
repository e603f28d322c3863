// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.MasterListener;

/**
 * Tells a listener of checkpoints that have changed. Another state is told at once; other times and counts, which
 * change all the time, of so many checkpoints at once, those first that were told of longest ago. One thread at a time
 * uses it.
 */
final class RecordPublisher {
    private final Map<CheckpointKey, Told> told = new HashMap<>();
    private final MasterListener listener;
    private final int updates;
    private long round;

    /**
     * What was told last.
     *
     * @param record of a checkpoint
     * @param round when
     */
    private record Told(CheckpointRecord record, long round) {
    }

    /**
     * Nothing is told yet.
     *
     * @param listener who is told
     * @param updates of how many checkpoints to tell in one round whose state has not changed
     */
    RecordPublisher(final MasterListener listener, final int updates) {
        this.listener = requireNonNull(listener);
        this.updates = updates;
    }

    /**
     * Tell what has changed.
     *
     * @param records all checkpoints as they are
     */
    void publish(final List<CheckpointRecord> records) {
        round++;
        final var others = new ArrayList<CheckpointRecord>();
        for (var record : records) {
            final var last = told.get(record.key());
            if (last == null || !essence(record).equals(essence(last.record()))) {
                tell(record);
            } else if (!record.equals(last.record())) {
                others.add(record);
            }
        }
        if (others.size() > updates) {
            others.sort(Comparator.comparingLong(record -> told.get(record.key()).round()));
        }
        others.stream().limit(updates).forEach(this::tell);
    }

    /** A checkpoint is given up. */
    void forget(final CheckpointKey key) {
        if (told.remove(key) != null) {
            listener.checkpointForgotten(key);
        }
    }

    private void tell(final CheckpointRecord record) {
        told.put(record.key(), new Told(record, round));
        listener.checkpointChanged(record);
    }

    /** {@return what does not change while all is well} */
    private static List<Object> essence(final CheckpointRecord record) {
        return List.of(record.vmName(), record.id(), record.state(), record.detail());
    }
}
