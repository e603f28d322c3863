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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.SafeListener;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.worker.CallQueue;
import org.opendaylight.statemigration.som.worker.TaskScheduler;
import org.opendaylight.statemigration.som.worker.TimerThread;
import org.opendaylight.statemigration.som.worker.WorkerPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The State Hosts that are connected or authorized (IF(M,A) F1 and F2). Of one that is authorized it reads the profile,
 * again and again until there is one; one that is not is shown, and is given nothing to do.
 *
 * <p>One monitor guards all that is known. It is not held over a request, nor while listeners are called: they are
 * called in the order of the changes, one at a time, by a thread that has made a change, soon after it.
 */
public final class StateHostRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateHostRegistry.class);
    private static final Duration PROFILE_TIMEOUT = Duration.ofSeconds(10);
    /** Answers are noted no more often than this. */
    private static final Duration CONTACT_INTERVAL = Duration.ofSeconds(1);
    private static final int PROFILE_THREADS = 8;

    private final Map<StateHostId, HostEntry> sessions = new HashMap<>();
    private final Map<StateHostId, StateHostRecord> shown = new HashMap<>();
    private final CallQueue calls = new CallQueue();
    private final CopyOnWriteArrayList<Consumer<StateHostId>> returned = new CopyOnWriteArrayList<>();
    private final Supplier<Policy> policy;
    private final MasterListener listener;
    private final InstantSource clock;
    private final ProfileReader profileReader;
    private final Runnable shutdown;
    private Policy applied;
    private boolean closed;

    /**
     * A registry with the clock of the system and threads of its own.
     *
     * @param policy the policy at present
     * @param listener sees State Hosts as they change
     */
    public StateHostRegistry(final Supplier<Policy> policy, final MasterListener listener) {
        this(policy, listener, InstantSource.system(), PROFILE_TIMEOUT);
    }

    /**
     * A registry with threads of its own.
     *
     * @param policy the policy at present
     * @param listener sees State Hosts as they change
     * @param clock what time it is
     * @param profileTimeout how long a State Host has to tell its profile, and how long until it is asked again
     */
    public StateHostRegistry(final Supplier<Policy> policy, final MasterListener listener, final InstantSource clock,
            final Duration profileTimeout) {
        this(policy, listener, clock, profileTimeout, new WorkerPool("state-host-profile", PROFILE_THREADS, 1),
            new TimerThread("state-host-timer"));
    }

    private StateHostRegistry(final Supplier<Policy> policy, final MasterListener listener, final InstantSource clock,
            final Duration profileTimeout, final WorkerPool pool, final TimerThread timer) {
        this(policy, listener, clock, new ProfileReader(pool, timer, profileTimeout), () -> {
            timer.close();
            pool.close();
        });
    }

    /**
     * A registry with threads of somebody else.
     *
     * @param policy the policy at present
     * @param listener sees State Hosts as they change
     * @param clock what time it is
     * @param profileTimeout how long a State Host has to tell its profile, and how long until it is asked again
     * @param pool runs requests for profiles; the key is the State Host
     * @param scheduler hands over what is due
     */
    public StateHostRegistry(final Supplier<Policy> policy, final MasterListener listener, final InstantSource clock,
            final Duration profileTimeout, final WorkerPool pool, final TaskScheduler scheduler) {
        this(policy, listener, clock, new ProfileReader(pool, scheduler, profileTimeout), () -> { });
    }

    /** Shows the hosts that are authorized as disconnected at once. */
    private StateHostRegistry(final Supplier<Policy> policy, final MasterListener listener, final InstantSource clock,
            final ProfileReader profileReader, final Runnable shutdown) {
        this.policy = requireNonNull(policy);
        this.listener = SafeListener.of(listener);
        this.clock = requireNonNull(clock);
        this.profileReader = profileReader;
        this.shutdown = shutdown;
        policyChanged();
    }

    /**
     * There is a session with the agent of a State Host. It takes the place of an earlier one.
     *
     * @param id identity of the host, as proved when the session was made
     * @param session the session
     */
    public void connected(final StateHostId id, final HostSession session) {
        synchronized (this) {
            if (closed) {
                return;
            }
            final var before = sessions.remove(id);
            if (before != null) {
                before.close();
            }
            sessions.put(id, new HostEntry(id, session, this::answered));
            refresh(id);
        }
        calls.run();
    }

    /**
     * A session has ended. Nothing happens if it is not the host's present one.
     *
     * @param id identity of the host
     * @param session the session
     */
    public void disconnected(final StateHostId id, final HostSession session) {
        synchronized (this) {
            final var entry = sessions.get(id);
            if (entry != null && entry.session == session) {
                sessions.remove(id);
                entry.close();
                refresh(id);
            }
        }
        calls.run();
    }

    /** The policy may be another one than before. Once this returns the registry goes by the present one. */
    public void policyChanged() {
        synchronized (this) {
            final var now = policy.get();
            if (now != applied) {
                applied = now;
                final var ids = new HashSet<>(now.authorized().keySet());
                ids.addAll(sessions.keySet());
                ids.addAll(shown.keySet());
                ids.forEach(this::refresh);
            }
        }
        calls.run();
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
     * @param action called with the host, under no lock; returns at once
     */
    public void onReturn(final Consumer<StateHostId> action) {
        returned.add(requireNonNull(action));
    }

    /** End all sessions. What is asked over them ends as not answered. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            sessions.values().forEach(HostEntry::close);
            sessions.clear();
        }
        shutdown.run();
    }

    /** Bring what is shown in line with what is. The caller holds the monitor. */
    private void refresh(final StateHostId id) {
        final var entry = sessions.get(id);
        if (entry == null) {
            if (policy.get().authorized().containsKey(id)) {
                show(absent(id, "Connect State Host " + id + ": there is no session with it"));
            } else if (shown.remove(id) != null) {
                calls.add(() -> listener.hostForgotten(id));
            }
            return;
        }
        if (entry.beginReading(policy.get())) {
            profileReader.read(new Registration(entry));
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
        calls.add(() -> listener.hostChanged(now));
        if (before == null || before.status() != now.status()) {
            LOG.info("State Host {} is {} {}", now.hostId(), now.status(), now.detail());
        }
        if (now.status() == Status.CONNECTED && (before == null || before.status() != Status.CONNECTED)) {
            returned.forEach(action -> calls.add(() -> action.accept(now.hostId())));
        }
    }

    private void answered(final HostEntry entry) {
        final Instant now = clock.instant();
        if (entry.isContact(now, CONTACT_INTERVAL)) {
            change(entry, () -> entry.contact(now));
        }
    }

    private void change(final HostEntry entry, final Runnable change) {
        synchronized (this) {
            change.run();
            if (sessions.get(entry.id) == entry) {
                refresh(entry.id);
            }
        }
        calls.run();
    }

    /** A State Host whose profile is being read. */
    private final class Registration implements ProfileReader.Client {
        private final HostEntry entry;

        Registration(final HostEntry entry) {
            this.entry = entry;
        }

        @Override
        public boolean isInterested() {
            synchronized (StateHostRegistry.this) {
                return sessions.get(entry.id) == entry;
            }
        }

        @Override
        public StateHostId host() {
            return entry.id;
        }

        @Override
        public StateOrchestrationAgent agent() {
            return entry.agent;
        }

        @Override
        public void profileRead(final HostProfile profile) {
            change(entry, () -> entry.registered(profile, clock.instant()));
        }

        @Override
        public void profileUnreadable(final String why) {
            change(entry, () -> entry.unreadable(why));
        }
    }
}
