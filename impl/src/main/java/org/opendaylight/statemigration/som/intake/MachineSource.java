package org.opendaylight.statemigration.som.intake;

import java.util.Collection;

/** Where the virtual machines of all watched topologies are known. */
@FunctionalInterface
public interface MachineSource {
    /**
     * Look.
     *
     * @return the machines as they are now, in any order; a name is unique within its topology
     */
    Collection<KnownMachine> machines();
}
