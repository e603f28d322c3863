// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import java.util.ArrayList;
import java.util.List;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * The master's end of IF(M,T).
 */
public interface StateMigrationReceiver {
    /**
     * Flows have moved: start a migration, or end one that was announced for the same VM between the same State
     * Hosts. One that was announced for the same VM between others is called off.
     *
     * @param notification who moved, and between which State Hosts
     * @return the migration
     * @throws MigrationRejectedException if there will be none
     */
    MigrationId notify(StateMigrationNotification notification) throws MigrationRejectedException;

    /**
     * Flows are about to move: copy their state, and keep the copy current until {@link #notify} or {@link #callOff}.
     * An earlier announcement for the same VM is called off.
     *
     * @param notification who is about to move, and between which State Hosts
     * @return the migration
     * @throws MigrationRejectedException if there will be none
     */
    MigrationId announce(StateMigrationNotification notification) throws MigrationRejectedException;

    /**
     * What was announced will not happen. Does nothing if it has happened or was called off.
     *
     * @param migration what {@link #announce} returned
     */
    void callOff(MigrationId migration);

    /**
     * Whether what was announced has come to nothing, although nobody wanted that: its copy has failed, or the VM
     * has not moved in time.
     *
     * @param migration what {@link #announce} returned
     * @return true if it has; false if an operator has cancelled it, or it is not known any more
     */
    default boolean isLost(final MigrationId migration) {
        return false;
    }

    /**
     * Several VMs move for one reason.
     *
     * @param batch the VMs
     * @return what became of each, in their order
     */
    default List<MigrationBatch.Answer> submit(final MigrationBatch batch) {
        final var answers = new ArrayList<MigrationBatch.Answer>();
        for (var notification : batch.notifications()) {
            try {
                answers.add(new MigrationBatch.Accepted(
                    batch.announced() ? announce(notification) : notify(notification)));
            } catch (MigrationRejectedException e) {
                answers.add(new MigrationBatch.Rejected(e.rejection()));
            }
        }
        return answers;
    }
}
