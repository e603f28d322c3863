// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.FailoverSource;
import org.opendaylight.statemigration.som.protection.FailoverSources;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.statemigration.som.worker.Workers;

/**
 * What every migration needs.
 *
 * @param registry the State Hosts
 * @param policy the policy at present
 * @param listener who sees what happens
 * @param clock what time it is, for what is shown
 * @param ticker tells time apart, for leases and rounds
 * @param workers pools and timer
 * @param timings how fast to repeat
 * @param failoverSources in place of State Hosts that are dead
 */
public record MasterContext(StateHostRegistry registry, Supplier<Policy> policy, MasterListener listener,
        InstantSource clock, Ticker ticker, Workers workers, RetryTimings timings, FailoverSources failoverSources) {
    public MasterContext {
        requireNonNull(registry);
        requireNonNull(policy);
        requireNonNull(listener);
        requireNonNull(clock);
        requireNonNull(ticker);
        requireNonNull(workers);
        requireNonNull(timings);
        requireNonNull(failoverSources);
    }

    /** {@return what takes the place of a source; empty if it lives, or there is nothing} */
    Optional<FailoverSource> failoverSource(final StateHostId source, final FlowSelection selection) {
        final boolean lives = registry.find(source).filter(host -> host.state().status() == Status.CONNECTED)
            .isPresent();
        return lives && !failoverSources.isSilent(source) ? Optional.empty() : failoverSources.find(source, selection);
    }
}
