// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.tde.fabric.Fabric;
import org.opendaylight.statemigration.tde.topology.Reachability;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

/**
 * Brings what is remembered of losses of contact up to date. What nobody misses any more goes at once; what is too much
 * goes from the oldest on, and of its VMs only the last place is kept, which tells that they have been forgotten.
 */
final class SnapshotHistory {
    /**
     * Differences that may be remembered, as {@link PastSnapshot#weight} counts them: a small topology may lose many.
     */
    static final int MIN_REMEMBERED = 4_096;
    /** As many more for each VM that there is. */
    static final int REMEMBERED_PER_VM = 16;
    /** Fabrics remembered. Each one of a large topology, and its paths, may take megabytes. */
    static final int MAX_FABRICS = 32;
    /** VMs of which nothing but that is remembered. */
    static final int MAX_FORGOTTEN = 65_536;

    private final Deque<PastSnapshot> losses;
    private final Map<String, VirtualMachine> forgotten;
    private final TopologySnapshot current;
    private final TopologySnapshot after;
    private final Reachability reachability;

    SnapshotHistory(final Baseline before, final TopologySnapshot after) {
        losses = new ArrayDeque<>(before.losses());
        forgotten = new LinkedHashMap<>(before.forgotten());
        current = before.current();
        this.after = requireNonNull(after);
        reachability = new Reachability(after);
    }

    /** Remember what was current, or tell what is remembered by what is current now. */
    void add(final Map<String, VirtualMachine> away, final Set<String> severed) {
        final var differing = PastSnapshot.difference(current, after);
        if (away.isEmpty() && severed.isEmpty()) {
            retell(differing);
            return;
        }
        final var fabric = fabrics().stream().filter(current.fabric()::equals).findFirst().orElse(current.fabric());
        final var newest = new PastSnapshot(fabric, differing, away, severed);
        final var older = losses.peekFirst();
        if (older != null && older.differing().isEmpty() && older.fabric() == fabric) {
            losses.removeFirst();
            losses.addFirst(newest.with(older));
        } else {
            losses.addFirst(newest);
        }
    }

    /** VMs are back, but not within reach of all whom they reached before. */
    void keep(final Set<String> waiting) {
        if (!losses.isEmpty() && !waiting.isEmpty()) {
            losses.addFirst(losses.removeFirst().severing(waiting));
        }
    }

    /** Those of whom it was said that they are forgotten. */
    void recall(final Set<String> told) {
        forgotten.keySet().removeAll(told);
    }

    Baseline next() {
        // An older one may matter as long as a newer one does: who is missed since then, was there
        while (!losses.isEmpty() && isOver(losses.getFirst())) {
            retell(losses.removeFirst().differing());
        }
        final long most = MIN_REMEMBERED + (long) REMEMBERED_PER_VM * after.vms().size();
        long weight = losses.stream().mapToLong(PastSnapshot::weight).sum();
        while (weight > most) {
            weight -= losses.getLast().weight();
            forget(losses.removeLast());
        }
        while (fabrics().size() > MAX_FABRICS) {
            forget(losses.removeLast());
        }
        return new Baseline(after, List.copyOf(losses), forgotten);
    }

    /** Equal ones are the same, and to compare large ones takes long. */
    private Set<Fabric> fabrics() {
        final Set<Fabric> fabrics = Collections.newSetFromMap(new IdentityHashMap<>());
        losses.forEach(pastSnapshot -> fabrics.add(pastSnapshot.fabric()));
        return fabrics;
    }

    private boolean isOver(final PastSnapshot pastSnapshot) {
        return pastSnapshot.missing(after).isEmpty() && reachability.all(pastSnapshot.severed());
    }

    private void forget(final PastSnapshot pastSnapshot) {
        forgotten.putAll(pastSnapshot.missing(after));
        if (!reachability.all(pastSnapshot.severed())) {
            pastSnapshot.severed().forEach(name -> Optional.ofNullable(after.vms().get(name))
                .ifPresent(vm -> forgotten.put(name, vm)));
        }
        final var names = forgotten.keySet().iterator();
        while (forgotten.size() > MAX_FORGOTTEN) {
            names.next();
            names.remove();
        }
    }

    private void retell(final Map<String, Optional<VirtualMachine>> since) {
        if (!losses.isEmpty()) {
            losses.addFirst(losses.removeFirst().toldBy(since, after));
        }
    }
}
