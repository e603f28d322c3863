package org.opendaylight.statemigration.tde;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * Finds the pairs of machines of one virtual network whose route has changed. Machines that stayed where they were are
 * compared edge by edge, and only if the fabric has changed at all; those that moved, with each of their peers.
 */
final class ContactScan {
    private final Map<Optional<VirtualNetwork>, SortedMap<String, List<VirtualMachine>>> networks = new HashMap<>();
    private final Map<String, SortedMap<String, Outcome>> outcomes = new HashMap<>();
    private final Map<EdgeOfNetwork, Set<StateHostId>> passed = new HashMap<>();
    private final Set<String> moved = new HashSet<>();
    private final Set<String> reconsidered = new HashSet<>();
    private final TopologySnapshot after;
    private final RouteHistory history;
    private boolean contactLost;

    ContactScan(final Baseline before, final TopologySnapshot after) {
        this.after = after;
        history = new RouteHistory(before, after);
        final var earlier = before.current().machines();
        for (var machine : after.machines().values()) {
            machine.attachedTo().ifPresent(edge -> networks
                .computeIfAbsent(machine.network(), network -> new TreeMap<>())
                .computeIfAbsent(edge, name -> new ArrayList<>()).add(machine));
            if (!machine.equals(earlier.get(machine.name()))) {
                reconsidered.add(machine.name());
            }
        }
        networks.values().forEach(this::scan);
        for (var machine : earlier.values()) {
            final var now = after.machines().get(machine.name());
            contactLost |= machine.attachedTo().isPresent()
                && (now == null || now.attachedTo().isEmpty() || !now.continues(machine));
        }
    }

    RouteHistory history() {
        return history;
    }

    /** {@return by machine and peer, all that is not {@link Outcome.Stay}} */
    Map<String, SortedMap<String, Outcome>> outcomes() {
        return outcomes;
    }

    /** {@return machines that are attached elsewhere than before, or again} */
    Set<String> moved() {
        return moved;
    }

    /** {@return machines about which an earlier finding no longer holds} */
    Set<String> reconsidered() {
        return reconsidered;
    }

    /** {@return whether machines that had a clear path have none any more} */
    boolean contactLost() {
        return contactLost;
    }

    /** {@return whether the network has machines of which it is not known where they are} */
    boolean isClouded(final Optional<VirtualNetwork> network) {
        return after.isClouded(network);
    }

    /** {@return State Hosts that flows of a machine with any peer may now pass} */
    Set<StateHostId> passedBy(final VirtualMachine machine) {
        final var edge = machine.attachedTo().orElseThrow();
        return passed.computeIfAbsent(new EdgeOfNetwork(machine.network(), edge), key -> {
            final var hosts = new HashSet<StateHostId>();
            networks.get(machine.network()).keySet()
                .forEach(other -> hosts.addAll(history.now(edge, other).mayPass()));
            return hosts;
        });
    }

    private void scan(final SortedMap<String, List<VirtualMachine>> network) {
        final var settled = new TreeMap<String, List<VirtualMachine>>();
        final var movers = new ArrayList<VirtualMachine>();
        network.forEach((edge, machines) -> machines.forEach(machine -> {
            if (history.isSettled(machine)) {
                settled.computeIfAbsent(edge, name -> new ArrayList<>()).add(machine);
            } else if (history.lastSeen(machine).isPresent()) {
                movers.add(machine);
                moved.add(machine.name());
            }
        }));
        if (history.fabricChanged()) {
            scanEdges(settled);
        }
        for (int i = 0; i < movers.size(); i++) {
            final var mover = movers.get(i);
            settled.values().forEach(machines -> machines.forEach(peer -> compare(mover, peer)));
            movers.subList(i + 1, movers.size()).forEach(peer -> compare(mover, peer));
        }
    }

    private void scanEdges(final SortedMap<String, List<VirtualMachine>> settled) {
        settled.forEach((edge, machines) -> settled.tailMap(edge + '\0').forEach((other, peers) -> {
            final var was = history.was(edge, other);
            final var now = history.now(edge, other);
            final boolean nothingToTell = was instanceof Route.Clear ? was.sameAs(now)
                : was instanceof Route.NoPath && history.isShort();
            if (!nothingToTell) {
                machines.forEach(machine -> peers.forEach(peer -> compare(machine, peer)));
            }
        }));
    }

    private void compare(final VirtualMachine one, final VirtualMachine other) {
        final var was = history.was(one, other);
        final var now = history.now(one, other);
        contactLost |= was instanceof Route.Clear && !(now instanceof Route.Clear);
        if (!was.sameAs(now)) {
            reconsidered.add(one.name());
            reconsidered.add(other.name());
        }
        final var outcome = outcome(one, other, was, now);
        if (!(outcome instanceof Outcome.Stay)) {
            outcomes.computeIfAbsent(one.name(), name -> new TreeMap<>()).put(other.name(), outcome);
            outcomes.computeIfAbsent(other.name(), name -> new TreeMap<>()).put(one.name(), outcome);
        }
    }

    private Outcome outcome(final VirtualMachine one, final VirtualMachine other, final Route was, final Route now) {
        final Route last = was instanceof Route.Clear ? was
            : history.lastClear(one, other).<Route>map(clear -> clear).orElse(was);
        return switch (last) {
            case Route.NoPath none -> Outcome.STAY;
            case Route.Clear from when now instanceof Route.Clear to -> Outcome.of(from.hosts(), to.hosts());
            case Route.Ambiguous from when now instanceof Route.Clear -> new Outcome.Unclear(
                "it is not known which State Hosts have their state, because before the change "
                    + from.explain(edgeBefore(one), edgeBefore(other)));
            case Route.Clear from when now instanceof Route.Ambiguous to && !was.sameAs(to) ->
                new Outcome.Unclear(to.explain(edge(one), edge(other)));
            case Route.Ambiguous from when now instanceof Route.Ambiguous to && !was.sameAs(to) ->
                new Outcome.Unclear(to.explain(edge(one), edge(other)));
            case Route.Clear from -> new Outcome.Severed(union(from, was));
            case Route.Ambiguous from -> new Outcome.Severed(from.mayPass());
        };
    }

    private static Set<StateHostId> union(final Route one, final Route other) {
        final var all = new HashSet<>(one.mayPass());
        all.addAll(other.mayPass());
        return all;
    }

    private String edgeBefore(final VirtualMachine machine) {
        return history.lastSeen(machine).map(ContactScan::edge).orElseThrow();
    }

    private static String edge(final VirtualMachine machine) {
        return machine.attachedTo().orElseThrow();
    }

    private record EdgeOfNetwork(Optional<VirtualNetwork> network, String edge) {
    }
}
