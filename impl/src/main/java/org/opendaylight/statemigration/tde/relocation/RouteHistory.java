// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.opendaylight.statemigration.tde.fabric.Fabric;
import org.opendaylight.statemigration.tde.fabric.Route;
import org.opendaylight.statemigration.tde.topology.AttachmentHistory;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

/**
 * Routes between groups in all that is known from before and in the snapshot after it, seen from the first of the two.
 * The current snapshot has number 0, the newest loss 1, and so on.
 */
final class RouteHistory {
    private final Map<String, List<Earlier>> earlier = new HashMap<>();
    private final int[] nextFabrics;
    private final Baseline before;
    private final TopologySnapshot after;

    RouteHistory(final Baseline before, final TopologySnapshot after) {
        this.before = requireNonNull(before);
        this.after = requireNonNull(after);
        for (int i = 0; i < before.losses().size(); i++) {
            final int number = i + 1;
            before.losses().get(i).differing().forEach((name, vm) ->
                earlier.computeIfAbsent(name, key -> new ArrayList<>(1)).add(new Earlier(number, vm)));
        }
        nextFabrics = new int[before.losses().size() + 1];
        for (int number = before.losses().size(); number >= 0; number--) {
            nextFabrics[number] = number < before.losses().size() && fabric(number) == fabric(number + 1)
                ? nextFabrics[number + 1] : number + 1;
        }
    }

    TopologySnapshot current() {
        return before.current();
    }

    boolean fabricChanged() {
        return current().fabric() != after.fabric();
    }

    /** {@return where a VM was} */
    AttachmentHistory places(final VirtualMachine vm) {
        final var places = new AttachmentHistory.Builder();
        all(vm).forEach(known -> places.add(known.number(),
            known.vm().filter(vm::continues).flatMap(VirtualMachine::attachedTo)));
        return places.build();
    }

    /** {@return whether the VM lost contact before all that is known} */
    boolean isForgotten(final VirtualMachine vm) {
        final var known = before.forgotten().get(vm.name());
        return known != null && vm.continues(known);
    }

    Route now(final VmGroup one, final VmGroup other) {
        return after.fabric().paths().between(one.edge(), other.edge());
    }

    Route was(final VmGroup one, final VmGroup other) {
        return was(0, one.places(), other.places());
    }

    private Route was(final int number, final AttachmentHistory one, final AttachmentHistory other) {
        final var from = one.at(number);
        final var to = other.at(number);
        return from.isPresent() && to.isPresent()
            ? fabric(number).paths().between(from.orElseThrow(), to.orElseThrow()) : Route.NO_PATH;
    }

    private Fabric fabric(final int number) {
        return number == 0 ? current().fabric() : before.losses().get(number - 1).fabric();
    }

    /** {@return the route by which their flows last came, if it is remembered} */
    Route last(final VmGroup one, final VmGroup other) {
        final var was = was(one, other);
        if (was instanceof Route.Clear) {
            return was;
        }
        int number = 1;
        while (number <= before.losses().size()) {
            if (was(number, one.places(), other.places()) instanceof Route.Clear clear) {
                return clear;
            }
            // Nothing is different before that
            number = Math.min(nextFabrics[number],
                Math.min(one.places().changeAfter(number), other.places().changeAfter(number)));
        }
        return was;
    }

    /** {@return addresses that it has and had: only their flows can have state} */
    Set<InetAddress> lastingAddresses(final VirtualMachine vm) {
        final var addresses = new HashSet<>(vm.addresses());
        all(vm).flatMap(known -> known.vm().stream())
            .filter(known -> known.attachedTo().isPresent() && vm.continues(known)).findFirst()
            .map(VirtualMachine::addresses).filter(known -> !known.isEmpty())
            .ifPresent(addresses::retainAll);
        return addresses;
    }

    private Stream<Earlier> all(final VirtualMachine vm) {
        final var now = new Earlier(0, Optional.ofNullable(current().vms().get(vm.name())));
        return Stream.concat(Stream.of(now), earlier.getOrDefault(vm.name(), List.of()).stream());
    }

    /** What was known of a VM by one number, and by greater ones up to the next. */
    private record Earlier(int number, Optional<VirtualMachine> vm) {
    }
}
