package org.opendaylight.statemigration.som;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.som.StateHostRecord.Status;
import org.opendaylight.statemigration.som.protection.StandIn;
import org.opendaylight.statemigration.som.protection.StandIns;
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
record Surroundings(StateHostRegistry registry, Supplier<Policy> policy, MasterObserver observer, InstantSource clock,
        ScheduledExecutorService scheduler, Pace pace, StandIns standIns) {
    Surroundings {
        requireNonNull(registry);
        requireNonNull(policy);
        requireNonNull(observer);
        requireNonNull(clock);
        requireNonNull(scheduler);
        requireNonNull(pace);
        requireNonNull(standIns);
    }

    Surroundings(final StateHostRegistry registry, final Supplier<Policy> policy, final MasterObserver observer,
            final InstantSource clock, final ScheduledExecutorService scheduler, final Pace pace) {
        this(registry, policy, observer, clock, scheduler, pace, StandIns.NONE);
    }

    /** {@return what takes the place of a source; empty if it lives, or there is nothing} */
    Optional<StandIn> standIn(final StateHostId source, final FlowSelection selection) {
        final boolean lives = registry.find(source).filter(host -> host.state().status() == Status.CONNECTED)
            .isPresent();
        return lives && !standIns.isSilent(source) ? Optional.empty() : standIns.find(source, selection);
    }
}
