// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;

/** The migrations under way and recent ones, in the order in which they became known. */
final class MigrationTable {
    private final Map<MigrationId, MigrationRun> runs = new LinkedHashMap<>();
    private final Deque<MigrationId> ended = new ArrayDeque<>();

    void add(final MigrationRun run) {
        runs.put(run.id(), run);
    }

    /** One has ended: forget those that ended too long ago. */
    void end(final MigrationRun run, final int recent) {
        ended.add(run.id());
        while (ended.size() > recent) {
            runs.remove(ended.remove()).forget();
        }
    }

    Optional<MigrationRun> find(final MigrationId id) {
        return Optional.ofNullable(runs.get(id));
    }

    List<MigrationRun> all() {
        return List.copyOf(runs.values());
    }

    /** {@return those of a VM, and of others that share an address with it} */
    Stream<MigrationRun> of(final VmIdentity vm) {
        return all().stream().filter(run -> run.notification().vm().overlaps(vm));
    }
}
