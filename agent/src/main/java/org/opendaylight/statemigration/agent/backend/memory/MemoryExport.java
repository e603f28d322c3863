// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;

/** Collects entries that leave the table, and counts those whose protocol it cannot export. */
final class MemoryExport {
    private final MemoryEntries memory;
    private final Set<Integer> protocols;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, Integer> omitted = new TreeMap<>();

    /**
     * Nothing yet.
     *
     * @param memory where the entries are
     * @param protocols IP protocol numbers that can be exported
     */
    MemoryExport(final MemoryEntries memory, final Set<Integer> protocols) {
        this.memory = requireNonNull(memory);
        this.protocols = requireNonNull(protocols);
    }

    boolean canExport(final MemoryEntry stored) {
        return protocols.contains(stored.key().protocol());
    }

    void add(final MemoryEntry stored) {
        if (canExport(stored)) {
            entries.add(new Entry(memory.read(stored), stored.identity()));
        } else {
            omitted.merge(stored.key().protocol(), 1, Integer::sum);
        }
    }

    /** {@return the entries, in the order they came} */
    List<Entry> entries() {
        return entries;
    }

    List<Omission> omissions() {
        return omitted.entrySet().stream()
            .map(count -> new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, count.getKey(), count.getValue()))
            .toList();
    }
}
