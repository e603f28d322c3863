// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.tde.fabric.Fabric;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

/**
 * What was known just before some VMs lost contact. VMs are told by how they differ from what is known from
 * the time after, so that it takes little memory.
 *
 * @param fabric the fabric at that time
 * @param differing VMs that were not as in the next newer loss, or in the current snapshot, and how they were;
 *     empty if there was none of that name
 * @param away VMs that were attached, and were not any more after that
 * @param severed VMs that stayed attached and lost a clear path to others
 */
record PastSnapshot(Fabric fabric, Map<String, Optional<VirtualMachine>> differing, Map<String, VirtualMachine> away,
        Set<String> severed) {
    PastSnapshot {
        requireNonNull(fabric);
        differing = Map.copyOf(differing);
        away = Map.copyOf(away);
        severed = Set.copyOf(severed);
    }

    /** {@return how VMs differ} */
    static Map<String, Optional<VirtualMachine>> difference(final TopologySnapshot before,
            final TopologySnapshot after) {
        final var differing = new HashMap<String, Optional<VirtualMachine>>();
        before.vms().forEach((name, vm) -> {
            if (!vm.equals(after.vms().get(name))) {
                differing.put(name, Optional.of(vm));
            }
        });
        after.vms().keySet().stream().filter(name -> !before.vms().containsKey(name))
            .forEach(name -> differing.put(name, Optional.empty()));
        return differing;
    }

    /**
     * Tell the same by a snapshot that is newer.
     *
     * @param since how VMs were in what this was told by so far, where they are not as in the newer one
     * @param newer the newer snapshot
     */
    PastSnapshot toldBy(final Map<String, Optional<VirtualMachine>> since, final TopologySnapshot newer) {
        final var told = new HashMap<>(since);
        told.putAll(differing);
        told.entrySet().removeIf(entry ->
            entry.getValue().equals(Optional.ofNullable(newer.vms().get(entry.getKey()))));
        return new PastSnapshot(fabric, told, away, severed);
    }

    /** {@return this, which some VMs have not got over} */
    PastSnapshot severing(final Set<String> more) {
        final var all = new HashSet<>(severed);
        all.addAll(more);
        return new PastSnapshot(fabric, differing, away, all);
    }

    /** {@return this, where that older one tells nothing else} */
    PastSnapshot with(final PastSnapshot older) {
        final var all = new HashMap<>(older.away);
        all.putAll(away);
        return new PastSnapshot(fabric, differing, all, severed).severing(older.severed);
    }

    /** {@return VMs that are still missed} */
    Map<String, VirtualMachine> missing(final TopologySnapshot now) {
        if (away.isEmpty()) {
            return Collections.emptyMap();
        }
        final var missing = new HashMap<>(away);
        missing.entrySet().removeIf(entry -> {
            final var there = now.vms().get(entry.getKey());
            return there != null && there.attachedTo().isPresent() && there.continues(entry.getValue());
        });
        return missing;
    }

    /** {@return what it takes of the bound on memory} */
    int weight() {
        return 1 + differing.size() + away.size() + severed.size();
    }
}
