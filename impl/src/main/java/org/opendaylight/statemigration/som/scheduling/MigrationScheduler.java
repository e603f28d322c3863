// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.som.lifecycle.MigrationState;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.VmLocks;

/**
 * Lets migrations in while there is room, and begins them when there is a slot and their VM is free. Guarded by its own
 * monitor, under which State Hosts' limits are looked up and nobody else is called.
 */
public final class MigrationScheduler implements VmLocks {
    private final MigrationQueue queue = new MigrationQueue();
    /** Those that have not ended. */
    private final Map<MigrationId, Entry> open = new HashMap<>();
    private final Supplier<Policy> policy;
    private final Function<StateHostId, Optional<HostProfile.Limits>> hosts;
    private int openAnnounced;
    private Policy usedPolicy;
    private boolean closed;

    /**
     * A migration.
     *
     * @param migration the migration
     * @param announced whether its VM has yet to move
     */
    private record Entry(ScheduledMigration migration, boolean announced) {
    }

    /**
     * A scheduler without migrations.
     *
     * @param policy the policy at present
     * @param hosts what a State Host permits, if that is known
     */
    public MigrationScheduler(final Supplier<Policy> policy,
            final Function<StateHostId, Optional<HostProfile.Limits>> hosts) {
        this.policy = requireNonNull(policy);
        this.hosts = requireNonNull(hosts);
    }

    /**
     * Let a migration in. It begins with one of the next calls of {@link #startNext}.
     *
     * @param migration the migration
     * @param group the concurrency group it belongs to, if any
     * @param enter called under the monitor if there is room, before the migration can begin: makes it known, calls
     *        nobody else, and tells whether it is still wanted
     * @return whether it was still wanted
     * @throws MigrationRejectedException if there is no room, or no further migrations are let in
     */
    public synchronized boolean admit(final ScheduledMigration migration, final Optional<ConcurrencyGroup> group,
            final BooleanSupplier enter) throws MigrationRejectedException {
        if (closed) {
            throw new MigrationRejectedException(new RequestRejection.Stopping());
        }
        final boolean announced = migration.isPreCopy();
        checkRoom(migration, announced);
        if (!enter.getAsBoolean()) {
            return false;
        }
        open.put(migration.id(), new Entry(migration, announced));
        if (announced) {
            openAnnounced++;
            queue.announce(migration.id(), migration.notification(), group);
        } else {
            queue.add(migration.id(), migration.notification(), group);
        }
        return true;
    }

    /** Those of VMs that have yet to move are counted for themselves, so that they keep out none whose VM has moved. */
    private void checkRoom(final ScheduledMigration migration, final boolean announced)
            throws MigrationRejectedException {
        final var now = policy.get();
        final var limits = now.limits();
        final int waiting = queue.waiting(announced);
        final int present = announced ? openAnnounced : open.size() - openAnnounced;
        // Of those that have moved, some may have been announced
        final int most = limits.waiting() + now.planned().standingBy() + (announced ? 0 : limits.concurrent());
        if (waiting >= limits.waiting() && !queue.isFree(migration.notification(), announced, limits(now))
                || present >= most) {
            throw new MigrationRejectedException(
                new RequestRejection.TooManyMigrations(announced, waiting, limits.waiting()));
        }
    }

    /** Let no further migrations in. */
    public synchronized void close() {
        closed = true;
    }

    /**
     * A VM that was announced to move has moved.
     *
     * @param id its migration
     */
    public synchronized void switchedOver(final MigrationId id) {
        queue.switchedOver(id);
        moved(id);
    }

    private void moved(final MigrationId id) {
        final var entry = open.get(id);
        if (entry != null && entry.announced()) {
            open.put(id, new Entry(entry.migration(), false));
            openAnnounced--;
        }
    }

    /**
     * A migration has got further.
     *
     * @param migration the migration
     * @param state how far it is
     */
    public synchronized void changed(final ScheduledMigration migration, final MigrationState state) {
        final var id = migration.id();
        final var phase = state.phase();
        if (!state.preCopy()) {
            moved(id);
        }
        queue.remain(id, state.occupied());
        if (phase.isFinal()) {
            queue.remove(id);
            open.remove(id);
        } else if (phase == Phase.UNKNOWN) {
            queue.freeSlot(id);
            if (state.isDecided()) {
                queue.unlockVm(id);
            }
        } else {
            queue.lockVm(id, migration.notification().vm());
            if (phase == Phase.STANDING_BY) {
                queue.standsBy(id);
            }
        }
    }

    /** Begin those for which there is a slot now, if anything has changed that may make one. */
    public void startNext() {
        startNextIf(false);
    }

    /** Begin those for which there is a slot now: State Hosts may permit others than before. */
    public void hostsChanged() {
        startNextIf(true);
    }

    private void startNextIf(final boolean always) {
        final List<ScheduledMigration> starting;
        synchronized (this) {
            final var now = policy.get();
            if (!always && !queue.hasChanged() && now == usedPolicy) {
                return;
            }
            usedPolicy = now;
            starting = queue.next(limits(now)).stream().map(open::get).map(Entry::migration).toList();
        }
        starting.forEach(ScheduledMigration::start);
    }

    @Override
    public synchronized boolean isIdle(final VmIdentity vm) {
        return queue.isIdle(vm);
    }

    @Override
    public synchronized boolean take(final MigrationId id, final VmIdentity vm) {
        return queue.lockIfIdle(id, vm);
    }

    @Override
    public void giveBack(final MigrationId id) {
        synchronized (this) {
            queue.unlockVm(id);
        }
        startNext();
    }

    private MigrationQueue.Limits limits(final Policy now) {
        final var known = new HashMap<StateHostId, Optional<HostProfile.Limits>>();
        return new MigrationQueue.Limits(now.limits().concurrent(), now.planned().standingBy(),
            new StateHostCapacity.HostLimits(host -> known.computeIfAbsent(host, hosts),
                !now.protections().entries().isEmpty()));
    }
}
