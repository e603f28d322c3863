package org.opendaylight.statemigration.som;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
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
 */
record Surroundings(StateHostRegistry registry, Supplier<Policy> policy, MasterObserver observer, InstantSource clock,
        ScheduledExecutorService scheduler, Pace pace) {
    Surroundings {
        requireNonNull(registry);
        requireNonNull(policy);
        requireNonNull(observer);
        requireNonNull(clock);
        requireNonNull(scheduler);
        requireNonNull(pace);
    }
}
