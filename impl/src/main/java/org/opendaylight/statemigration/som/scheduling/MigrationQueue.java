// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
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
 * Which migrations begin: so many at one time, and those of one VM one after the other. One that waits for a State Host
 * gives its slot to others; others of its VM go on once it is settled where its flows are. Those of a concurrency group
 * have a limit of their own besides: how many are under way, or are copied for the first time. Pre-copies have slots of
 * their own, and keep nobody waiting whose VM has moved. Nobody begins whom its State Hosts would turn away because
 * they have too many already. Not safe for use by several threads.
 */
public final class MigrationQueue {
    /**
     * How many there may be at one time.
     *
     * @param underWay migrations of VMs that have moved
     * @param preCopies migrations of VMs that have yet to move
     * @param hosts how many State Hosts permit
     */
    public record Limits(int underWay, int preCopies, StateHostCapacity.HostLimits hosts) {
        public Limits {
            requireNonNull(hosts);
        }
    }

    /** A migration that waits. */
    private record Waiting(VmIdentity vm, List<StateHostId> hosts) {
        Waiting(final StateMigrationNotification move) {
            this(move.vm(), move.legs().stream().flatMap(leg -> Stream.of(leg.source(), leg.destination())).toList());
        }
    }

    private final LinkedHashMap<MigrationId, Waiting> waiting = new LinkedHashMap<>();
    private final VmIndex<MigrationId> waitingVms = new VmIndex<>();
    /** Those whose VMs have yet to move, waiting or not. */
    private final Set<MigrationId> announced = new HashSet<>();
    private int announcedWaiting;
    private final Map<MigrationId, VmIdentity> locked = new HashMap<>();
    private final VmIndex<MigrationId> lockedVms = new VmIndex<>();
    private final Set<MigrationId> underWay = new HashSet<>();
    private final Set<MigrationId> preCopies = new HashSet<>();
    private final StateHostCapacity capacity = new StateHostCapacity();
    private final GroupSlots groups = new GroupSlots();
    private boolean changed;

    /** Have a migration wait. */
    public void add(final MigrationId id, final StateMigrationNotification move,
            final Optional<ConcurrencyGroup> group) {
        final var added = new Waiting(move);
        waiting.put(id, added);
        waitingVms.add(added.vm(), id);
        group.ifPresent(one -> groups.join(id, one));
        changed = true;
    }

    /** Have a migration of a VM that has yet to move wait. */
    public void announce(final MigrationId id, final StateMigrationNotification move,
            final Optional<ConcurrencyGroup> group) {
        announced.add(id);
        announcedWaiting++;
        add(id, move, group);
    }

    /** A VM that has yet to move has been copied: the next of its group may be. */
    public void standsBy(final MigrationId id) {
        leaveGroup(id);
    }

    /** A VM has moved: its migration goes on whether there is a slot or not, or is the next, alone. */
    public void switchedOver(final MigrationId id) {
        final boolean wasAnnounced = announced.remove(id);
        leaveGroup(id);
        if (preCopies.remove(id)) {
            underWay.add(id);
            changed = true;
        }
        final var move = waiting.get(id);
        if (move != null) {
            announcedWaiting -= wasAnnounced ? 1 : 0;
            waiting.putFirst(id, move);
            changed = true;
        }
    }

    /** {@return how many wait whose VMs have yet to move, or have moved} */
    public int waiting(final boolean isAnnounced) {
        return isAnnounced ? announcedWaiting : waiting.size() - announcedWaiting;
    }

    /** {@return whether a migration would not have to wait} */
    public boolean isFree(final StateMigrationNotification move, final boolean isAnnounced, final Limits limits) {
        return isRoom(new Waiting(move).hosts(), isAnnounced, limits) && isIdle(move.vm());
    }

    /** {@return whether no migration of this VM is under way or waits} */
    public boolean isIdle(final VmIdentity vm) {
        return !lockedVms.overlaps(vm) && !waitingVms.overlaps(vm);
    }

