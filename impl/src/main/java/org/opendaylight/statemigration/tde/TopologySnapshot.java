package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A topology at one moment, free of contradictions and immutable.
 */
public final class TopologySnapshot {
    private final String id;
    private final Fabric fabric;
    private final Map<String, VirtualMachine> machines;

    TopologySnapshot(final String id, final Fabric fabric, final Map<String, VirtualMachine> machines) {
        this.id = requireNonNull(id);
        this.fabric = requireNonNull(fabric);
        this.machines = Map.copyOf(machines);
    }

    /** {@return the topology's id} */
    public String id() {
        return id;
    }

    Fabric fabric() {
        return fabric;
    }

    /** {@return virtual machines by name} */
    Map<String, VirtualMachine> machines() {
        return machines;
    }

    /** {@return the machine as it was here, if it was attached and may have had the same flows} */
    Optional<VirtualMachine> attached(final VirtualMachine later) {
        return Optional.ofNullable(machines.get(later.name()))
            .filter(here -> here.attachedTo().isPresent() && later.continues(here));
    }

    /** {@return an equal one that shares what it can with an earlier one: less memory, and fabrics compare by ==} */
    TopologySnapshot sharing(final TopologySnapshot earlier) {
        final var shared = new HashMap<>(machines);
        shared.replaceAll((name, machine) -> {
            final var known = earlier.machines.get(name);
            return machine.equals(known) ? known : machine;
        });
        return new TopologySnapshot(id, fabric.equals(earlier.fabric) ? earlier.fabric : fabric, shared);
    }
}
