package org.opendaylight.statemigration.tde;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Routes between parties in any snapshot of a baseline and in the one after it, seen from the first of the two.
 */
final class RouteHistory {
    private final List<TopologySnapshot> before;
    private final TopologySnapshot after;

    RouteHistory(final Baseline before, final TopologySnapshot after) {
        this.before = before.newestFirst();
        this.after = after;
    }

    TopologySnapshot current() {
        return before.getFirst();
    }

    boolean fabricChanged() {
        return current().fabric() != after.fabric();
    }

    /** {@return the edges a machine was attached to, by snapshot, newest first} */
    List<Optional<String>> places(final VirtualMachine machine) {
        final var places = new ArrayList<Optional<String>>(before.size());
        before.forEach(snapshot -> places.add(snapshot.attached(machine).flatMap(VirtualMachine::attachedTo)));
        return places;
    }

    Route now(final Party one, final Party other) {
        return after.fabric().paths().between(one.edge(), other.edge());
    }

    Route was(final Party one, final Party other) {
        return was(0, one, other);
    }

    private Route was(final int snapshot, final Party one, final Party other) {
        final var from = one.before(snapshot);
        final var to = other.before(snapshot);
        return from.isPresent() && to.isPresent()
            ? before.get(snapshot).fabric().paths().between(from.orElseThrow(), to.orElseThrow()) : Route.NO_PATH;
    }

    /** {@return the route by which their flows last came, if it is remembered} */
    Route last(final Party one, final Party other) {
        final var was = was(one, other);
        return was instanceof Route.Clear ? was : IntStream.range(1, before.size())
            .mapToObj(snapshot -> was(snapshot, one, other))
            .filter(Route.Clear.class::isInstance)
            .findFirst().orElse(was);
    }

    /** {@return addresses that it has and had: only their flows can have state} */
    Set<InetAddress> lastingAddresses(final VirtualMachine machine) {
        final var addresses = new HashSet<>(machine.addresses());
        before.stream().flatMap(snapshot -> snapshot.attached(machine).stream()).findFirst()
            .map(VirtualMachine::addresses).filter(earlier -> !earlier.isEmpty())
            .ifPresent(addresses::retainAll);
        return addresses;
    }
}
