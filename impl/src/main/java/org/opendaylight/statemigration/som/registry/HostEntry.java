// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.registry;

import java.time.Instant;
import java.util.Optional;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;

/** What the registry keeps of a State Host with a session. Guarded by the registry. */
final class HostEntry {
    final StateHostId id;
    final HostSession session;
    final SessionAgent agent;
    Instant lastContact;
    private Thread reader;
    private HostProfile profile;
    private Instant registeredAt;
    private String unreadable;

    HostEntry(final StateHostId id, final HostSession session, final Runnable answered) {
        this.id = id;
        this.session = session;
        agent = new SessionAgent(id, session.agent(), answered);
    }

    void registered(final HostProfile read, final Instant at) {
        profile = read;
        registeredAt = at;
    }

    void unreadable(final String why) {
        unreadable = why;
    }

    boolean needsReader(final Policy policy) {
        return reader == null && StateHostAuthorization.denial(policy, id, session).isEmpty();
    }

    void readBy(final Thread thread) {
        reader = thread;
        thread.start();
    }

    void close() {
        agent.lose();
        if (reader != null) {
            reader.interrupt();
        }
    }

    Optional<StateOrchestrationAgent> usableAgent() {
        return profile == null ? Optional.empty() : Optional.of(agent);
    }

    /** {@return what to show; empty while its profile is being read for the first time} */
    Optional<StateHostRecord> show(final Policy policy) {
        final var denial = StateHostAuthorization.denial(policy, id, session);
        if (denial.isPresent()) {
            return Optional.of(show(Status.UNAUTHORIZED, denial.orElseThrow()));
        }
        if (profile == null) {
            return Optional.ofNullable(unreadable).map(why -> show(Status.UNUSABLE, why));
        }
        return Optional.of(StateHostAuthorization.defect(id, profile).map(defect -> show(Status.UNUSABLE, defect))
            .orElseGet(() -> show(Status.CONNECTED, "")));
    }

    private StateHostRecord show(final Status status, final String detail) {
        return new StateHostRecord(id, status, detail, Optional.ofNullable(registeredAt),
            Optional.ofNullable(lastContact), session.from(), Optional.ofNullable(profile));
    }
}
