// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Optional;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.lifecycle.MigrationState;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.scheduling.ConcurrencyGroup;
import org.opendaylight.statemigration.som.scheduling.MigrationQueue;
import org.opendaylight.statemigration.som.scheduling.StateHostCapacity;

/**
 * Lets migrations in while there is room, and begins those whose turn it is. Guarded by the lock of the desk, so that
 * no migration starts before it is announced.
 */
final class MigrationScheduler {
    private final MigrationQueue migrationQueue = new MigrationQueue();
    private final MigrationTable migrationTable;
    private final MasterContext context;

    MigrationScheduler(final MigrationTable migrationTable, final MasterContext context) {
        this.migrationTable = requireNonNull(migrationTable);
        this.context = requireNonNull(context);
    }

    /**
     * Whether there is room for one more. Those of VMs that have yet to move are counted for themselves, so that
     * they never keep out one whose VM has moved.
     *
     * @param move what it follows
     * @param announced whether the VM has yet to move
     * @throws MigrationRejectedException if there is none
     */
    void checkRoom(final StateMigrationNotification move, final boolean announced)
            throws MigrationRejectedException {
        final var policy = context.policy().get();
        final var limits = policy.limits();
        final int waiting = migrationQueue.waiting(announced);
        final long open = migrationTable.all().stream().filter(run -> isOpen(run, announced)).count();
        // Of those that have moved, some may have been announced
        final int most = limits.waiting() + policy.planned().standingBy() + (announced ? 0 : limits.concurrent());
        if (waiting >= limits.waiting() && !migrationQueue.isFree(move, announced, limits(policy)) || open >= most) {
            throw new MigrationRejectedException(Kind.RESOURCE_DENIED, "Too many migrations"
                + (announced ? " of VMs that have yet to move" : "") + " are open, and " + waiting
                + " wait for their turn, where policy permits " + limits.waiting() + ": try again later");
        }
    }

    private static boolean isOpen(final MigrationRun run, final boolean announced) {
        return announced ? run.isAwaited() : !run.isAwaited() && !run.record().phase().isFinal();
    }

    void enter(final MigrationRun run, final Optional<ConcurrencyGroup> convoy) {
        if (run.isAwaited()) {
            migrationQueue.announce(run.id(), run.notification(), convoy);
        } else {
            migrationQueue.add(run.id(), run.notification(), convoy);
        }
    }

    void switched(final MigrationId id) {
        migrationQueue.switched(id);
    }

    void changed(final MigrationRun run, final MigrationState state) {
        final var phase = state.phase();
        migrationQueue.remain(run.id(), state.occupied());
        if (phase.isFinal()) {
            migrationQueue.remove(run.id());
        } else if (phase == Phase.UNKNOWN) {
            migrationQueue.freePlace(run.id());
            if (state.isDecided()) {
                migrationQueue.freeMachine(run.id());
            }
        } else {
            migrationQueue.takeMachine(run.id(), run.notification().vm());
            if (phase == Phase.STANDING_BY) {
                migrationQueue.standsBy(run.id());
            }
        }
    }

    /** {@return whether no migration of a VM is under way or waits} */
    boolean isIdle(final VmIdentity vm) {
        return migrationQueue.isIdle(vm);
    }

    /** {@return whether migrations of a VM wait now, until this is given back; if not, it is not idle} */
    boolean take(final MigrationId id, final VmIdentity vm) {
        return migrationQueue.take(id, vm);
    }

    void giveBack(final MigrationId id) {
        migrationQueue.freeMachine(id);
    }

    void giveTurns() {
        migrationQueue.next(limits(context.policy().get())).forEach(id -> migrationTable.find(id).orElseThrow()
            .start());
    }

    private MigrationQueue.Limits limits(final Policy policy) {
        final var known = new HashMap<StateHostId, Optional<HostProfile.Limits>>();
        return new MigrationQueue.Limits(policy.limits().concurrent(), policy.planned().standingBy(),
            new StateHostCapacity.Bounds(host -> known.computeIfAbsent(host, this::limits),
                !policy.protections().entries().isEmpty()));
    }

    private Optional<HostProfile.Limits> limits(final StateHostId host) {
        return context.registry().find(host).flatMap(one -> one.state().profile()).map(HostProfile::limits);
    }
}
