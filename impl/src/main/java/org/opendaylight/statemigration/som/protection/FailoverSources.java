// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import java.util.Optional;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;

/**
 * Where migrations find a source in place of one that is dead. What that one may still have is deleted when it is back,
 * between the migrations of the VM.
 */
public interface FailoverSources {
    /** There are none. */
    FailoverSources NONE = new FailoverSources() {
        @Override
        public Optional<FailoverSource> find(final StateHostId host, final FlowSelection selection) {
            return Optional.empty();
        }

        @Override
        public boolean isSilent(final StateHostId host) {
            return false;
        }

        @Override
        public void arrived(final StateHostId host, final VmIdentity vm) {
            // There is nothing to clean up
        }

        @Override
        public void cleanUpDuring(final VmLocks vmLocks) {
            // There is nothing to clean up
        }
    };

    /**
     * Look for one.
     *
     * @param host the State Host, which does not answer
     * @param selection flows that are to be had of it
     * @return a source with the flows of the last checkpoint; empty if there is no checkpoint of all of them
     */
    Optional<FailoverSource> find(StateHostId host, FlowSelection selection);

    /**
     * Whether a State Host seems to be dead although its session has not ended: one whose power or cable was cut
     * does not end it.
     *
     * @param host the State Host
     * @return true if it has not answered for long
     */
    boolean isSilent(StateHostId host);

    /**
     * Flows of a VM are at a State Host now: nothing is to be deleted there any more. Returns at once; called
     * before other migrations of the VM begin.
     *
     * @param host the State Host
     * @param vm the VM
     */
    void arrived(StateHostId host, VmIdentity vm);

    /**
     * Until this is called nothing is cleaned up.
     *
     * @param vmLocks keeps migrations of a VM from beginning
     */
    void cleanUpDuring(VmLocks vmLocks);
}
