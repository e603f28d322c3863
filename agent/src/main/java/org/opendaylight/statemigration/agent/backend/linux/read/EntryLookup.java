// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.read;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;

/**
 * Finds entries in the kernel that were read or created before.
 *
 * @param conntrack the table
 * @param zones zones of virtual networks
 */
public record EntryLookup(Conntrack conntrack, Zones zones) {
    public EntryLookup {
        requireNonNull(conntrack);
        requireNonNull(zones);
    }

    /**
     * Find entries.
     *
     * @param entries the entries
     * @return what each is at present; empty if it is gone, also if another entry has its place
     * @throws BackendException if one is of a virtual network without a zone
     * @throws KernelException if they cannot be read
     */
    public List<Optional<ConntrackEntry>> find(final List<Entry> entries) throws BackendException, KernelException {
        final var requests = new ArrayList<EntryRequests.Request>(entries.size());
        for (var entry : entries) {
            final var key = entry.flow().key();
            requests.add(EntryRequests.get(key.protocol(), key.original(), zones.require(key.network())));
        }
        final var found = conntrack.get(requests).iterator();
        return entries.stream().map(entry -> found.next().filter(each -> each.isStill(entry))).toList();
    }
}
