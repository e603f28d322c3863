package org.opendaylight.statemigration.som;

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
import org.opendaylight.statemigration.som.batch.Convoy;
import org.opendaylight.statemigration.som.lifecycle.MigrationState;

/**
 * Lets migrations in while there is room, and begins those whose turn it is. Guarded by the lock of the desk, so that
 * no migration starts before it is announced.
 */
final class Usher {
    private final Turns turns = new Turns();
    private final Roll roll;
    private final Surroundings around;

    Usher(final Roll roll, final Surroundings around) {
        this.roll = requireNonNull(roll);
        this.around = requireNonNull(around);
    }

    /**
     * Whether there is room for one more. Those of machines that have yet to move are counted for themselves, so that
     * they never keep out one whose machine has moved.
     *
     * @param move what it follows
     * @param announced whether the machine has yet to move
     * @throws MigrationRejectedException if there is none
     */
    void checkRoom(final StateMigrationNotification move, final boolean announced)
            throws MigrationRejectedException {
        final var policy = around.policy().get();
        final var limits = policy.limits();
        final int waiting = turns.waiting(announced);
        final long open = roll.all().stream().filter(run -> isOpen(run, announced)).count();
        // Of those that have moved, some may have been announced
        final int most = limits.waiting() + policy.planned().standingBy() + (announced ? 0 : limits.concurrent());
        if (waiting >= limits.waiting() && !turns.isFree(move, announced, limits(policy)) || open >= most) {
            throw new MigrationRejectedException(Kind.RESOURCE_DENIED, "Too many migrations"
                + (announced ? " of machines that have yet to move" : "") + " are open, and " + waiting
                + " wait for their turn, where policy permits " + limits.waiting() + ": try again later");
        }
    }

    private static boolean isOpen(final MigrationRun run, final boolean announced) {
        return announced ? run.isAwaited() : !run.isAwaited() && !run.record().phase().isFinal();
    }

    void enter(final MigrationRun run, final Optional<Convoy> convoy) {
        if (run.isAwaited()) {
            turns.announce(run.id(), run.notification(), convoy);
        } else {
            turns.add(run.id(), run.notification(), convoy);
        }
    }

    void switched(final MigrationId id) {
        turns.switched(id);
    }

    void changed(final MigrationRun run, final MigrationState state) {
        final var phase = state.phase();
        turns.remain(run.id(), state.occupied());
        if (phase.isFinal()) {
            turns.remove(run.id());
        } else if (phase == Phase.UNKNOWN) {
            turns.freePlace(run.id());
            if (state.isDecided()) {
                turns.freeMachine(run.id());
            }
        } else {
            turns.takeMachine(run.id(), run.notification().vm());
            if (phase == Phase.STANDING_BY) {
                turns.standsBy(run.id());
            }
        }
    }

    /** {@return whether no migration of a machine is under way or waits} */
    boolean isIdle(final VmIdentity vm) {
        return turns.isIdle(vm);
    }

    /** {@return whether migrations of a machine wait now, until this is given back; if not, it is not idle} */
    boolean take(final MigrationId id, final VmIdentity vm) {
        return turns.take(id, vm);
    }

    void giveBack(final MigrationId id) {
        turns.freeMachine(id);
    }

    void giveTurns() {
        turns.next(limits(around.policy().get())).forEach(id -> roll.find(id).orElseThrow().start());
    }

    private Turns.Limits limits(final Policy policy) {
        final var known = new HashMap<StateHostId, Optional<HostProfile.Limits>>();
        return new Turns.Limits(policy.limits().concurrent(), policy.planned().standingBy(),
            new HostLoads.Bounds(host -> known.computeIfAbsent(host, this::limits),
                !policy.protections().entries().isEmpty()));
    }

    private Optional<HostProfile.Limits> limits(final StateHostId host) {
        return around.registry().find(host).flatMap(one -> one.state().profile()).map(HostProfile::limits);
    }
}
