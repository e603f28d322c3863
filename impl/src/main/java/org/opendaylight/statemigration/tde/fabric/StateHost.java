// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.fabric;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * A State Host as the topology shows it.
 *
 * @param node id of its node
 * @param id identity under which it registers
 * @param functions what it does to flows that pass
 * @param doubt what is wrong with it, a sentence; such a host takes part in no migration
 */
public record StateHost(String node, StateHostId id, Set<FunctionType> functions, Optional<String> doubt) {
    public StateHost {
        requireNonNull(node);
        requireNonNull(id);
        functions = Set.copyOf(functions);
        requireNonNull(doubt);
    }

    public StateHost doubted(final String why) {
        return new StateHost(node, id, functions, Optional.of(doubt.map(before -> before + " " + why).orElse(why)));
    }

    /** {@return whether both are one device: two nodes that claim the same identity need not be} */
    public boolean isSameAs(final StateHost other) {
        return id.equals(other.id) && (node.equals(other.node) || doubt.isEmpty() && other.doubt.isEmpty());
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
