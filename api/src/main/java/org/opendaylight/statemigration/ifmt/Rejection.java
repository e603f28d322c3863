// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;

/** Why the master does not do what it was asked to, with the VM, State Hosts or migration that it is about. */
public sealed interface Rejection extends Explanation permits VmRejection, HostRejection, RequestRejection {
    /** {@return what kind of rejection it is} */
    Kind kind();

    /** {@return why a migration fails that is rejected when it is to begin} */
    default FailureReason reason() {
        return FailureReason.STATE_HOST_ERROR;
    }

    @Override
    default String detail() {
        return RejectionText.of(this);
    }
}
