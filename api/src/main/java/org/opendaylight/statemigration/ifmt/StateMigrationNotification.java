// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.text.TextLists;

/**
 * F1, State Migration Notification: flows of a VM have left State Hosts and pass others.
 *
 * @param origin who noticed
 * @param vmName name of the VM in the topology, where known
 * @param vm the VM
 * @param legs which State Hosts, at least one pair
 * @param unmatched functions that have no counterpart on the other path, so that their state goes nowhere
 */
public record StateMigrationNotification(Origin origin, Optional<String> vmName, VmIdentity vm, List<Leg> legs,
        List<Unmatched> unmatched) {
    private static final int PEERS_NAMED = 4;

    public StateMigrationNotification {
        requireNonNull(origin);
        requireNonNull(vmName);
        requireNonNull(vm);
        legs = List.copyOf(legs);
        unmatched = List.copyOf(unmatched);
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("A notification names at least one pair of State Hosts");
        }
    }

    public StateMigrationNotification(final Origin origin, final Optional<String> vmName, final VmIdentity vm,
            final List<Leg> legs) {
        this(origin, vmName, vm, legs, List.of());
    }

    /**
     * Whether another notification tells of the same move, by whomever. One that names fewer peers, or more, does not:
     * to do what one of them says would take flows from where the other one leaves them.
     *
     * @param other the other one
     * @return true if VM, State Hosts and peers are the same, in whatever order
     */
    public boolean isSameMove(final StateMigrationNotification other) {
        return vm.equals(other.vm) && unordered().equals(other.unordered());
    }

    /** {@return which flows go where, for people} */
    public String description() {
        return legs.stream().map(leg -> leg.source() + " to " + leg.destination() + ", "
            + (leg.peers().isEmpty() ? "all flows" : "flows with " + TextLists.firstOf(leg.peers(), PEERS_NAMED)))
            .collect(Collectors.joining("; ", "", " of " + vm));
    }

    private Set<Unordered> unordered() {
        return legs.stream().map(leg -> new Unordered(leg.source(), leg.destination(), Set.copyOf(leg.peers())))
            .collect(Collectors.toSet());
    }

    /** A leg whose peers are in no order. */
    private record Unordered(StateHostId source, StateHostId destination, Set<IpPrefix> peers) {
    }

    /**
     * A function without a counterpart.
     *
     * @param host the State Host that performs it
     * @param function the function
     * @param side on which path
     */
    public record Unmatched(StateHostId host, FunctionType function, Side side) {
        public Unmatched {
            requireNonNull(host);
            requireNonNull(function);
            requireNonNull(side);
        }

        /** On which path. */
        public enum Side {
            /** On the path that the flows left: the function is lost to them, and its state stays behind. */
            LEFT,
            /** On the path that they now pass: the function is new to them, and has no state of them. */
            ENTERED
        }
    }

    /** Who noticed. */
    public enum Origin {
        /** The built-in Topology Discovery Entity. */
        TOPOLOGY,
        /** Another one, over RESTCONF. */
        NOTIFICATION
    }

    /**
     * Flows that go from one State Host to one other.
     *
     * @param source the State Host that they left
     * @param destination the State Host that they now pass
     * @param peers prefixes of the flows' other ends; empty for all
     */
    public record Leg(StateHostId source, StateHostId destination, List<IpPrefix> peers) {
        public Leg {
            requireNonNull(source);
            requireNonNull(destination);
            peers = List.copyOf(peers);
            if (source.equals(destination)) {
                throw new IllegalArgumentException("Source and destination are the same State Host, " + source
                    + ": nothing has to move");
            }
        }
    }
}
