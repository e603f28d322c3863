package org.opendaylight.statemigration.tde;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched.Side;

/**
 * Which State Host takes over from which. For each function one may leave the path and one come on to it, and a State
 * Host with several functions hands all of them to the same other one. A function that only leaves the path, or only
 * comes on to it, has no counterpart: whether the others may move without it is the master's policy. Anything else is
 * left to an operator.
 */
final class Counterparts {
    private final List<StateHost> left;
    private final List<StateHost> arrived;

    Counterparts(final List<StateHost> left, final List<StateHost> arrived) {
        this.left = left;
        this.arrived = arrived;
    }

    Outcome outcome() {
        final var hops = new HashSet<Outcome.Hop>();
        final var unmatched = new HashSet<Unmatched>();
        for (var function : FunctionType.values()) {
            final var from = performing(function, left);
            final var to = performing(function, arrived);
            if (from.size() == 1 && to.size() == 1) {
                hops.add(new Outcome.Hop(from.getFirst().id(), to.getFirst().id()));
            } else if (from.isEmpty() || to.isEmpty()) {
                from.forEach(host -> unmatched.add(new Unmatched(host.id(), function, Side.LEFT)));
                to.forEach(host -> unmatched.add(new Unmatched(host.id(), function, Side.ENTERED)));
            } else {
                return new Outcome.Unclear("it is not clear which " + name(function) + " takes over from which, of "
                    + names(from) + " on the old path and " + names(to) + " on the new one");
            }
        }
        return hops.isEmpty() ? new Outcome.Unclear(nothingToMove()) : oneToOne(hops, unmatched);
    }

    /** Only functions without a counterpart: for an operator, one sentence on each. */
    private String nothingToMove() {
        return Stream.of(FunctionType.values()).flatMap(function -> {
            final var from = performing(function, left);
            final var to = performing(function, arrived);
            if (!from.isEmpty()) {
                return Stream.of("no " + name(function) + " on the new path takes over from " + names(from));
            }
            return to.isEmpty() ? Stream.empty() : Stream.of("no " + name(function)
                + " has left the path that could give its state to " + names(to) + ", which they pass now");
        }).collect(Collectors.joining(", and "));
    }

    private static Outcome oneToOne(final Set<Outcome.Hop> hops, final Set<Unmatched> unmatched) {
        final Map<StateHostId, StateHostId> to = new HashMap<>();
        final Map<StateHostId, StateHostId> from = new HashMap<>();
        for (var hop : hops) {
            final var elsewhere = to.put(hop.source(), hop.destination());
            if (elsewhere != null) {
                return new Outcome.Unclear("the functions of " + hop.source() + " are performed by two State Hosts on"
                    + " the new path, " + sorted(elsewhere, hop.destination()));
            }
            final var other = from.put(hop.destination(), hop.source());
            if (other != null) {
                return new Outcome.Unclear("the functions of " + hop.destination()
                    + " were performed by two State Hosts on the old path, " + sorted(other, hop.source()));
            }
        }
        return new Outcome.Move(hops, unmatched);
    }

    private static String name(final FunctionType function) {
        return function.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<StateHost> performing(final FunctionType function, final List<StateHost> hosts) {
        return hosts.stream().filter(host -> host.functions().contains(function)).toList();
    }

    private static String names(final List<StateHost> hosts) {
        return hosts.stream().map(StateHost::toString).sorted().collect(Collectors.joining(" and "));
    }

    private static String sorted(final StateHostId one, final StateHostId other) {
        return one.compareTo(other) < 0 ? one + " and " + other : other + " and " + one;
    }
}
