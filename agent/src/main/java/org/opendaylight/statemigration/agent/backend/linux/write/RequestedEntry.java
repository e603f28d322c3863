// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.write;

import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.TcpRequests;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.EntryComparison;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ExistingEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.TupleInversion;
import org.opendaylight.statemigration.flow.Flow;

/**
 * A flow that is to be created.
 *
 * @param index where it was in what was asked for
 * @param flow the flow
 * @param zone its zone
 */
record RequestedEntry(int index, Flow flow, int zone) {
    EntryRequests.Request create() {
        return EntryRequests.create(flow, zone);
    }

    Optional<EntryRequests.Request> unscale() {
        return TcpRequests.unscale(flow, flow.protocolState(), zone);
    }

    EntryRequests.Request get() {
        return EntryRequests.get(flow.key().protocol(), flow.key().original(), zone);
    }

    EntryRequests.Request getReply() {
        return EntryRequests.get(flow.key().protocol(), TupleInversion.reply(flow).orElseThrow(), zone);
    }

    ExistingEntry existing(final ConntrackEntry entry) {
        return new ExistingEntry(flow, zone, entry);
    }

    boolean serves(final ConntrackEntry entry) {
        return existing(entry).serves();
    }

    boolean differs(final ConntrackEntry entry) {
        return EntryComparison.difference(flow, zone, entry).isPresent();
    }

    EntryRequests.Request delete(final ConntrackEntry entry) {
        return EntryRequests.delete(entry.protocol(), entry.original(), zone, entry.id());
    }

    StateTable.Entry created(final ConntrackEntry entry) {
        return new StateTable.Entry(flow, entry.id());
    }

    StateTable.Entry found(final ConntrackEntry entry) {
        return new StateTable.Entry(existing(entry).served(), entry.id(), true);
    }
}
