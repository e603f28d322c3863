package org.opendaylight.statemigration.tde;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * Which State Host takes over from which. For each function exactly one may leave the path and one come on to it, and a
 * State Host with several functions hands all of them to the same other one. Anything else is left to an operator.
 */
final class Counterparts {
    private final List<StateHost> left;
    private final List<StateHost> arrived;

    Counterparts(final List<StateHost> left, final List<StateHost> arrived) {
        this.left = left;
        this.arrived = arrived;
    }

    Outcome outcome() {
        if (left.isEmpty() && arrived.isEmpty()) {
            return Outcome.STAY;
        }
        final var hops = new HashSet<Outcome.Hop>();
        for (var function : FunctionType.values()) {
            final var from = performing(function, left);
            final var to = performing(function, arrived);
            if (from.size() == 1 && to.size() == 1) {
                hops.add(new Outcome.Hop(from.getFirst().id(), to.getFirst().id()));
            } else if (!from.isEmpty() || !to.isEmpty()) {
                return new Outcome.Unclear(mismatch(function, from, to));
            }
        }
        return oneToOne(hops);
    }

    private static Outcome oneToOne(final Set<Outcome.Hop> hops) {
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
        return new Outcome.Move(hops);
    }

    private static String mismatch(final FunctionType function, final List<StateHost> from,
            final List<StateHost> to) {
        final var name = function.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (to.isEmpty()) {
            return "no " + name + " on the new path takes over from " + names(from);
        }
        if (from.isEmpty()) {
            return "no " + name + " has left the path that could give its state to " + names(to)
                + ", which they pass now";
        }
        return "it is not clear which " + name + " takes over from which, of " + names(from) + " on the old path and "
            + names(to) + " on the new one";
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
