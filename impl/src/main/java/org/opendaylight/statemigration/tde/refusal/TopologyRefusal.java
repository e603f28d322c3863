// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.refusal;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.Explanation;
import org.opendaylight.statemigration.ifmt.Rejection;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;

/** Why a change of topology is not acted upon, or only in part. */
public sealed interface TopologyRefusal extends Explanation permits TopologyInconsistency,
        TopologyRefusal.VmWithoutAddress, TopologyRefusal.FlowsStay, TopologyRefusal.NotMigrated,
        TopologyRefusal.PlannedToNoEdge, TopologyRefusal.PlannedRefused, TopologyRefusal.NotAnnounced,
        TopologyRefusal.NotEvaluated {
    /** {@return id of the node of the VM that it is about; empty if it is about the topology as such} */
    Optional<String> vmName();

    @Override
    default String detail() {
        return RefusalText.of(this);
    }

    /**
     * A VM whose flows have to move has no address.
     *
     * @param vm id of its node
     */
    record VmWithoutAddress(String vm) implements TopologyRefusal {
        public VmWithoutAddress {
            requireNonNull(vm);
        }

        @Override
        public Optional<String> vmName() {
            return Optional.of(vm);
        }
    }

    /**
     * Flows of a VM with some of its peers stay where they are.
     *
     * @param vm id of its node
     * @param peers ids of the nodes of the peers, by the reason
     */
    record FlowsStay(String vm, Map<UnclearFlows, Set<String>> peers) implements TopologyRefusal {
        public FlowsStay {
            requireNonNull(vm);
            peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
        }

        @Override
        public Optional<String> vmName() {
            return Optional.of(vm);
        }
    }

    /**
     * The State Orchestration Master rejected a migration.
     *
     * @param name id of the VM's node
     * @param vm the VM
     * @param legs from where to where its state was to move
     * @param rejection why there is no migration
     */
    record NotMigrated(String name, VmIdentity vm, List<Leg> legs, Rejection rejection) implements TopologyRefusal {
        public NotMigrated {
            requireNonNull(name);
            requireNonNull(vm);
            legs = List.copyOf(legs);
            requireNonNull(rejection);
        }

        @Override
        public Optional<String> vmName() {
            return Optional.of(name);
        }
    }

    /**
     * A VM is to move to what is no edge.
     *
     * @param vm id of its node
     * @param node where it is to move
     */
    record PlannedToNoEdge(String vm, String node) implements TopologyRefusal {
        public PlannedToNoEdge {
            requireNonNull(vm);
            requireNonNull(node);
        }

        @Override
        public Optional<String> vmName() {
            return Optional.of(vm);
        }
    }

    /**
     * Something will be refused once a VM moves as planned.
     *
     * @param vm id of its node
     * @param edge where it is to move
     * @param refusal what will be refused
     */
    record PlannedRefused(String vm, String edge, TopologyRefusal refusal) implements TopologyRefusal {
        public PlannedRefused {
            requireNonNull(vm);
            requireNonNull(edge);
            requireNonNull(refusal);
        }

        @Override
        public Optional<String> vmName() {
            return Optional.of(vm);
        }
    }

    /**
     * The State Orchestration Master rejected the announcement of a move.
     *
     * @param vm id of the VM's node
     * @param edge where it is to move
     * @param rejection why it is not announced
     */
    record NotAnnounced(String vm, String edge, Rejection rejection) implements TopologyRefusal {
        public NotAnnounced {
            requireNonNull(vm);
            requireNonNull(edge);
            requireNonNull(rejection);
        }

        @Override
        public Optional<String> vmName() {
            return Optional.of(vm);
        }
    }

    /** The topology could not be evaluated because of a defect of the program. */
    record NotEvaluated() implements TopologyRefusal {
        @Override
        public Optional<String> vmName() {
            return Optional.empty();
        }
    }
}
