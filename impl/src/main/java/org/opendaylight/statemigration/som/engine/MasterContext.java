// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.FailoverSource;
import org.opendaylight.statemigration.som.protection.FailoverSources;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;

/**
 * What every migration needs.
 *
 * @param registry the State Hosts
 * @param policy the policy at present
 * @param observer who sees what happens
 * @param clock what time it is
 * @param scheduler raises deadlines
 * @param pace how fast to repeat
 * @param standIns in place of State Hosts that are dead
 */
public record MasterContext(StateHostRegistry registry, Supplier<Policy> policy, MasterListener observer,
    InstantSource clock,
        ScheduledExecutorService scheduler, RetryTimings pace, FailoverSources standIns) {
    public MasterContext {
        requireNonNull(registry);
        requireNonNull(policy);
        requireNonNull(observer);
        requireNonNull(clock);
        requireNonNull(scheduler);
        requireNonNull(pace);
        requireNonNull(standIns);
    }

    public MasterContext(final StateHostRegistry registry, final Supplier<Policy> policy, final MasterListener observer,
            final InstantSource clock, final ScheduledExecutorService scheduler, final RetryTimings pace) {
        this(registry, policy, observer, clock, scheduler, pace, FailoverSources.NONE);
    }

    /** {@return what takes the place of a source; empty if it lives, or there is nothing} */
    Optional<FailoverSource> standIn(final StateHostId source, final FlowSelection selection) {
        final boolean lives = registry.find(source).filter(host -> host.state().status() == Status.CONNECTED)
            .isPresent();
        return lives && !standIns.isSilent(source) ? Optional.empty() : standIns.find(source, selection);
    }
}
