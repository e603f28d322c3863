package org.opendaylight.statemigration.tde;

import java.util.List;
import java.util.Set;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * What a change of topology means for the flows between two virtual machines.
 */
sealed interface Outcome {
    /** They pass the same State Hosts, or there are none yet. */
    Stay STAY = new Stay();

    /** Nothing to do. */
    record Stay() implements Outcome {
    }

    /**
     * They have no path any more; their state waits where it is.
     *
     * @param at the State Hosts that have it
     */
    record Severed(Set<StateHostId> at) implements Outcome {
    }

    /**
     * It cannot be told what to do.
     *
     * @param reason why, a sentence without full stop
     */
    record Unclear(String reason) implements Outcome {
    }

    /**
     * Their state has to move.
     *
     * @param hops from which State Host to which
     */
    record Move(Set<Hop> hops) implements Outcome {
        public Move {
            hops = Set.copyOf(hops);
        }
    }

    /**
     * One State Host takes over from one other.
     *
     * @param source where the state is
     * @param destination where it is needed
     */
    record Hop(StateHostId source, StateHostId destination) implements Comparable<Hop> {
        @Override
        public int compareTo(final Hop other) {
            final int first = source.compareTo(other.source);
            return first != 0 ? first : destination.compareTo(other.destination);
        }
    }

    /**
     * Compare two routes.
     *
     * @param before the State Hosts that have the state
     * @param after the State Hosts that need it
     */
    static Outcome of(final List<StateHost> before, final List<StateHost> after) {
        final var counterparts = new Counterparts(without(before, after), without(after, before));
        return counterparts.outcome();
    }

    private static List<StateHost> without(final List<StateHost> some, final List<StateHost> others) {
        return some.stream().filter(host -> others.stream().noneMatch(other -> other.id().equals(host.id()))).toList();
    }
}
