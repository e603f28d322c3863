// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.policy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * What is permitted, and how long things may take; YANG container {@code policy} says what each means.
 *
 * @param authorized State Hosts that may take part
 * @param limits bounds against use of too many resources
 * @param timers how long things may take
 * @param planned bounds of announced moves
 * @param leniency what may be lost
 * @param protections flows that are copied in case their State Host dies
 */
public record Policy(Map<StateHostId, Authorization> authorized, Limits limits, Timers timers, Planned planned,
        Leniency leniency, Protections protections) {
    /** Nobody is authorized, everything else as in YANG. */
    public static final Policy DEFAULT = new Policy(Map.of(), Limits.DEFAULT, Timers.DEFAULT);

    public Policy {
        authorized = Map.copyOf(authorized);
        requireNonNull(limits);
        requireNonNull(timers);
        requireNonNull(planned);
        requireNonNull(leniency);
        requireNonNull(protections);
    }

    public Policy(final Map<StateHostId, Authorization> authorized, final Limits limits, final Timers timers,
            final Planned planned, final Leniency leniency) {
        this(authorized, limits, timers, planned, leniency, Protections.NONE);
    }

    public Policy(final Map<StateHostId, Authorization> authorized, final Limits limits, final Timers timers) {
        this(authorized, limits, timers, Planned.DEFAULT, Leniency.NONE, Protections.NONE);
    }

    /**
     * The same with other protections.
     *
     * @param others the protections
     * @return a policy
     */
    public Policy protecting(final Protections others) {
        return new Policy(authorized, limits, timers, planned, leniency, others);
    }

    /**
     * What one State Host may do. An empty collection permits all.
     *
     * @param functions functions it may take part with
     * @param roles sides it may be on
     * @param permittedNetworks networks it may connect from
     * @param virtualNetworks virtual networks whose flows it may see
     * @param acceptUnverifiedKey whether it may take part although its host key was not verified
     */
    public record Authorization(Set<FunctionType> functions, Set<Role> roles, List<IpPrefix> permittedNetworks,
            Set<VirtualNetwork> virtualNetworks, boolean acceptUnverifiedKey) {
        /** Everything, with a verified key. */
        public static final Authorization ALL = new Authorization(Set.of(), Set.of(), List.of(), Set.of(), false);

        public Authorization {
            functions = Set.copyOf(functions);
            roles = Set.copyOf(roles);
            permittedNetworks = List.copyOf(permittedNetworks);
            virtualNetworks = Set.copyOf(virtualNetworks);
        }
    }

    /**
     * Bounds.
     *
     * @param flowsPerMigration flows in one migration
     * @param flowsPerChunk flows in one chunk
     * @param concurrent migrations under way at one time
     * @param waiting migrations that may wait
     * @param recent ended migrations that stay visible
     */
    public record Limits(int flowsPerMigration, int flowsPerChunk, int concurrent, int waiting, int recent) {
        /** As in YANG. */
        public static final Limits DEFAULT = new Limits(1_000_000, 500, 8, 1000, 100);
    }

    /**
     * How long things may take.
     *
     * @param settle quiet time before a change of topology is acted upon
     * @param settleBound longest wait for quiet
     * @param prepare for the destination to get ready
     * @param transfer for all chunks together
     * @param commit for the commit
     * @param release for the release
     * @param rollback for cleaning up
     * @param holdLease after how long without a message a destination undoes a migration by itself
     * @param dampening when a link or an attachment changes too often to be believed
     */
    public record Timers(Duration settle, Duration settleBound, Duration prepare, Duration transfer, Duration commit,
            Duration release, Duration rollback, Duration holdLease, Damping dampening) {
        /** As in YANG. */
        public static final Timers DEFAULT = new Timers(Duration.ofMillis(50), Duration.ofMillis(1000),
            Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(30), Duration.ofSeconds(30),
            Duration.ofSeconds(30), Duration.ofSeconds(30));

        public Timers(final Duration settle, final Duration settleBound, final Duration prepare,
                final Duration transfer, final Duration commit, final Duration release, final Duration rollback,
                final Duration holdLease) {
            this(settle, settleBound, prepare, transfer, commit, release, rollback, holdLease, Damping.DEFAULT);
        }
    }

    /**
     * Bounds of announced moves.
     *
     * @param standingBy announced migrations that may make and keep a copy at one time
     * @param interval how often a source is asked what has changed
     * @param fulfilment how long after its announcement a move has to happen
     */
    public record Planned(int standingBy, Duration interval, Duration fulfilment) {
        /** As in YANG. */
        public static final Planned DEFAULT = new Planned(64, Duration.ofMillis(100), Duration.ofMinutes(10));
    }

    /**
     * What may be lost.
     *
     * @param partial whether flows that cannot be handed over may stay behind
     * @param unmatched whether flows may move although a function has no counterpart
     */
    public record Leniency(boolean partial, boolean unmatched) {
        /** Nothing. */
        public static final Leniency NONE = new Leniency(false, false);
    }

    /**
     * Flows that are copied in case their State Host dies.
     *
     * @param entries which
     * @param flows how many at most, all together
     */
    public record Protections(List<Protection> entries, int flows) {
        /** None. */
        public static final Protections NONE = new Protections(List.of(), 1_000_000);

        public Protections {
            entries = List.copyOf(entries);
        }
    }
}