    /**
     * Have migrations of a VM wait for something that is none, and takes no slot.
     *
     * @return whether they do; if not, the VM is not idle
     */
    public boolean lockIfIdle(final MigrationId id, final VmIdentity vm) {
        if (!isIdle(vm)) {
            return false;
        }
        lock(id, vm);
        return true;
    }

    /** {@return whether something has happened since the last call of {@link #next} that may let one begin} */
    public boolean hasChanged() {
        return changed;
    }

    /**
     * Give out slots.
     *
     * @param limits how many migrations may be under way
     * @return those that begin now
     */
    public List<MigrationId> next(final Limits limits) {
        changed = false;
        final var started = new ArrayList<MigrationId>();
        final var passedOver = new VmIndex<MigrationId>();
        final var candidates = waiting.entrySet().iterator();
        while (candidates.hasNext() && isSlot(limits)) {
            final var candidate = candidates.next();
            final var id = candidate.getKey();
            final var vm = candidate.getValue().vm();
            final boolean isAnnounced = announced.contains(id);
            if (lockedVms.overlaps(vm) || passedOver.overlaps(vm) || !groups.hasRoom(id)
                    || !isRoom(candidate.getValue().hosts(), isAnnounced, limits)) {
                passedOver.add(vm, id);
            } else {
                candidates.remove();
                begin(id, candidate.getValue(), isAnnounced);
                started.add(id);
            }
        }
        return started;
    }

    private void begin(final MigrationId id, final Waiting move, final boolean isAnnounced) {
        waitingVms.remove(move.vm(), id);
        announcedWaiting -= isAnnounced ? 1 : 0;
        lock(id, move.vm());
        (isAnnounced ? preCopies : underWay).add(id);
        groups.take(id);
        capacity.begin(id, move.hosts(), isAnnounced);
    }

    /** A migration is not under way any more. */
    public void freeSlot(final MigrationId id) {
        final boolean wasUnderWay = underWay.remove(id);
        final boolean wasPreCopy = preCopies.remove(id);
        if (wasUnderWay || wasPreCopy) {
            groups.free(id);
            changed = true;
        }
    }

    /** Of a migration something is still open at these State Hosts, and at no others. */
    public void remain(final MigrationId id, final List<StateHostId> hosts) {
        changed |= capacity.remain(id, hosts);
    }

    /** It is settled where the flows of a migration's VM are, or a lock is given back. */
    public void unlockVm(final MigrationId id) {
        final var vm = locked.remove(id);
        if (vm != null) {
            lockedVms.remove(vm, id);
            changed = true;
        }
    }

    /** Something is done with the flows of a migration's VM again: others that have not begun wait for it. */
    public void lockVm(final MigrationId id, final VmIdentity vm) {
        if (!waiting.containsKey(id)) {
            lock(id, vm);
        }
    }

    private void lock(final MigrationId id, final VmIdentity vm) {
        if (locked.putIfAbsent(id, vm) == null) {
            lockedVms.add(vm, id);
        }
    }

    /** A migration has ended. */
    public void remove(final MigrationId id) {
        leaveGroup(id);
        final var move = waiting.remove(id);
        final boolean wasAnnounced = announced.remove(id);
        if (move != null) {
            waitingVms.remove(move.vm(), id);
            announcedWaiting -= wasAnnounced ? 1 : 0;
        }
        capacity.end(id);
        freeSlot(id);
        unlockVm(id);
        changed = true;
    }

    private void leaveGroup(final MigrationId id) {
        changed |= groups.leave(id, underWay.contains(id) || preCopies.contains(id));
    }

    /** {@return whether there is a slot of a kind for which any migration waits} */
    private boolean isSlot(final Limits limits) {
        return waiting(true) > 0 && isSlot(true, limits) || waiting(false) > 0 && isSlot(false, limits);
    }

    private boolean isSlot(final boolean isAnnounced, final Limits limits) {
        return isAnnounced ? preCopies.size() < limits.preCopies() : underWay.size() < limits.underWay();
    }

    private boolean isRoom(final List<StateHostId> hosts, final boolean isAnnounced, final Limits limits) {
        return isSlot(isAnnounced, limits) && capacity.isRoom(hosts, isAnnounced, limits.hosts());
    }
}
