package org.opendaylight.statemigration.som;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.batch.Convoy;

/**
 * Whose turn it is: so many migrations at one time, and those of one virtual machine one after the other. One that
 * waits for a State Host gives its place to others; others of its machine go on once it is settled where its flows are.
 * Those of a convoy have a limit of their own besides.
 */
final class Turns {
    private final Map<MigrationId, VmIdentity> waiting = new LinkedHashMap<>();
    private final Map<MigrationId, VmIdentity> machines = new HashMap<>();
    private final Set<MigrationId> places = new HashSet<>();
    private final Map<MigrationId, Convoy> convoys = new HashMap<>();

    /** Have a migration wait that is in no convoy. */
    void add(final MigrationId id, final VmIdentity vm) {
        add(id, vm, Optional.empty());
    }

    /** Have a migration wait. */
    void add(final MigrationId id, final VmIdentity vm, final Optional<Convoy> convoy) {
        waiting.put(id, vm);
        convoy.ifPresent(one -> convoys.put(id, one));
    }

    /** {@return how many wait} */
    int waiting() {
        return waiting.size();
    }

    /** {@return whether a migration of this machine would not have to wait} */
    boolean isFree(final VmIdentity vm, final int limit) {
        return places.size() < limit && !overlaps(vm, machines) && !overlaps(vm, waiting);
    }

    /**
     * Give out turns.
     *
     * @param limit how many migrations may be under way
     * @return those whose turn it is now
     */
    List<MigrationId> next(final int limit) {
        final var started = new ArrayList<MigrationId>();
        final var passedOver = new HashMap<MigrationId, VmIdentity>();
        final var candidates = waiting.entrySet().iterator();
        while (places.size() < limit && candidates.hasNext()) {
            final var candidate = candidates.next();
            final var vm = candidate.getValue();
            if (overlaps(vm, machines) || overlaps(vm, passedOver) || !hasRoom(convoys.get(candidate.getKey()))) {
                passedOver.put(candidate.getKey(), vm);
            } else {
                machines.put(candidate.getKey(), vm);
                places.add(candidate.getKey());
                started.add(candidate.getKey());
                candidates.remove();
            }
        }
        return started;
    }

    /** A migration is not under way any more. */
    void freePlace(final MigrationId id) {
        places.remove(id);
    }

    /** It is settled where the flows of a migration's machine are. */
    void freeMachine(final MigrationId id) {
        machines.remove(id);
    }

    /** A migration has ended. */
    void remove(final MigrationId id) {
        convoys.remove(id);
        waiting.remove(id);
        freePlace(id);
        freeMachine(id);
    }

    private boolean hasRoom(final Convoy convoy) {
        return convoy == null || convoy.limit().isEmpty()
            || places.stream().filter(id -> convoy.equals(convoys.get(id))).count() < convoy.limit().getAsInt();
    }

    private static boolean overlaps(final VmIdentity vm, final Map<MigrationId, VmIdentity> others) {
        return others.values().stream().anyMatch(other -> other.network().equals(vm.network())
            && !Collections.disjoint(other.addresses(), vm.addresses()));
    }
}
