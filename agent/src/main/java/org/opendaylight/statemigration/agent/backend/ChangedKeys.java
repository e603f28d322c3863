// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.opendaylight.statemigration.flow.FlowKey;

/**
 * Keys of entries that may have changed, as one feed keeps them until it is asked. Bounded: beyond that it only knows
 * that anything may have changed, so that no change is ever lost. Safe for use by several threads.
 */
public final class ChangedKeys {
    private final int limit;
    // Whether an entry with this key has ended
    private Map<FlowKey, Boolean> keys = new HashMap<>();
    private boolean all = true;

    /**
     * Nothing has been read yet, so anything may have changed.
     *
     * @param limit how many keys to keep
     */
    public ChangedKeys(final int limit) {
        this.limit = limit;
    }

    /**
     * What was dirty.
     *
     * @param all whether anything may have changed
     * @param keys what may have changed, as far as it is known
     * @param ended keys of which an entry has ended, as far as they are known
     */
    public record Taken(boolean all, Set<FlowKey> keys, Set<FlowKey> ended) {
    }

    /**
     * An entry was made or may have changed.
     *
     * @param key its key
     */
    public void changed(final FlowKey key) {
        put(key, false);
    }

    /**
     * An entry has ended.
     *
     * @param key its key
     */
    public void ended(final FlowKey key) {
        put(key, true);
    }

    /** Anything may have changed: changes were lost, or could not be read. */
    public synchronized void lost() {
        all = true;
    }

    /** {@return what was dirty; now all is clean} */
    public synchronized Taken take() {
        final var ended = new HashSet<FlowKey>();
        keys.forEach((key, hasEnded) -> {
            if (hasEnded) {
                ended.add(key);
            }
        });
        final var taken = new Taken(all, keys.keySet(), ended);
        all = false;
        keys = new HashMap<>();
        return taken;
    }

    private synchronized void put(final FlowKey key, final boolean ended) {
        if (keys.size() < limit || keys.containsKey(key)) {
            keys.merge(key, ended, Boolean::logicalOr);
        } else {
            // Further keys are not even looked up: all entries will be
            all = true;
        }
    }
}
