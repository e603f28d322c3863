package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;

/**
 * A State Host as the topology shows it.
 *
 * @param id identity under which it registers
 * @param functions what it does to flows that pass
 */
record StateHost(StateHostId id, Set<FunctionType> functions) {
    StateHost {
        requireNonNull(id);
        functions = Set.copyOf(functions);
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
