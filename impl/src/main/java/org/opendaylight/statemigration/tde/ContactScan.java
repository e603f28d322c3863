package org.opendaylight.statemigration.tde;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * Finds the parties of one virtual network between which the route has changed. Those that stayed where they were are
 * compared only where a change of the fabric may concern them; those that moved, with each of their peers.
 */
final class ContactScan {
    private final Map<Optional<VirtualNetwork>, List<Party>> networks = new HashMap<>();
    private final Map<List<Route.Clear>, Outcome> known = new HashMap<>();
    private final Set<String> reconsidered = new HashSet<>();
    private final TopologySnapshot after;
    private final RouteHistory history;
    private boolean contactLost;

    ContactScan(final Baseline before, final TopologySnapshot after) {
        this.after = after;
        history = new RouteHistory(before, after);
        final var changed = new HashSet<Optional<VirtualNetwork>>();
        for (var machine : after.machines().values()) {
            if (!machine.isWhereItWas(before.current().machines().get(machine.name()))) {
                reconsidered.add(machine.name());
                changed.add(machine.network());
            }
        }
        for (var machine : before.current().machines().values()) {
            final var now = after.machines().get(machine.name());
            contactLost |= machine.attachedTo().isPresent() && now != machine
                && (now == null || now.attachedTo().isEmpty() || !now.continues(machine));
        }
        formParties(changed);
        networks.values().forEach(this::compareMovers);
        if (history.fabricChanged()) {
            compareSettled();
        }
    }

    /** {@return parties with contacts} */
    List<Party> concerned() {
        return networks.values().stream().flatMap(List::stream).filter(party -> !party.contacts().isEmpty()).toList();
    }

    /** {@return machines about which an earlier finding no longer holds} */
    Set<String> reconsidered() {
        return reconsidered;
    }

    /** {@return whether machines that had a clear path have none any more} */
    boolean contactLost() {
        return contactLost;
    }

    RouteHistory history() {
        return history;
    }

    /** {@return whether it is known where all machines of the network are} */
    boolean isComplete(final Optional<VirtualNetwork> network) {
        return !after.isClouded(network);
    }

    /** {@return whether any flow of a party may have state at one of the State Hosts even after the change} */
    boolean stillNeeds(final Party party, final Set<StateHostId> hosts) {
        return networks.get(party.network()).stream().filter(peer -> peer != party).anyMatch(peer -> {
            final var now = history.now(party, peer);
            return meet(now, hosts) || !(now instanceof Route.Clear)
                && (meet(history.last(party, peer), hosts) || meet(history.was(party, peer), hosts));
        });
    }

    private static boolean meet(final Route route, final Set<StateHostId> hosts) {
        return route.mayPass().stream().anyMatch(hosts::contains);
    }

    private void formParties(final Set<Optional<VirtualNetwork>> changed) {
        final var formed = new HashMap<List<Object>, Party>();
        after.machines().values().stream()
            .filter(machine -> history.fabricChanged() || changed.contains(machine.network()))
            .sorted(Comparator.comparing(VirtualMachine::name))
            .forEach(machine -> machine.attachedTo().ifPresent(edge -> {
                final var places = history.places(machine);
                formed.computeIfAbsent(List.of(machine.network(), edge, places), key -> {
                    final var party = new Party(machine.network(), edge, places);
                    networks.computeIfAbsent(machine.network(), network -> new ArrayList<>()).add(party);
                    return party;
                }).add(machine);
            }));
    }

    private void compareMovers(final List<Party> network) {
        final var movers = network.stream().filter(Party::hasMoved).toList();
        for (int i = 0; i < movers.size(); i++) {
            final var mover = movers.get(i);
            network.stream().filter(Party::isSettled).forEach(peer -> compare(mover, peer));
            movers.subList(i + 1, movers.size()).forEach(peer -> compare(mover, peer));
        }
    }

    /** Edge by edge, so that the paths of each are computed once. */
    private void compareSettled() {
        final var parties = networks.values().stream().flatMap(List::stream).filter(Party::isSettled)
            .collect(Collectors.groupingBy(Party::edge));
        final var edges = parties.keySet().stream().sorted().toList();
        final var position = new HashMap<String, Integer>();
        edges.forEach(edge -> position.put(edge, position.size()));
        final var change = new FabricChange(history.current().fabric(), after.fabric(), edges);
        final var roots = change.roots();
        roots.stream().forEach(root -> {
            final var counterparts = change.counterparts(root);
            for (var party : parties.get(edges.get(root))) {
                for (var peer : networks.get(party.network())) {
                    final int other = peer.isSettled() ? position.get(peer.edge()) : -1;
                    // Two roots meet once only
                    if (other >= 0 && counterparts.get(other) && !(other < root && roots.get(other))) {
                        compare(party, peer);
                    }
                }
            }
        });
    }

    private void compare(final Party one, final Party other) {
        final var was = history.was(one, other);
        final var now = history.now(one, other);
        contactLost |= was instanceof Route.Clear && !(now instanceof Route.Clear);
        if (!was.sameAs(now)) {
            one.machines().forEach(machine -> reconsidered.add(machine.name()));
            other.machines().forEach(machine -> reconsidered.add(machine.name()));
        }
        final var outcome = outcome(one, other, was, now);
        if (!(outcome instanceof Outcome.Stay)) {
            one.addContact(other, outcome);
            other.addContact(one, outcome);
        }
    }

    private Outcome outcome(final Party one, final Party other, final Route was, final Route now) {
        return switch (history.last(one, other)) {
            case Route.NoPath none -> Outcome.STAY;
            case Route.Clear from when now instanceof Route.Clear to ->
                known.computeIfAbsent(List.of(from, to), key -> Outcome.of(from, to));
            case Route.Ambiguous from when now instanceof Route.Clear -> new Outcome.Unclear(
                "it is not known which State Hosts have their state, because before the change "
                    + from.explain(one.lastSeen().orElseThrow(), other.lastSeen().orElseThrow()));
            case Route.Clear from when now instanceof Route.Ambiguous to && !was.sameAs(to) ->
                new Outcome.Unclear(to.explain(one.edge(), other.edge()));
            case Route.Ambiguous from when now instanceof Route.Ambiguous to && !was.sameAs(to) ->
                new Outcome.Unclear(to.explain(one.edge(), other.edge()));
            // No path any more: their state waits where it is
            case Route.Clear from -> Outcome.STAY;
            case Route.Ambiguous from -> Outcome.STAY;
        };
    }
}
