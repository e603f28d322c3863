// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;

/** How many of the migrations that were begun are open at each State Host, which permits so many at one time. */
public final class StateHostCapacity {
    private final Map<MigrationId, Load> open = new HashMap<>();

    /**
     * Where a migration is open.
     *
     * @param hosts one for each side of each leg
     * @param beforehand whether it was begun before its VM moved
     */
    private record Load(List<StateHostId> hosts, boolean beforehand) {
    }

    /**
     * What State Hosts permit.
     *
     * @param of limits of a State Host; empty where they are not known, which is no obstacle
     * @param checkpoints whether there may be copies of flows besides, made in case a State Host dies
     */
    public record Bounds(Function<StateHostId, Optional<HostProfile.Limits>> of, boolean checkpoints) {
        /** None. */
        static final Bounds NONE = new Bounds(host -> Optional.empty(), false);
    }

    void begin(final MigrationId id, final List<StateHostId> hosts, final boolean beforehand) {
        open.put(id, new Load(hosts, beforehand));
    }

    /** Something of a migration is still open at these State Hosts, and at no others. */
    void remain(final MigrationId id, final List<StateHostId> hosts) {
        open.computeIfPresent(id, (same, load) -> new Load(hosts, load.beforehand()));
    }

    void end(final MigrationId id) {
        open.remove(id);
    }

    /** {@return whether each of these State Hosts takes one more} */
    boolean isRoom(final List<StateHostId> hosts, final boolean beforehand, final Bounds bounds) {
        return new HashSet<>(hosts).stream().allMatch(host -> bounds.of().apply(host)
            .map(limits -> isRoom(host, Collections.frequency(hosts, host), beforehand, limits, bounds.checkpoints()))
            .orElse(true));
    }

    /** One that is alone may always try. */
    private boolean isRoom(final StateHostId host, final int more, final boolean beforehand,
            final HostProfile.Limits limits, final boolean checkpoints) {
        final int all = count(host, load -> true);
        if (beforehand) {
            return all + more <= limits.migrationsBeforehand();
        }
        final int early = Math.max(count(host, Load::beforehand), checkpoints ? limits.migrationsBeforehand() : 0);
        return all == 0 || count(host, load -> !load.beforehand()) + early + more <= limits.migrations();
    }

    private int count(final StateHostId host, final Predicate<Load> which) {
        return open.values().stream().filter(which).mapToInt(load -> Collections.frequency(load.hosts(), host)).sum();
    }
}
