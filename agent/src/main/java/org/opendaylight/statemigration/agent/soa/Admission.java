package org.opendaylight.statemigration.agent.soa;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * Which migrations are open at one time: not too many, and no two that take over flows of one virtual machine, as each
 * would undo what is the other's. To hand over flows of one machine twice does no harm.
 */
final class Admission {
    private final Map<MigrationId, Place> open = new HashMap<>();
    private final int limit;

    Admission(final int limit) {
        this.limit = limit;
    }

    synchronized void enter(final MigrationId migration, final Role role, final VmIdentity vm)
            throws AgentException {
        if (open.containsKey(migration)) {
            return;
        }
        if (open.size() >= limit) {
            throw new AgentException(Kind.RESOURCE_DENIED, "This State Host has " + limit
                + " open migrations, as many as it permits: try migration " + migration + " again later");
        }
        if (role == Role.DESTINATION) {
            for (var other : open.entrySet()) {
                if (other.getValue().role == Role.DESTINATION && overlap(other.getValue().vm, vm)) {
                    throw new AgentException(Kind.RESOURCE_DENIED, "Migration " + other.getKey()
                        + " is taking over flows of virtual machine " + other.getValue().vm
                        + " at this State Host: try migration " + migration + " again when that has ended");
                }
            }
        }
        open.put(migration, new Place(role, vm));
    }

    synchronized void leave(final MigrationId migration) {
        open.remove(migration);
    }

    private static boolean overlap(final VmIdentity one, final VmIdentity other) {
        return one.network().equals(other.network()) && !Collections.disjoint(one.addresses(), other.addresses());
    }

    private record Place(Role role, VmIdentity vm) {
    }
}
