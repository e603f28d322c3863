package org.opendaylight.statemigration.som;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.batch.Convoy;

/**
 * Whose turn it is: so many migrations at one time, and those of one virtual machine one after the other. One that
 * waits for a State Host gives its place to others; others of its machine go on once it is settled where its flows are.
 * Those of a convoy have a limit of their own besides: how many are under way, or are copied for the first time.
 * Migrations of machines that have yet to move have places of their own, and keep nobody waiting.
 */
final class Turns {
    /**
     * How many there may be at one time.
     *
     * @param underWay migrations of machines that have moved
     * @param standingBy migrations of machines that have yet to move
     */
    record Limits(int underWay, int standingBy) {
        static Limits of(final Policy policy) {
            return new Limits(policy.limits().concurrent(), policy.planned().standingBy());
        }
    }

    private final LinkedHashMap<MigrationId, VmIdentity> waiting = new LinkedHashMap<>();
    /** Those whose machines have yet to move, waiting or not. */
    private final Set<MigrationId> announced = new HashSet<>();
    private final Map<MigrationId, VmIdentity> machines = new HashMap<>();
    private final Set<MigrationId> places = new HashSet<>();
    private final Set<MigrationId> standingBy = new HashSet<>();
    /** Whose place in a convoy others may wait for. */
    private final Map<MigrationId, Convoy> convoys = new HashMap<>();

    /** Have a migration wait that is in no convoy. */
    void add(final MigrationId id, final VmIdentity vm) {
        add(id, vm, Optional.empty());
    }

    /** Have a migration wait. */
    void add(final MigrationId id, final VmIdentity vm, final Optional<Convoy> convoy) {
        waiting.put(id, vm);
        convoy.ifPresent(one -> convoys.put(id, one));
    }

    /** Have a migration of a machine that has yet to move wait. */
    void announce(final MigrationId id, final VmIdentity vm, final Optional<Convoy> convoy) {
        announced.add(id);
        add(id, vm, convoy);
    }

    /** A machine that has yet to move has been copied: the next of its convoy may be. */
    void standsBy(final MigrationId id) {
        convoys.remove(id);
    }

    /** A machine has moved: its migration goes on whether there is a place or not, or is the next, alone. */
    void switched(final MigrationId id) {
        announced.remove(id);
        convoys.remove(id);
        if (standingBy.remove(id)) {
            places.add(id);
        }
        final var vm = waiting.get(id);
        if (vm != null) {
            waiting.putFirst(id, vm);
        }
    }

    /** {@return how many wait whose machines have yet to move, or have moved} */
    int waiting(final boolean isAnnounced) {
        return (int) waiting.keySet().stream().filter(id -> announced.contains(id) == isAnnounced).count();
    }

    /** {@return whether a migration of this machine would not have to wait} */
    boolean isFree(final VmIdentity vm, final boolean isAnnounced, final Limits limits) {
        return isRoom(isAnnounced, limits) && !overlaps(vm, machines) && !overlaps(vm, waiting);
    }

    /**
     * Give out turns.
     *
     * @param limits how many migrations may be under way
     * @return those whose turn it is now
     */
    List<MigrationId> next(final Limits limits) {
        final var started = new ArrayList<MigrationId>();
        final var passedOver = new HashMap<MigrationId, VmIdentity>();
        final var candidates = waiting.entrySet().iterator();
        while (candidates.hasNext()) {
            final var candidate = candidates.next();
            final var vm = candidate.getValue();
            final boolean isAnnounced = announced.contains(candidate.getKey());
            if (!isRoom(isAnnounced, limits) || overlaps(vm, machines) || overlaps(vm, passedOver)
                    || !hasRoom(convoys.get(candidate.getKey()))) {
                passedOver.put(candidate.getKey(), vm);
            } else {
                machines.put(candidate.getKey(), vm);
                (isAnnounced ? standingBy : places).add(candidate.getKey());
                started.add(candidate.getKey());
                candidates.remove();
            }
        }
        return started;
    }

    /** A migration is not under way any more. */
    void freePlace(final MigrationId id) {
        places.remove(id);
        standingBy.remove(id);
    }

    /** It is settled where the flows of a migration's machine are. */
    void freeMachine(final MigrationId id) {
        machines.remove(id);
    }

    /** Something is done with the flows of a migration's machine again: others that have not begun wait for it. */
    void takeMachine(final MigrationId id, final VmIdentity vm) {
        if (!waiting.containsKey(id)) {
            machines.put(id, vm);
        }
    }

    /** A migration has ended. */
    void remove(final MigrationId id) {
        convoys.remove(id);
        waiting.remove(id);
        announced.remove(id);
        freePlace(id);
        freeMachine(id);
    }

    private boolean hasRoom(final Convoy convoy) {
        return convoy == null || convoy.limit().isEmpty()
            || Stream.concat(places.stream(), standingBy.stream()).filter(id -> convoy.equals(convoys.get(id))).count()
                < convoy.limit().getAsInt();
    }

    private static boolean overlaps(final VmIdentity vm, final Map<MigrationId, VmIdentity> others) {
        return others.values().stream().anyMatch(other -> overlap(vm, other));
    }

    /** {@return whether some flows are those of both} */
    static boolean overlap(final VmIdentity vm, final VmIdentity other) {
        return other.network().equals(vm.network()) && !Collections.disjoint(other.addresses(), vm.addresses());
    }

    private boolean isRoom(final boolean isAnnounced, final Limits limits) {
        return isAnnounced ? standingBy.size() < limits.standingBy() : places.size() < limits.underWay();
    }
}
