// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.scheduling;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;

/** How many of the migrations that were begun are open at each State Host, which permits so many at one time. */
public final class StateHostCapacity {
    private static final Open NONE = new Open(0, 0);

    private final Map<MigrationId, Use> uses = new HashMap<>();
    private final Map<StateHostId, Open> open = new HashMap<>();

    /**
     * Where a migration is open.
     *
     * @param hosts one for each side of each leg
     * @param preCopy whether it was begun before its VM moved
     */
    private record Use(List<StateHostId> hosts, boolean preCopy) {
    }

    /**
     * Migrations open at a State Host.
     *
     * @param preCopies those that were begun before their VMs moved
     * @param others all others
     */
    private record Open(int preCopies, int others) {
        Open plus(final boolean preCopy, final int more) {
            return preCopy ? new Open(preCopies + more, others) : new Open(preCopies, others + more);
        }
    }

    /**
     * What State Hosts permit.
     *
     * @param of limits of a State Host; empty where they are not known, which is no obstacle
     * @param checkpoints whether there may be checkpoints besides
     */
    public record HostLimits(Function<StateHostId, Optional<HostProfile.Limits>> of, boolean checkpoints) {
        /** None. */
        static final HostLimits NONE = new HostLimits(host -> Optional.empty(), false);

        public HostLimits {
            requireNonNull(of);
        }
    }

    void begin(final MigrationId id, final List<StateHostId> hosts, final boolean preCopy) {
        end(id);
        uses.put(id, new Use(hosts, preCopy));
        count(hosts, preCopy, 1);
    }

    /**
     * Something of a migration is still open at these State Hosts, and at no others.
     *
     * @return whether it is open at fewer than before
     */
    boolean remain(final MigrationId id, final List<StateHostId> hosts) {
        final var use = uses.get(id);
        if (use == null || use.hosts().equals(hosts)) {
            return false;
        }
        begin(id, hosts, use.preCopy());
        return hosts.size() < use.hosts().size();
    }

    void end(final MigrationId id) {
        final var use = uses.remove(id);
        if (use != null) {
            count(use.hosts(), use.preCopy(), -1);
        }
    }

    private void count(final List<StateHostId> hosts, final boolean preCopy, final int more) {
        for (var host : hosts) {
            open.compute(host, (same, before) -> {
                final var after = (before == null ? NONE : before).plus(preCopy, more);
                return after.equals(NONE) ? null : after;
            });
        }
    }

    /** {@return whether each of these State Hosts takes one more} */
    boolean isRoom(final List<StateHostId> hosts, final boolean preCopy, final HostLimits limits) {
        return new HashSet<>(hosts).stream().allMatch(host -> limits.of().apply(host)
            .map(permitted -> isRoom(open.getOrDefault(host, NONE), Collections.frequency(hosts, host), preCopy,
                permitted, limits.checkpoints()))
            .orElse(true));
    }

    /** One that is alone may always try. */
    private static boolean isRoom(final Open now, final int more, final boolean preCopy,
            final HostProfile.Limits permitted, final boolean checkpoints) {
        final int all = now.preCopies() + now.others();
        if (preCopy) {
            return all + more <= permitted.migrationsWithPreCopy();
        }
        final int reserved = Math.max(now.preCopies(), checkpoints ? permitted.migrationsWithPreCopy() : 0);
        return all == 0 || now.others() + reserved + more <= permitted.migrations();
    }
}
