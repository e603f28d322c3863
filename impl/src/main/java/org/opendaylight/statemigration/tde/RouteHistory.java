package org.opendaylight.statemigration.tde;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Routes in any snapshot of a baseline and in the one after it. Each fabric has its shortest paths computed once.
 */
final class RouteHistory {
    private final Map<Fabric, PathTable> tables = new IdentityHashMap<>();
    private final Baseline before;
    private final TopologySnapshot after;

    RouteHistory(final Baseline before, final TopologySnapshot after) {
        this.before = before;
        this.after = after;
    }

    boolean fabricChanged() {
        return before.current().fabric() != after.fabric();
    }

    /** {@return whether nothing is known but the snapshot acted upon last} */
    boolean isShort() {
        return before.losses().isEmpty();
    }

    Route now(final String edge, final String other) {
        return route(after, edge, other);
    }

    Route now(final VirtualMachine one, final VirtualMachine other) {
        return route(after, one, other);
    }

    Route was(final String edge, final String other) {
        return route(before.current(), edge, other);
    }

    Route was(final VirtualMachine one, final VirtualMachine other) {
        return route(before.current(), one, other);
    }

    /** {@return the last clear route before the present one, if any is remembered} */
    Optional<Route.Clear> lastClear(final VirtualMachine one, final VirtualMachine other) {
        return before.losses().stream()
            .map(snapshot -> route(snapshot, one, other))
            .filter(Route.Clear.class::isInstance).map(Route.Clear.class::cast)
            .findFirst();
    }

    /** {@return the machine when it was last attached, before the change} */
    Optional<VirtualMachine> lastSeen(final VirtualMachine machine) {
        return before.newestFirst().stream().flatMap(snapshot -> snapshot.attached(machine).stream()).findFirst();
    }

    /** {@return whether the machine was attached to the same edge} */
    boolean isSettled(final VirtualMachine machine) {
        return before.current().attached(machine)
            .filter(earlier -> earlier.attachedTo().equals(machine.attachedTo())).isPresent();
    }

    /** {@return addresses that it has and had: only their flows can have state} */
    Set<InetAddress> lastingAddresses(final VirtualMachine machine) {
        final var addresses = new HashSet<>(machine.addresses());
        lastSeen(machine).map(VirtualMachine::addresses).filter(earlier -> !earlier.isEmpty())
            .ifPresent(addresses::retainAll);
        return addresses;
    }

    private Route route(final TopologySnapshot snapshot, final VirtualMachine one, final VirtualMachine other) {
        final var from = snapshot.attached(one).flatMap(VirtualMachine::attachedTo);
        final var to = snapshot.attached(other).flatMap(VirtualMachine::attachedTo);
        return from.isPresent() && to.isPresent() ? route(snapshot, from.orElseThrow(), to.orElseThrow())
            : Route.NO_PATH;
    }

    private Route route(final TopologySnapshot snapshot, final String edge, final String other) {
        return tables.computeIfAbsent(snapshot.fabric(), PathTable::new).between(edge, other);
    }
}
