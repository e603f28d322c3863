// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched.Side;
import org.opendaylight.statemigration.tde.fabric.Route;
import org.opendaylight.statemigration.tde.fabric.StateHost;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows.AmbiguousFunction.Cause;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows.Path;

/**
 * Which State Host takes over from which. For each function as many have to leave the path as come on to it, and a
 * State Host with several functions hands all of them to the same other one. Where there are several of one function,
 * they are matched as they are passed: the first with the first, the second with the second. That holds only if all
 * that is passed keeps its order, those that stay included, because what a State Host sees of a flow may depend on what
 * is passed before it: a translation, say. A function that only leaves the path, or only comes on to it, has no
 * counterpart: whether the others may move without it is the master's policy. Anything else is left to an operator.
 */
final class FunctionMatcher {
    private final Route.Clear before;
    private final Route.Clear after;
    private final List<StateHost> left;
    private final List<StateHost> arrived;

    /**
     * Compare two routes that are seen from the same end.
     *
     * @param before the old one
     * @param after the new one
     * @param left State Hosts on the old one only, in its order
     * @param arrived State Hosts on the new one only, in its order
     */
    FunctionMatcher(final Route.Clear before, final Route.Clear after, final List<StateHost> left,
            final List<StateHost> arrived) {
        this.before = before;
        this.after = after;
        this.left = left;
        this.arrived = arrived;
    }

    FlowImpact outcome() {
        final var handovers = new HashSet<FlowImpact.Handover>();
        final var unmatched = new HashSet<Unmatched>();
        final var several = EnumSet.noneOf(FunctionType.class);
        for (var function : FunctionType.values()) {
            final var from = performing(function, left);
            final var to = performing(function, arrived);
            if (from.isEmpty() || to.isEmpty()) {
                from.forEach(host -> unmatched.add(new Unmatched(host.id(), function, Side.LEFT)));
                to.forEach(host -> unmatched.add(new Unmatched(host.id(), function, Side.ENTERED)));
            } else if (from.size() == to.size()) {
                for (int i = 0; i < from.size(); i++) {
                    handovers.add(new FlowImpact.Handover(from.get(i).id(), to.get(i).id()));
                }
                if (from.size() > 1) {
                    several.add(function);
                }
            } else {
                return notClear(function, Cause.COUNT);
            }
        }
        if (handovers.isEmpty()) {
            return new FlowImpact.Unclear(nothingToMove());
        }
        final var flowImpact = oneToOne(handovers, unmatched);
        if (flowImpact instanceof FlowImpact.Move && !several.isEmpty()) {
            final var why = disorder(handovers);
            if (why.isPresent()) {
                return notClear(several.iterator().next(), why.orElseThrow());
            }
        }
        return flowImpact;
    }

    private FlowImpact notClear(final FunctionType function, final Cause cause) {
        return new FlowImpact.Unclear(new UnclearFlows.AmbiguousFunction(function, ids(performing(function, left)),
            ids(performing(function, arrived)), cause));
    }

    /** {@return why the order of State Hosts does not tell which belong together, if so} */
    private Optional<Cause> disorder(final Set<FlowImpact.Handover> handovers) {
        if (!before.ordered() || !after.ordered()) {
            return Optional.of(Cause.WAY_BACK);
        }
        final Map<StateHostId, StateHostId> successors = new HashMap<>();
        handovers.forEach(handover -> successors.put(handover.source(), handover.destination()));
        final var there = after.hosts().stream().map(StateHost::id).toList();
        final var places = before.hosts().stream()
            .map(host -> there.indexOf(successors.getOrDefault(host.id(), host.id())))
            .filter(place -> place >= 0).toList();
        return places.equals(places.stream().sorted().toList()) ? Optional.empty()
            : Optional.of(Cause.ORDER);
    }

    /** Only functions without a counterpart. */
    private UnclearFlows nothingToMove() {
        return new UnclearFlows.NoCounterpart(Stream.of(FunctionType.values()).flatMap(function -> {
            final var from = performing(function, left);
            final var to = performing(function, arrived);
            if (!from.isEmpty()) {
                return Stream.of(new UnclearFlows.NoCounterpart.Function(function, Path.OLD, ids(from)));
            }
            return to.isEmpty() ? Stream.empty()
                : Stream.of(new UnclearFlows.NoCounterpart.Function(function, Path.NEW, ids(to)));
        }).toList());
    }

    private static FlowImpact oneToOne(final Set<FlowImpact.Handover> handovers, final Set<Unmatched> unmatched) {
        final Map<StateHostId, StateHostId> to = new HashMap<>();
        final Map<StateHostId, StateHostId> from = new HashMap<>();
        for (var handover : handovers) {
            final var elsewhere = to.put(handover.source(), handover.destination());
            if (elsewhere != null) {
                return split(handover.source(), elsewhere, handover.destination(), Path.NEW);
            }
            final var other = from.put(handover.destination(), handover.source());
            if (other != null) {
                return split(handover.destination(), other, handover.source(), Path.OLD);
            }
        }
        return new FlowImpact.Move(handovers, unmatched);
    }

    private static List<StateHost> performing(final FunctionType function, final List<StateHost> hosts) {
        return hosts.stream().filter(host -> host.functions().contains(function)).toList();
    }

    private static List<StateHostId> ids(final List<StateHost> hosts) {
        return hosts.stream().map(StateHost::id).toList();
    }

    private static FlowImpact split(final StateHostId host, final StateHostId one, final StateHostId other,
            final Path path) {
        return new FlowImpact.Unclear(new UnclearFlows.SplitFunctions(host,
            one.compareTo(other) < 0 ? List.of(one, other) : List.of(other, one), path));
    }
}
