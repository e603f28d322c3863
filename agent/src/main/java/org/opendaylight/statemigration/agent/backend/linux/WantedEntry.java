package org.opendaylight.statemigration.agent.backend.linux;

import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.flow.Flow;

/**
 * A flow that is to be created.
 *
 * @param index where it was in what was asked for
 * @param flow the flow
 * @param zone its zone
 */
record WantedEntry(int index, Flow flow, int zone) {
    Requests.Request create() {
        return Requests.create(flow, zone);
    }

    Optional<Requests.Request> unscale() {
        return TcpRequests.unscale(flow, flow.protocolState(), zone);
    }

    Requests.Request get() {
        return Requests.get(flow.key().protocol(), flow.key().original(), zone);
    }

    Requests.Request getReply() {
        return Requests.get(flow.key().protocol(), Directions.reply(flow).orElseThrow(), zone);
    }

    Existing existing(final ConntrackEntry entry) {
        return new Existing(flow, zone, entry);
    }

    boolean serves(final ConntrackEntry entry) {
        return existing(entry).serves();
    }

    boolean differs(final ConntrackEntry entry) {
        return Comparison.difference(flow, zone, entry).isPresent();
    }

    Requests.Request delete(final ConntrackEntry entry) {
        return Requests.delete(entry.protocol(), entry.original(), zone, entry.id());
    }

    StateTable.Entry created(final ConntrackEntry entry) {
        return new StateTable.Entry(flow, entry.id());
    }

    StateTable.Entry found(final ConntrackEntry entry) {
        return new StateTable.Entry(existing(entry).served(), entry.id(), true);
    }
}
