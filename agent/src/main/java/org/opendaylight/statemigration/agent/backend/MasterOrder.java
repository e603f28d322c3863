// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.flow.FlowKey;

/** Puts entries into an order in which they can be created: each after its master. */
public final class MasterOrder {
    private MasterOrder() {
        // Hidden on purpose
    }

    /**
     * Order entries.
     *
     * @param entries entries, no two of the same flow
     * @return the same entries, masters before their children
     */
    public static List<Entry> sort(final List<Entry> entries) {
        if (entries.stream().allMatch(entry -> entry.flow().master().isEmpty())) {
            return entries;
        }
        final var byKey = byKey(entries);
        final var ordered = new LinkedHashSet<FlowKey>();
        for (var entry : entries) {
            final var chain = new ArrayDeque<FlowKey>();
            var key = Optional.of(entry.flow().key());
            while (key.filter(each -> byKey.containsKey(each) && !chain.contains(each)).isPresent()) {
                chain.push(key.orElseThrow());
                key = byKey.get(key.orElseThrow()).flow().master();
            }
            ordered.addAll(chain);
        }
        return ordered.stream().map(byKey::get).toList();
    }

    /**
     * Order entries. One whose master is not among them, because it has ended or belongs to another VM, goes on
     * alone and names none.
     *
     * @param entries entries, no two of the same flow
     * @return the same entries, masters before their children
     */
    public static List<Entry> of(final List<Entry> entries) {
        if (entries.stream().allMatch(entry -> entry.flow().master().isEmpty())) {
            return entries;
        }
        final var byKey = byKey(entries);
        return sort(entries).stream().map(entry ->
            entry.flow().master().filter(master -> !byKey.containsKey(master)).isEmpty() ? entry
                : new Entry(entry.flow().withMaster(Optional.empty()), entry.identity())).toList();
    }

    private static Map<FlowKey, Entry> byKey(final List<Entry> entries) {
        final var byKey = new HashMap<FlowKey, Entry>();
        entries.forEach(entry -> byKey.put(entry.flow().key(), entry));
        return byKey;
    }
}
