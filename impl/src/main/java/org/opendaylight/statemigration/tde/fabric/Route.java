// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.fabric;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows.AmbiguousPath.Cause;

/**
 * Which State Hosts the flows between two edges pass.
 */
public sealed interface Route {
    /** Functions on one path. A longer chain is hardly meant, and would take as many legs. */
    int MAX_FUNCTIONS = 8;
    /** State Hosts on one path. Far more than may take part in a migration; a bound on memory, and on work. */
    int MAX_HOSTS = 4 * MAX_FUNCTIONS;
    /** On the same edge: nothing lies between. */
    Clear DIRECT = new Clear(List.of());
    NoPath NO_PATH = new NoPath();

    /** {@return State Hosts that flows on it may pass; if it is too long, some of them} */
    Set<StateHostId> mayPass();

    /** {@return whether flows on it may pass any of the State Hosts} */
    default boolean mayPassAny(final Set<StateHostId> hosts) {
        return mayPass().stream().anyMatch(hosts::contains);
    }

    /** {@return whether both say the same} */
    boolean sameAs(Route other);

    /** {@return this route, and then the State Host} */
    Route passing(StateHost host);

    /** {@return this route where that one is as good} */
    Route or(Route other);

    /** {@return this route as it is seen from its other end} */
    Route reversed();

    /**
     * The same State Hosts, whichever way.
     *
     * @param hosts in the order in which they are passed, from the end from which the route is seen
     * @param mayPass the same in no order
     * @param ordered whether the way back passes them in the opposite order
     */
    record Clear(List<StateHost> hosts, Set<StateHostId> mayPass, boolean ordered) implements Route {
        Clear(final List<StateHost> hosts) {
            this(List.copyOf(hosts), hosts.stream().map(StateHost::id).collect(Collectors.toUnmodifiableSet()), true);
        }

        @Override
        public boolean sameAs(final Route other) {
            return this == other || other instanceof Clear clear && mayPass.equals(clear.mayPass)
                && (hosts.equals(clear.hosts) || Set.copyOf(hosts).equals(Set.copyOf(clear.hosts)));
        }

        @Override
        public Route passing(final StateHost host) {
            if (hosts.size() == MAX_HOSTS) {
                return new TooLong(mayPass);
            }
            final var more = new ArrayList<>(hosts);
            more.add(host);
            return new Clear(more);
        }

        @Override
        public Route or(final Route other) {
            // Those on paths of equal cost are in the order of their distances: if they are the same, so is their order
            return other instanceof Clear clear ? sameAs(clear) ? this : Ambiguous.of(Cause.EQUAL_COST, this,
                clear) : other.or(this);
        }

        @Override
        public Clear reversed() {
            return hosts.size() < 2 ? this : new Clear(hosts.reversed(), mayPass, ordered);
        }

        /** {@return this route, where that is the way back as it is seen from the same end} */
        Clear and(final Clear back) {
            return hosts.equals(back.hosts) ? this : new Clear(hosts, mayPass, false);
        }
    }

    /**
     * One or the other, and the topology does not say which.
     *
     * @param cause how that comes
     * @param one State Hosts on one path; from the smaller edge to the greater, where directions differ
     * @param other State Hosts on another
     * @param mayPass State Hosts on any path
     */
    record Ambiguous(Cause cause, SortedSet<StateHostId> one, SortedSet<StateHostId> other, Set<StateHostId> mayPass)
            implements Route {
        public static Ambiguous of(final Cause cause, final Clear one, final Clear other) {
            final var first = new TreeSet<>(one.mayPass());
            final var second = new TreeSet<>(other.mayPass());
            // Directions have an order, paths of equal cost do not
            final boolean swap = cause == Cause.EQUAL_COST && first.toString().compareTo(second.toString()) > 0;
            return new Ambiguous(cause, swap ? second : first, swap ? first : second, union(first, second));
        }

        @Override
        public boolean sameAs(final Route that) {
            return this == that || that instanceof Ambiguous ambiguous && cause == ambiguous.cause
                && mayPass.equals(ambiguous.mayPass);
        }

        @Override
        public Route passing(final StateHost host) {
            return withAll(Set.of(host.id()));
        }

        @Override
        public Route or(final Route that) {
            return that instanceof TooLong ? that : withAll(that.mayPass());
        }

        @Override
        public Ambiguous reversed() {
            return this;
        }

        private Route withAll(final Set<StateHostId> hosts) {
            if (mayPass.containsAll(hosts)) {
                return this;
            }
            final var all = union(mayPass, hosts);
            return all.size() > 2 * MAX_HOSTS ? new TooLong(mayPass) : new Ambiguous(cause, one, other, all);
        }

        private static Set<StateHostId> union(final Set<StateHostId> some, final Set<StateHostId> others) {
            final var all = new HashSet<>(some);
            all.addAll(others);
            return Set.copyOf(all);
        }
    }

    /**
     * Passes more State Hosts than are looked at, at least on one of its paths.
     *
     * @param mayPass some of them
     */
    record TooLong(Set<StateHostId> mayPass) implements Route {
        @Override
        public boolean mayPassAny(final Set<StateHostId> hosts) {
            return true;
        }

        @Override
        public boolean sameAs(final Route other) {
            // What else they pass is not known
            return this == other;
        }

        @Override
        public TooLong passing(final StateHost host) {
            return this;
        }

        @Override
        public TooLong or(final Route other) {
            return this;
        }

        @Override
        public TooLong reversed() {
            return this;
        }
    }

    /** None, at least in one direction. */
    record NoPath() implements Route {
        @Override
        public Set<StateHostId> mayPass() {
            return Set.of();
        }

        @Override
        public boolean sameAs(final Route other) {
            return other instanceof NoPath;
        }

        @Override
        public Route passing(final StateHost host) {
            return this;
        }

        @Override
        public Route or(final Route other) {
            return other;
        }

        @Override
        public NoPath reversed() {
            return this;
        }
    }
}
