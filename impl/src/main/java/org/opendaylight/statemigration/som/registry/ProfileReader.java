// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.worker.TaskScheduler;
import org.opendaylight.statemigration.som.worker.WorkerPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks State Hosts for their profiles (IF(M,A) F2), again and again until there is an answer. Holds a thread only while
 * a request is under way, which is no longer than the timeout; has no lock.
 */
final class ProfileReader {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileReader.class);

    private final WorkerPool pool;
    private final TaskScheduler scheduler;
    private final Duration timeout;

    /** Who wants a profile. */
    interface Client {
        /** {@return whether it still does} */
        boolean isInterested();

        /** {@return the State Host} */
        StateHostId host();

        /** {@return its agent} */
        StateOrchestrationAgent agent();

        /** Here it is. */
        void profileRead(HostProfile profile);

        /** There is none yet; the sentence says why. */
        void profileUnreadable(String why);
    }

    /**
     * A reader.
     *
     * @param pool runs requests; the key is the State Host
     * @param scheduler tells when a request has taken too long, and when to ask again
     * @param timeout how long a State Host has to answer, and how long until it is asked again
     */
    ProfileReader(final WorkerPool pool, final TaskScheduler scheduler, final Duration timeout) {
        this.pool = requireNonNull(pool);
        this.scheduler = requireNonNull(scheduler);
        this.timeout = requireNonNull(timeout);
    }

    /** Begin to ask. Returns at once. */
    void read(final Client client) {
        pool.of(client.host()).execute(() -> ask(client));
    }

    private void ask(final Client client) {
        if (!client.isInterested()) {
            LOG.debug("The session with State Host {} ended before its profile was read", client.host());
            return;
        }
        boolean again = true;
        try {
            again = !request(client);
        } finally {
            if (again) {
                scheduler.after(timeout, () -> read(client));
            }
        }
    }

    /** {@return whether nothing is left to do} */
    private boolean request(final Client client) {
        final var call = new PendingCall();
        final var tooLate = scheduler.after(timeout, call::giveUp);
        final HostProfile profile;
        try {
            profile = client.agent().profile();
        } catch (AgentException e) {
            LOG.debug("State Host {} has no profile yet", client.host(), e);
            client.profileUnreadable(e.getMessage());
            return false;
        } catch (InterruptedException e) {
            if (!call.end()) {
                // The pool is being closed
                Thread.currentThread().interrupt();
                return true;
            }
            LOG.debug("State Host {} does not tell its profile", client.host(), e);
            client.profileUnreadable("State Host " + client.host() + " did not tell its profile within "
                + timeout.toMillis() + " ms");
            return false;
        } finally {
            tooLate.cancel();
            call.end();
        }
        client.profileRead(profile);
        return true;
    }
}
