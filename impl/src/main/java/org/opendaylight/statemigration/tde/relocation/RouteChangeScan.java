// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.tde.fabric.Route;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows.Path;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

/**
 * Finds the groups of one virtual network between which the route has changed. Those that stayed where they were are
 * compared only where a change of the fabric may concern them; those that moved, with each of their peers.
 */
final class RouteChangeScan {
    private final Map<Optional<VirtualNetwork>, List<VmGroup>> networks = new HashMap<>();
    private final Map<List<Route.Clear>, FlowImpact> known = new HashMap<>();
    private final Set<String> reconsidered = new HashSet<>();
    private final TopologySnapshot after;
    private final RouteHistory history;
    private final Map<String, VirtualMachine> away = new HashMap<>();
    private final Set<String> severed = new HashSet<>();
    private final Set<String> waiting = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    RouteChangeScan(final Baseline before, final TopologySnapshot after) {
        this.after = after;
        history = new RouteHistory(before, after);
        final var changed = new HashSet<Optional<VirtualNetwork>>();
        for (var vm : after.vms().values()) {
            if (!vm.isWhereItWas(before.current().vms().get(vm.name()))) {
                reconsidered.add(vm.name());
                changed.add(vm.network());
            }
        }
        for (var vm : before.current().vms().values()) {
            final var now = after.vms().get(vm.name());
            if (vm.attachedTo().isPresent() && now != vm
                    && (now == null || now.attachedTo().isEmpty() || !now.continues(vm))) {
                away.put(vm.name(), vm);
            }
        }
        formGroups(changed);
        networks.values().forEach(this::compareMovers);
        if (history.fabricChanged()) {
            compareSettled();
        }
    }

    /** {@return groups with contacts} */
    List<VmGroup> concerned() {
        return networks.values().stream().flatMap(List::stream).filter(vmGroup -> !vmGroup.contacts().isEmpty())
            .toList();
    }

    /** {@return VMs about which an earlier finding no longer holds} */
    Set<String> reconsidered() {
        return reconsidered;
    }

    /** {@return what is to be remembered of all this} */
    Baseline next(final Baseline before) {
        final var memory = new SnapshotHistory(before, after);
        memory.add(away, severed);
        memory.keep(waiting);
        memory.recall(told);
        return memory.next();
    }

    RouteHistory history() {
        return history;
    }

    /** {@return whether it is known where all VMs of the network are} */
    boolean isComplete(final Optional<VirtualNetwork> network) {
        return !after.isIncomplete(network);
    }

    /** {@return whether any flow of a group may have state at one of the State Hosts even after the change} */
    boolean stillNeeds(final VmGroup vmGroup, final Set<StateHostId> hosts) {
        return networks.get(vmGroup.network()).stream().filter(peer -> peer != vmGroup).anyMatch(peer -> {
            final var now = history.now(vmGroup, peer);
            return now.mayPassAny(hosts) || !(now instanceof Route.Clear)
                && (history.last(vmGroup, peer).mayPassAny(hosts) || history.was(vmGroup, peer).mayPassAny(hosts));
        });
    }

    private void formGroups(final Set<Optional<VirtualNetwork>> changed) {
        final var formed = new HashMap<List<Object>, VmGroup>();
        after.vms().values().stream()
            .filter(vm -> history.fabricChanged() || changed.contains(vm.network()))
            .sorted(Comparator.comparing(VirtualMachine::name))
            .forEach(vm -> vm.attachedTo().ifPresent(edge -> {
                final var attachmentHistory = history.places(vm);
                final boolean forgotten = history.isForgotten(vm);
                formed.computeIfAbsent(List.of(vm.network(), edge, attachmentHistory, forgotten), key -> {
                    final var vmGroup = new VmGroup(vm.network(), edge, attachmentHistory, forgotten);
                    networks.computeIfAbsent(vm.network(), network -> new ArrayList<>()).add(vmGroup);
                    return vmGroup;
                }).add(vm);
            }));
    }

