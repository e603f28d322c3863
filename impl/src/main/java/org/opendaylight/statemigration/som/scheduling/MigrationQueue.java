// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;

/**
 * Whose turn it is: so many migrations at one time, and those of one VM one after the other. One that
 * waits for a State Host gives its place to others; others of its VM go on once it is settled where its flows are.
 * Those of a convoy have a limit of their own besides: how many are under way, or are copied for the first time.
 * Migrations of VMs that have yet to move have places of their own, and keep nobody waiting. Nobody begins whom
 * its State Hosts would turn away because they have too many already.
 */
public final class MigrationQueue {
    /**
     * How many there may be at one time.
     *
     * @param underWay migrations of VMs that have moved
     * @param standingBy migrations of VMs that have yet to move
     * @param hosts how many State Hosts permit
     */
    public record Limits(int underWay, int standingBy, StateHostCapacity.Bounds hosts) {
    }

    private final LinkedHashMap<MigrationId, StateMigrationNotification> waiting = new LinkedHashMap<>();
    /** Those whose VMs have yet to move, waiting or not. */
    private final Set<MigrationId> announced = new HashSet<>();
    private final Map<MigrationId, VmIdentity> machines = new HashMap<>();
    private final Set<MigrationId> places = new HashSet<>();
    private final Set<MigrationId> standingBy = new HashSet<>();
    private final StateHostCapacity loads = new StateHostCapacity();
    /** Whose place in a convoy others may wait for. */
    private final Map<MigrationId, ConcurrencyGroup> convoys = new HashMap<>();

    /** Have a migration wait. */
    public void add(final MigrationId id, final StateMigrationNotification move,
            final Optional<ConcurrencyGroup> convoy) {
        waiting.put(id, move);
        convoy.ifPresent(one -> convoys.put(id, one));
    }

    /** Have a migration of a VM that has yet to move wait. */
    public void announce(final MigrationId id, final StateMigrationNotification move,
            final Optional<ConcurrencyGroup> convoy) {
        announced.add(id);
        add(id, move, convoy);
    }

    /** A VM that has yet to move has been copied: the next of its convoy may be. */
    public void standsBy(final MigrationId id) {
        convoys.remove(id);
    }

    /** A VM has moved: its migration goes on whether there is a place or not, or is the next, alone. */
    public void switched(final MigrationId id) {
        announced.remove(id);
        convoys.remove(id);
        if (standingBy.remove(id)) {
            places.add(id);
        }
        final var move = waiting.get(id);
        if (move != null) {
            waiting.putFirst(id, move);
        }
    }

    /** {@return how many wait whose VMs have yet to move, or have moved} */
    public int waiting(final boolean isAnnounced) {
        return (int) waiting.keySet().stream().filter(id -> announced.contains(id) == isAnnounced).count();
    }

    /** {@return whether a migration would not have to wait} */
    public boolean isFree(final StateMigrationNotification move, final boolean isAnnounced, final Limits limits) {
        return isRoom(move, isAnnounced, limits) && isIdle(move.vm());
    }

    /** {@return whether no migration of this VM is under way or waits} */
    public boolean isIdle(final VmIdentity vm) {
        return !overlaps(vm, machines.values())
            && !overlaps(vm, waiting.values().stream().map(StateMigrationNotification::vm).toList());
    }

    /**
     * Have migrations of a VM wait for something that is none, and takes no place.
     *
     * @return whether they do; if not, the VM is not idle
     */
    public boolean take(final MigrationId id, final VmIdentity vm) {
        if (!isIdle(vm)) {
            return false;
        }
        machines.put(id, vm);
        return true;
    }

    /**
     * Give out turns.
     *
     * @param limits how many migrations may be under way
     * @return those whose turn it is now
     */
    public List<MigrationId> next(final Limits limits) {
        final var started = new ArrayList<MigrationId>();
        final var passedOver = new ArrayList<VmIdentity>();
        final var candidates = waiting.entrySet().iterator();
        while (candidates.hasNext()) {
            final var candidate = candidates.next();
            final var id = candidate.getKey();
            final var vm = candidate.getValue().vm();
            final boolean isAnnounced = announced.contains(id);
            if (overlaps(vm, machines.values()) || overlaps(vm, passedOver) || !hasRoom(convoys.get(id))
                    || !isRoom(candidate.getValue(), isAnnounced, limits)) {
                passedOver.add(vm);
            } else {
                machines.put(id, vm);
                (isAnnounced ? standingBy : places).add(id);
                loads.begin(id, hosts(candidate.getValue()), isAnnounced);
                started.add(id);
                candidates.remove();
            }
        }
        return started;
    }

    /** A migration is not under way any more. */
    public void freePlace(final MigrationId id) {
        places.remove(id);
        standingBy.remove(id);
    }

    /** Of a migration something is still open at these State Hosts, and at no others. */
    public void remain(final MigrationId id, final List<StateHostId> hosts) {
        loads.remain(id, hosts);
    }

    /** It is settled where the flows of a migration's VM are, or what was taken is given back. */
    public void freeMachine(final MigrationId id) {
        machines.remove(id);
    }

    /** Something is done with the flows of a migration's VM again: others that have not begun wait for it. */
    public void takeMachine(final MigrationId id, final VmIdentity vm) {
        if (!waiting.containsKey(id)) {
            machines.put(id, vm);
        }
    }

    /** A migration has ended. */
    public void remove(final MigrationId id) {
        convoys.remove(id);
        waiting.remove(id);
        announced.remove(id);
        loads.end(id);
        freePlace(id);
        freeMachine(id);
    }

    private boolean hasRoom(final ConcurrencyGroup concurrencyGroup) {
        return concurrencyGroup == null || concurrencyGroup.limit().isEmpty()
            || Stream.concat(places.stream(), standingBy.stream()).filter(id ->
                concurrencyGroup.equals(convoys.get(id))).count()
                < concurrencyGroup.limit().getAsInt();
    }

    private static boolean overlaps(final VmIdentity vm, final Collection<VmIdentity> others) {
        return others.stream().anyMatch(vm::overlaps);
    }

    private boolean isRoom(final StateMigrationNotification move, final boolean isAnnounced, final Limits limits) {
        return (isAnnounced ? standingBy.size() < limits.standingBy() : places.size() < limits.underWay())
            && loads.isRoom(hosts(move), isAnnounced, limits.hosts());
    }

    private static List<StateHostId> hosts(final StateMigrationNotification move) {
        return move.legs().stream().flatMap(leg -> Stream.of(leg.source(), leg.destination())).toList();
    }
}
