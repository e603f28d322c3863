// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.read;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.Verification;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.EntryComparison;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpState;

/** Compares entries with what was asked for, as the kernel has them. */
public final class EntryVerifier {
    private final Zones zones;
    private final EntryLookup lookup;
    private final ExpectationTable expectations;

    public EntryVerifier(final Conntrack conntrack, final Zones zones) {
        this.zones = requireNonNull(zones);
        lookup = new EntryLookup(conntrack, zones);
        expectations = new ExpectationTable(conntrack);
    }

    /**
     * Compare entries.
     *
     * @param entries entries that were created
     * @return how many are as asked for or are gone, and how the others differ
     * @throws BackendException if one is of a virtual network without a zone
     * @throws KernelException if they cannot be read
     */
    public Verification verify(final List<Entry> entries) throws BackendException, KernelException {
        final var found = lookup.find(entries);
        int verified = 0;
        int vanished = 0;
        final var differences = new ArrayList<String>();
        for (int i = 0; i < entries.size(); i++) {
            if (found.get(i).isEmpty()) {
                vanished++;
                continue;
            }
            final var difference = difference(entries.get(i), found.get(i).orElseThrow());
            if (difference.isEmpty()) {
                verified++;
            } else {
                differences.add(difference.orElseThrow());
            }
        }
        return new Verification(verified, vanished, differences);
    }

    private Optional<String> difference(final Entry entry, final ConntrackEntry actual)
            throws BackendException, KernelException {
        final int zone = zones.require(entry.flow().key().network());
        final var difference = EntryComparison.difference(entry.flow(), zone, actual,
            entry.found() || mayHavePassedUncounted(entry.flow()));
        // Packets end expectations
        return difference.isPresent() || actual.hasTraffic() ? difference
            : expectations.difference(entry.flow(), zone);
    }

    /** The kernel does not count a SYN that is sent again, nor the answer to it. */
    private static boolean mayHavePassedUncounted(final Flow flow) {
        return flow.protocolState() instanceof ProtocolState.Tcp(var state, var originator, var responder)
            && FlowStateMerge.rank(state) < FlowStateMerge.rank(TcpState.ESTABLISHED);
    }
}
