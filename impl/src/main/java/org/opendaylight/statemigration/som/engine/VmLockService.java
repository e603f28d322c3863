// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.protection.VmLocks;

/** Lets others deal with a VM's flows while none of its migrations does. */
final class VmLockService implements VmLocks {
    private final Object lock;
    private final MigrationScheduler migrationScheduler;

    /**
     * Interludes.
     *
     * @param lock guards the turns
     * @param migrationScheduler gives turns to migrations
     */
    VmLockService(final Object lock, final MigrationScheduler migrationScheduler) {
        this.lock = requireNonNull(lock);
        this.migrationScheduler = requireNonNull(migrationScheduler);
    }

    @Override
    public boolean isIdle(final VmIdentity vm) {
        synchronized (lock) {
            return migrationScheduler.isIdle(vm);
        }
    }

    @Override
    public boolean take(final MigrationId id, final VmIdentity vm) {
        synchronized (lock) {
            return migrationScheduler.take(id, vm);
        }
    }

    @Override
    public void giveBack(final MigrationId id) {
        synchronized (lock) {
            migrationScheduler.giveBack(id);
            migrationScheduler.giveTurns();
        }
    }
}
