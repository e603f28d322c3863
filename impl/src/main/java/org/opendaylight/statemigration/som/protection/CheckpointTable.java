// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.protection.ProtectionTargets.Target;

/** The checkpoints that there are. Its monitor guards the table only: no checkpoint is called while it is held. */
final class CheckpointTable {
    /** How long a checkpoint is retained that is no longer wanted: the VM that has just moved may be in need of it. */
    private static final Duration RETENTION = Duration.ofMinutes(1);
    /** How long an orphaned one is. */
    private static final Duration ORPHAN_RETENTION = Duration.ofHours(1);

    private final Map<StateHostId, Map<CheckpointKey, Entry>> entries = new HashMap<>();

    /**
     * A checkpoint.
     *
     * @param checkpoint the checkpoint
     * @param vmName name of the VM, where known
     * @param wantedAt when it was wanted last
     */
    record Entry(Checkpoint checkpoint, Optional<String> vmName, Instant wantedAt) {
        CheckpointKey key() {
            return checkpoint.key();
        }

        boolean isObsolete(final Instant now) {
            return now.isAfter(wantedAt.plus(checkpoint.isOrphaned() ? ORPHAN_RETENTION : RETENTION));
        }
    }

    /**
     * Have a checkpoint of each target.
     *
     * @param wanted what is wanted
     * @param now what time it is
     * @param make makes a checkpoint
     * @return those made
     */
    synchronized List<Checkpoint> want(final Map<CheckpointKey, Target> wanted, final Instant now,
            final Function<CheckpointKey, Checkpoint> make) {
        final var made = new ArrayList<Checkpoint>();
        wanted.forEach((key, target) -> entries.computeIfAbsent(key.host(), unknown -> new LinkedHashMap<>())
            .compute(key, (same, entry) -> {
                final var checkpoint = entry == null ? make.apply(key) : entry.checkpoint();
                if (entry == null) {
                    made.add(checkpoint);
                }
                return new Entry(checkpoint, target.vmName(), now);
            }));
        return made;
    }

    synchronized void remove(final CheckpointKey key) {
        entries.computeIfPresent(key.host(), (host, there) -> {
            there.remove(key);
            return there.isEmpty() ? null : there;
        });
    }

    synchronized List<Entry> all() {
        final var all = new ArrayList<Entry>();
        entries.values().forEach(there -> all.addAll(there.values()));
        return all;
    }

    /** {@return the checkpoints of a State Host} */
    synchronized List<Checkpoint> of(final StateHostId host) {
        return entries.getOrDefault(host, Map.of()).values().stream().map(Entry::checkpoint).toList();
    }

    /** {@return all that there were, none of which is there any more} */
    synchronized List<Entry> clear() {
        final var all = all();
        entries.clear();
        return all;
    }
}
