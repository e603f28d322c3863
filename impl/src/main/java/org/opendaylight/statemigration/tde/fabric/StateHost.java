// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.fabric;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.tde.refusal.TopologyInconsistency;

/**
 * A State Host as the topology shows it.
 *
 * @param node id of its node
 * @param id identity under which it registers
 * @param functions what it does to flows that pass
 * @param inconsistencies what is wrong with it; a host with any takes part in no migration
 */
public record StateHost(String node, StateHostId id, Set<FunctionType> functions,
        List<TopologyInconsistency> inconsistencies) {
    public StateHost {
        requireNonNull(node);
        requireNonNull(id);
        functions = Set.copyOf(functions);
        inconsistencies = List.copyOf(inconsistencies);
    }

    /** {@return the same, of which one thing more is wrong} */
    public StateHost with(final TopologyInconsistency inconsistency) {
        return new StateHost(node, id, functions,
            Stream.concat(inconsistencies.stream(), Stream.of(inconsistency)).toList());
    }

    /** {@return whether both are one device: two nodes that claim the same identity need not be} */
    public boolean isSameAs(final StateHost other) {
        return id.equals(other.id) && (node.equals(other.node) || inconsistencies.isEmpty()
            && other.inconsistencies.isEmpty());
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
