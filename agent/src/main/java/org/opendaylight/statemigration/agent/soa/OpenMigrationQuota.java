// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * Which migrations are open at one time: not too many, and no two that take over flows of one VM, as each
 * would undo what is the other's. To hand over flows of one VM twice does no harm. Those that copy flows before
 * they leave cannot take all places.
 */
final class OpenMigrationQuota {
    private final Map<MigrationId, Place> open = new HashMap<>();
    private final HostProfile.Limits limits;

    OpenMigrationQuota(final HostProfile.Limits limits) {
        this.limits = requireNonNull(limits);
    }

    synchronized void enter(final MigrationId migration, final Role role, final VmIdentity vm,
            final boolean preCopy) throws AgentException {
        if (open.containsKey(migration)) {
            return;
        }
        if (open.size() >= limits.migrations()) {
            throw new AgentException(Kind.RESOURCE_DENIED, "This State Host has " + limits.migrations()
                + " open migrations, as many as it permits: try migration " + migration + " again later");
        }
        if (preCopy && open.size() >= limits.migrationsWithPreCopy()) {
            throw new AgentException(Kind.RESOURCE_DENIED, "This State Host has " + open.size() + " of "
                + limits.migrations() + " open migrations, and keeps the rest for VMs that have moved: try"
                + " migration " + migration + " again later");
        }
        if (role == Role.DESTINATION) {
            for (var other : open.entrySet()) {
                if (other.getValue().role == Role.DESTINATION && other.getValue().vm.overlaps(vm)) {
                    throw new AgentException(Kind.RESOURCE_DENIED, "Migration " + other.getKey()
                        + " is taking over flows of VM " + other.getValue().vm
                        + " at this State Host: try migration " + migration + " again when that has ended");
                }
            }
        }
        open.put(migration, new Place(role, vm));
    }

    synchronized void leave(final MigrationId migration) {
        open.remove(migration);
    }

    private record Place(Role role, VmIdentity vm) {
    }
}