    private void compareMovers(final List<VmGroup> network) {
        final var movers = network.stream().filter(VmGroup::hasMoved).toList();
        for (int i = 0; i < movers.size(); i++) {
            final var mover = movers.get(i);
            network.stream().filter(VmGroup::isSettled).forEach(peer -> compare(mover, peer));
            movers.subList(i + 1, movers.size()).forEach(peer -> compare(mover, peer));
        }
    }

    /** Edge by edge, so that the paths of each are computed once. */
    private void compareSettled() {
        final var groups = networks.values().stream().flatMap(List::stream).filter(VmGroup::isSettled)
            .collect(Collectors.groupingBy(VmGroup::edge));
        final var edges = groups.keySet().stream().sorted().toList();
        final var position = new HashMap<String, Integer>();
        edges.forEach(edge -> position.put(edge, position.size()));
        final var change = new FabricChange(history.current().fabric(), after.fabric(), edges);
        final var roots = change.roots();
        roots.stream().forEach(root -> {
            final var counterparts = change.counterparts(root);
            for (var vmGroup : groups.get(edges.get(root))) {
                for (var peer : networks.get(vmGroup.network())) {
                    final int other = peer.isSettled() ? position.get(peer.edge()) : -1;
                    // Two roots meet once only
                    if (other >= 0 && counterparts.get(other) && !(other < root && roots.get(other))) {
                        compare(vmGroup, peer);
                    }
                }
            }
        });
    }

    private void compare(final VmGroup one, final VmGroup other) {
        final var was = history.was(one, other);
        final var now = history.now(one, other);
        final var last = history.last(one, other);
        if (last instanceof Route.Clear && !(now instanceof Route.Clear)) {
            final var names = was instanceof Route.Clear ? severed : waiting;
            names(one, other).forEach(names::add);
        }
        if (!was.sameAs(now)) {
            names(one, other).forEach(reconsidered::add);
        }
        final var flowImpact = outcome(one, other, was, last, now);
        if (!(flowImpact instanceof FlowImpact.Stay)) {
            one.addContact(other, flowImpact);
            other.addContact(one, flowImpact);
        }
    }

    private static Stream<String> names(final VmGroup one, final VmGroup other) {
        return Stream.of(one, other).flatMap(vmGroup -> vmGroup.vms().stream()).map(VirtualMachine::name);
    }

    private FlowImpact outcome(final VmGroup one, final VmGroup other, final Route was, final Route last,
            final Route now) {
        return switch (last) {
            case Route.NoPath none when now instanceof Route.Clear && (one.isForgotten() || other.isForgotten()) -> {
                names(one, other).forEach(told::add);
                yield new FlowImpact.Unclear(new UnclearFlows.Forgotten());
            }
            case Route.NoPath none -> FlowImpact.STAY;
            case Route.Clear from when now instanceof Route.Clear to ->
                known.computeIfAbsent(List.of(from, to), key -> FlowImpact.of(from, to));
            case Route.Ambiguous from when now instanceof Route.Clear ->
                unclear(Path.OLD, from, seen(one), seen(other));
            case Route.TooLong from when now instanceof Route.Clear -> tooLong(Path.OLD, seen(one), seen(other));
            case Route from when now instanceof Route.Ambiguous to && !was.sameAs(to) ->
                unclear(Path.NEW, to, one.edge(), other.edge());
            case Route from when now instanceof Route.TooLong to && !was.sameAs(to) ->
                tooLong(Path.NEW, one.edge(), other.edge());
            // No path any more: their state waits where it is
            case Route.Clear from -> FlowImpact.STAY;
            case Route.Ambiguous from -> FlowImpact.STAY;
            case Route.TooLong from -> FlowImpact.STAY;
        };
    }

    private static String seen(final VmGroup vmGroup) {
        return vmGroup.lastSeen().orElseThrow();
    }

    private static FlowImpact unclear(final Path path, final Route.Ambiguous route, final String from,
            final String to) {
        return new FlowImpact.Unclear(
            new UnclearFlows.AmbiguousPath(path, route.cause(), from, to, route.one(), route.other()));
    }

    private static FlowImpact tooLong(final Path path, final String from, final String to) {
        return new FlowImpact.Unclear(new UnclearFlows.PathTooLong(path, from, to, Route.MAX_HOSTS));
    }
}
