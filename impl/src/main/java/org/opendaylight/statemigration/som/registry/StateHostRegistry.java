// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The State Hosts that are connected or authorized (IF(M,A) F1 and F2). Of one that is authorized it reads the profile,
 * again and again until there is one; one that is not is shown, and is given nothing to do.
 */
public final class StateHostRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateHostRegistry.class);
    private static final Duration PROFILE_TIMEOUT = Duration.ofSeconds(10);
    /** Contact is shown no more often than this: every answer counts as one. */
    private static final Duration CONTACT_INTERVAL = Duration.ofSeconds(1);

    private final Map<StateHostId, HostEntry> sessions = new HashMap<>();
    private final Map<StateHostId, StateHostRecord> shown = new HashMap<>();
    private final Supplier<Policy> policy;
    private final MasterListener listener;
    private final InstantSource clock;
    private final Duration profileTimeout;
    private Consumer<StateHostId> returned = host -> { };
    private boolean closed;

    /**
     * A registry with the clock of the system.
     *
     * @param policy the policy at present
     * @param listener sees State Hosts as they change
     */
    public StateHostRegistry(final Supplier<Policy> policy, final MasterListener listener) {
        this(policy, listener, InstantSource.system(), PROFILE_TIMEOUT);
    }

    /**
     * A registry. Shows the hosts that are authorized as disconnected at once.
     *
     * @param policy the policy at present
     * @param listener sees State Hosts as they change
     * @param clock what time it is
     * @param profileTimeout how long a State Host has to tell its profile, and how long until it is asked again
     */
    public StateHostRegistry(final Supplier<Policy> policy, final MasterListener listener, final InstantSource clock,
            final Duration profileTimeout) {
        this.policy = requireNonNull(policy);
        this.listener = requireNonNull(listener);
        this.clock = requireNonNull(clock);
        this.profileTimeout = requireNonNull(profileTimeout);
        policyChanged();
    }

    /**
     * There is a session with the agent of a State Host. It takes the place of an earlier one.
     *
     * @param id identity of the host, as proved when the session was made
     * @param session the session
     */
    public synchronized void connected(final StateHostId id, final HostSession session) {
        if (closed) {
            return;
        }
        final var before = sessions.remove(id);
        if (before != null) {
            before.close();
        }
        final var entry = new HostEntry(id, session, () -> answered(id, session));
        sessions.put(id, entry);
        refresh(id);
    }

    /**
     * A session has ended. Nothing happens if it is not the host's present one.
     *
     * @param id identity of the host
     * @param session the session
     */
    public synchronized void disconnected(final StateHostId id, final HostSession session) {
        final var entry = sessions.get(id);
        if (entry != null && entry.session == session) {
            sessions.remove(id);
            entry.close();
            refresh(id);
        }
    }

    /** The policy may say something else than before. */
    public synchronized void policyChanged() {
        final var ids = new HashSet<>(policy.get().authorized().keySet());
        ids.addAll(sessions.keySet());
        ids.addAll(shown.keySet());
        ids.forEach(this::refresh);
    }

    /**
     * A State Host.
     *
     * @param id identity
     * @return what is known of it; empty if it is neither connected nor authorized
     */
    public synchronized Optional<RegisteredHost> find(final StateHostId id) {
        return Optional.ofNullable(shown.get(id)).map(state -> new RegisteredHost(state,
            Optional.ofNullable(sessions.get(id)).flatMap(HostEntry::usableAgent)));
    }

    /**
     * Who wants to know of State Hosts that can take part now and could not before.
     *
     * @param action called with the host; returns at once
     */
    public synchronized void onReturn(final Consumer<StateHostId> action) {
        returned = returned.andThen(requireNonNull(action));
    }

    @Override
    public synchronized void close() {
        closed = true;
        sessions.values().forEach(HostEntry::close);
        sessions.clear();
    }

    /** Bring what is shown in line with what is. */
    private void refresh(final StateHostId id) {
        final var entry = sessions.get(id);
        if (entry == null) {
            if (policy.get().authorized().containsKey(id)) {
                show(absent(id, "Connect State Host " + id + ": there is no session with it"));
            } else if (shown.remove(id) != null) {
                listener.hostForgotten(id);
            }
            return;
        }
        if (entry.needsReader(policy.get())) {
            entry.readBy(Thread.ofPlatform().daemon().name("profile-" + id).unstarted(() -> readProfile(entry)));
        }
        show(entry.show(policy.get())
            .orElseGet(() -> absent(id, "Wait: State Host " + id + " is being asked for its profile")));
    }

    private StateHostRecord absent(final StateHostId id, final String detail) {
        return new StateHostRecord(id, Status.DISCONNECTED, detail, Optional.empty(),
            Optional.ofNullable(shown.get(id)).flatMap(StateHostRecord::lastContact), Optional.empty(),
            Optional.empty());
    }

    private void show(final StateHostRecord now) {
        final var before = shown.put(now.hostId(), now);
        if (now.equals(before)) {
            return;
        }
        listener.hostChanged(now);
        if (before == null || before.status() != now.status()) {
            LOG.info("State Host {} is {} {}", now.hostId(), now.status(), now.detail());
        }
        if (now.status() == Status.CONNECTED && (before == null || before.status() != Status.CONNECTED)) {
            returned.accept(now.hostId());
        }
    }

    private void readProfile(final HostEntry entry) {
        try {
            while (!tryProfile(entry)) {
                Thread.sleep(profileTimeout);
            }
        } catch (InterruptedException e) {
            LOG.debug("The session with State Host {} ended before its profile was read", entry.id, e);
        }
    }

    private boolean tryProfile(final HostEntry entry) throws InterruptedException {
        final var answer = new CompletableFuture<HostProfile>();
        final var reader = Thread.ofPlatform().daemon().name("profile-of-" + entry.id).start(() -> {
            try {
                answer.complete(entry.agent.profile());
            } catch (AgentException | InterruptedException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            final var profile = answer.get(profileTimeout.toMillis(), TimeUnit.MILLISECONDS);
            synchronized (this) {
                entry.registered(profile, clock.instant());
                refreshIfPresent(entry);
            }
            return true;
        } catch (TimeoutException e) {
            unreadable(entry, "State Host " + entry.id + " did not tell its profile within "
                + profileTimeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            unreadable(entry, "The profile of State Host " + entry.id + " cannot be read: "
                + e.getCause().getMessage(), e);
        } finally {
            reader.interrupt();
        }
        return false;
    }

    private synchronized void unreadable(final HostEntry entry, final String why, final Exception cause) {
        LOG.debug("State Host {} has no profile yet", entry.id, cause);
        entry.unreadable(why);
        refreshIfPresent(entry);
    }

    private void refreshIfPresent(final HostEntry entry) {
        if (sessions.get(entry.id) == entry) {
            refresh(entry.id);
        }
    }

    private synchronized void answered(final StateHostId id, final HostSession session) {
        final var entry = sessions.get(id);
        final Instant now = clock.instant();
        if (entry != null && entry.session == session && (entry.lastContact == null
                || !now.isBefore(entry.lastContact.plus(CONTACT_INTERVAL)))) {
            entry.lastContact = now;
            refresh(id);
        }
    }
}
