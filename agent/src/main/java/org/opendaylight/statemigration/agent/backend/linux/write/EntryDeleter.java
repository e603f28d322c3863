// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.write;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.read.EntryLookup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes entries of the kernel. */
public final class EntryDeleter {
    private static final Logger LOG = LoggerFactory.getLogger(EntryDeleter.class);

    private final Conntrack conntrack;
    private final Zones zones;

    public EntryDeleter(final Conntrack conntrack, final Zones zones) {
        this.conntrack = requireNonNull(conntrack);
        this.zones = requireNonNull(zones);
    }

    /**
     * Delete entries.
     *
     * @param entries the entries; those that are gone, or whose place another one has, are left out
     * @return how many were deleted
     * @throws BackendException if one cannot be deleted, or is of a virtual network without a zone
     * @throws KernelException if the kernel refuses, or cannot be reached
     */
    public int delete(final List<Entry> entries) throws BackendException, KernelException {
        final var there = there(entries);
        final var requests = new ArrayList<EntryRequests.Request>(there.size());
        for (var entry : there) {
            final var key = entry.flow().key();
            requests.add(EntryRequests.delete(key.protocol(), key.original(), zones.require(key.network()),
                entry.identity()));
        }
        final int[] errors = conntrack.execute(requests);
        int deleted = 0;
        for (int i = 0; i < errors.length; i++) {
            switch (errors[i]) {
                case 0 -> deleted++;
                case KernelException.ENOENT -> LOG.debug("Gone already: {}", there.get(i));
                case KernelException.EBUSY -> throw new BackendException("Flow " + there.get(i).flow().key()
                    + " cannot be deleted as long as it is offloaded to a flowtable");
                default -> throw new KernelException("delete " + there.get(i).flow().key(), errors[i]);
            }
        }
        return deleted;
    }

    private List<Entry> there(final List<Entry> entries) throws BackendException, KernelException {
        final var found = new EntryLookup(conntrack, zones).find(entries).iterator();
        return entries.stream().filter(entry -> found.next().isPresent()).toList();
    }
}
