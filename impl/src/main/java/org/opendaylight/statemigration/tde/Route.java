package org.opendaylight.statemigration.tde;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * Which State Hosts the flows between two edges pass.
 */
sealed interface Route {
    /** On the same edge: nothing lies between. */
    Clear DIRECT = new Clear(List.of());
    NoPath NO_PATH = new NoPath();

    /** {@return State Hosts that flows on it may pass} */
    Set<StateHostId> mayPass();

    /** {@return whether both say the same} */
    default boolean sameAs(final Route other) {
        return equals(other) || getClass() == other.getClass() && mayPass().equals(other.mayPass());
    }

    /**
     * The same State Hosts, whichever way.
     *
     * @param hosts in the order in which they are passed
     */
    record Clear(List<StateHost> hosts) implements Route {
        public Clear {
            hosts = List.copyOf(hosts);
        }

        @Override
        public Set<StateHostId> mayPass() {
            return hosts.stream().map(StateHost::id).collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * One or the other, and the topology does not say which.
     *
     * @param cause how that comes
     * @param one State Hosts on one path
     * @param other State Hosts on another
     */
    record Ambiguous(Cause cause, SortedSet<StateHostId> one, SortedSet<StateHostId> other) implements Route {
        /** Why it is ambiguous. */
        enum Cause { EQUAL_COST, ASYMMETRIC }

        static Ambiguous of(final Cause cause, final Clear one, final Clear other) {
            return new Ambiguous(cause, new TreeSet<>(one.mayPass()), new TreeSet<>(other.mayPass()));
        }

        @Override
        public Set<StateHostId> mayPass() {
            final var all = new TreeSet<>(one);
            all.addAll(other);
            return all;
        }

        /** {@return a sentence without full stop} */
        String explain(final String from, final String to) {
            return switch (cause) {
                case EQUAL_COST -> "paths of equal cost between " + from + " and " + to + " pass " + names(one)
                    + " or " + names(other) + ", so their links need different metrics";
                case ASYMMETRIC -> "flows between " + from + " and " + to + " pass " + names(one)
                    + " in one direction and " + names(other)
                    + " in the other, so the metrics of their links need to be the same both ways";
            };
        }

        private static String names(final SortedSet<StateHostId> hosts) {
            return hosts.isEmpty() ? "no State Host"
                : hosts.stream().map(StateHostId::toString).collect(Collectors.joining(" and "));
        }
    }

    /** None, at least in one direction. */
    record NoPath() implements Route {
        @Override
        public Set<StateHostId> mayPass() {
            return Set.of();
        }
    }
}
