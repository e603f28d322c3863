// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;

/** What the registry keeps of a State Host with a session. Guarded by the registry, unless said otherwise. */
final class HostEntry {
    final StateHostId id;
    final HostSession session;
    final SessionAgent agent;
    /** Written by those who hold the registry's monitor, read by all. */
    private volatile Instant lastContact;
    private boolean reading;
    private HostProfile profile;
    private Instant registeredAt;
    private String unreadable;

    HostEntry(final StateHostId id, final HostSession session, final Consumer<HostEntry> answered) {
        this.id = id;
        this.session = session;
        agent = new SessionAgent(id, session.agent(), () -> answered.accept(this));
    }

    /** {@return whether an answer that comes now is long enough after the one that was noted; any thread may ask} */
    boolean isContact(final Instant now, final Duration interval) {
        final var last = lastContact;
        return last == null || !now.isBefore(last.plus(interval));
    }

    void contact(final Instant now) {
        lastContact = now;
    }

    void registered(final HostProfile read, final Instant at) {
        profile = read;
        registeredAt = at;
    }

    void unreadable(final String why) {
        unreadable = why;
    }

    /** {@return whether the caller has to have the profile read: true once} */
    boolean beginReading(final Policy policy) {
        if (reading || StateHostAuthorization.whyUnauthorized(policy, id, session).isPresent()) {
            return false;
        }
        reading = true;
        return true;
    }

    /** What is asked over the session ends as not answered. */
    void close() {
        agent.lose();
    }

    Optional<StateOrchestrationAgent> usableAgent() {
        return profile == null ? Optional.empty() : Optional.of(agent);
    }

    /** {@return what to show; empty while its profile is being read for the first time} */
    Optional<StateHostRecord> show(final Policy policy) {
        final var unauthorized = StateHostAuthorization.whyUnauthorized(policy, id, session);
        if (unauthorized.isPresent()) {
            return Optional.of(show(Status.UNAUTHORIZED, unauthorized.orElseThrow()));
        }
        if (profile == null) {
            return Optional.ofNullable(unreadable).map(why -> show(Status.UNUSABLE, why));
        }
        return Optional.of(StateHostAuthorization.whyUnusable(id, profile).map(why -> show(Status.UNUSABLE, why))
            .orElseGet(() -> show(Status.CONNECTED, "")));
    }

    private StateHostRecord show(final Status status, final String detail) {
        return new StateHostRecord(id, status, detail, Optional.ofNullable(registeredAt),
            Optional.ofNullable(lastContact), session.from(), Optional.ofNullable(profile));
    }
}
