package org.opendaylight.statemigration.som;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.protection.MachineTurns;

/** Lets others deal with a machine's flows while none of its migrations does. */
final class Interludes implements MachineTurns {
    private final Object lock;
    private final Usher usher;

    /**
     * Interludes.
     *
     * @param lock guards the turns
     * @param usher gives turns to migrations
     */
    Interludes(final Object lock, final Usher usher) {
        this.lock = requireNonNull(lock);
        this.usher = requireNonNull(usher);
    }

    @Override
    public boolean isIdle(final VmIdentity vm) {
        synchronized (lock) {
            return usher.isIdle(vm);
        }
    }

    @Override
    public boolean take(final MigrationId id, final VmIdentity vm) {
        synchronized (lock) {
            return usher.take(id, vm);
        }
    }

    @Override
    public void giveBack(final MigrationId id) {
        synchronized (lock) {
            usher.giveBack(id);
            usher.giveTurns();
        }
    }
}
