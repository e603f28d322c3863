// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.worker.TaskScheduler;
import org.opendaylight.statemigration.som.worker.WorkerPool;

/**
 * What every checkpoint and clean-up needs.
 *
 * @param hosts finds State Hosts
 * @param policy the policy at present
 * @param clock what time it is
 * @param newId makes an identity that no migration has, beginning with what is given
 * @param pool runs requests to State Hosts; the key is the State Host
 * @param scheduler hands over what is due
 */
record ProtectionContext(Function<StateHostId, Optional<RegisteredHost>> hosts, Supplier<Policy> policy,
        InstantSource clock, Function<String, MigrationId> newId, WorkerPool pool, TaskScheduler scheduler) {
    ProtectionContext {
        requireNonNull(hosts);
        requireNonNull(policy);
        requireNonNull(clock);
        requireNonNull(newId);
        requireNonNull(pool);
        requireNonNull(scheduler);
    }

    /** {@return runs requests to a State Host, few at a time} */
    Executor executor(final StateHostId id) {
        return pool.of(id);
    }

    /** {@return the State Host, if it can be asked} */
    Optional<RegisteredHost> connected(final StateHostId id) {
        return hosts.apply(id).filter(host -> host.state().status() == Status.CONNECTED
            && host.agent().isPresent());
    }

    /** {@return whether a State Host has answered anything after a time, to the second} */
    boolean hasAnswered(final StateHostId id, final Instant after) {
        return hosts.apply(id).flatMap(host -> host.state().lastContact()).filter(after::isBefore).isPresent();
    }
}
