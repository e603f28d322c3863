// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.read;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.flow.FlowKey;

/**
 * Entries that tell no changes, not even their end: those made before {@code nf_conntrack_events} was 1, which the
 * kernel never gives the means to. Nothing shows which they are but that no event comes when they are touched. They
 * have to be looked at every time. One of which an event was lost is taken for silent until the next.
 */
final class EntriesWithoutEvents {
    private final Conntrack conntrack;
    private final int zone;
    private final Set<FlowKey> keys = ConcurrentHashMap.newKeySet();

    EntriesWithoutEvents(final Conntrack conntrack, final int zone) {
        this.conntrack = requireNonNull(conntrack);
        this.zone = zone;
    }

    /**
     * Touch entries. Those of which no event is heard are silent.
     *
     * @param entries the entries
     * @throws KernelException if the kernel cannot be reached
     */
    void find(final Collection<FlowKey> entries) throws KernelException {
        keys.addAll(entries);
        // What is gone meanwhile answers with an error, and is found to be gone the next time
        conntrack.execute(entries.stream().map(key -> EntryRequests.touch(key, zone)).toList());
    }

    /** An event came. */
    void heard(final FlowKey key) {
        keys.remove(key);
    }

    /** {@return the entries to look at} */
    Set<FlowKey> keys() {
        return Set.copyOf(keys);
    }

    /** Forget those that are gone. */
    void gone(final Collection<FlowKey> entries) {
        keys.removeAll(entries);
    }
}
