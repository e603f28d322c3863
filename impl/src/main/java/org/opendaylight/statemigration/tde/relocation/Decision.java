// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Origin;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;

/**
 * What has to be done about the flows of one VM after a change of topology.
 */
public sealed interface Decision {
    /** {@return id of the VM's node} */
    String vmName();

    /**
     * State has to move.
     *
     * @param vmName id of the VM's node
     * @param vm the VM, with the addresses that its flows have
     * @param legs from where to where, at least one
     * @param unmatched functions without a counterpart, by State Host
     */
    record Relocation(String vmName, VmIdentity vm, List<Leg> legs, List<Unmatched> unmatched) implements Decision {
        public Relocation {
            requireNonNull(vmName);
            requireNonNull(vm);
            legs = List.copyOf(legs);
            unmatched = List.copyOf(unmatched);
        }

        public StateMigrationNotification notification() {
            return new StateMigrationNotification(Origin.TOPOLOGY, Optional.of(vmName), vm, legs, unmatched);
        }
    }

    /**
     * The topology does not say what to move. Nothing is, as far as these flows go.
     *
     * @param vmName id of the VM's node
     * @param refusal why
     */
    record Refusal(String vmName, TopologyRefusal refusal) implements Decision {
        public Refusal {
            requireNonNull(vmName);
            requireNonNull(refusal);
        }
    }
}
