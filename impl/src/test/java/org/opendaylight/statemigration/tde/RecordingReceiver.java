// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde;

import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;

/** A receiver that cares for moves only. */
@FunctionalInterface
public interface RecordingReceiver extends StateMigrationReceiver {
    @Override
    default MigrationId announce(final StateMigrationNotification notification) throws MigrationRejectedException {
        throw new AssertionError("Announced: " + notification);
    }

    @Override
    default void callOff(final MigrationId migration) {
        throw new AssertionError("Called off: " + migration);
    }
}
