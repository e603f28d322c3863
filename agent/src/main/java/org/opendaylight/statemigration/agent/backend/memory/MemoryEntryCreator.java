// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.StateTable.Change;
import org.opendaylight.statemigration.agent.backend.StateTable.Creation;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;

/** Makes entries of flows, or says why not. Guarded by the table's lock. */
final class MemoryEntryCreator {
    private final MemoryEntries memory;
    private final int capacity;
    private final Set<Integer> protocols;
    private final Set<BackendFeature> features;

    /**
     * A creator.
     *
     * @param memory where the entries go
     * @param capacity how many there may be
     * @param protocols IP protocol numbers that are restored
     * @param features what is restored
     */
    MemoryEntryCreator(final MemoryEntries memory, final int capacity, final Set<Integer> protocols,
            final Set<BackendFeature> features) {
        this.memory = requireNonNull(memory);
        this.capacity = capacity;
        this.protocols = requireNonNull(protocols);
        this.features = requireNonNull(features);
    }

    /** What is created on trial is taken out again before anybody else can see it. */
    List<Refusal> assess(final List<Flow> flows) {
        final long before = memory.lastIdentity();
        final var refused = create(flows).refused();
        List.copyOf(memory.all()).stream().filter(stored -> stored.identity() > before).forEach(memory::remove);
        return refused;
    }

    Creation create(final List<Flow> flows) {
        final var entries = new ArrayList<Entry>();
        final var refused = new ArrayList<Refusal>();
        for (int index = 0; index < flows.size(); index++) {
            final var flow = flows.get(index);
            final var owner = memory.owner(flow);
            if (owner.filter(each -> isSame(each.flow(), flow)).isPresent()) {
                entries.add(find(owner.orElseThrow(), flow));
                continue;
            }
            final var refusal = owner.isPresent()
                ? Optional.of(new Refusal(index, RefusalReason.COLLISION,
                    "Belongs to flow " + owner.orElseThrow().key()))
                : refusal(index, flow);
            refusal.ifPresentOrElse(refused::add,
                () -> entries.add(new Entry(flow, memory.insert(MemoryEntries.fresh(flow)).identity())));
        }
        return new Creation(entries, refused);
    }

    Creation update(final List<Change> changes) {
        final var entries = new ArrayList<Entry>();
        final var refused = new ArrayList<Refusal>();
        for (int i = 0; i < changes.size(); i++) {
            final int index = i;
            final var creation = update(changes.get(index));
            entries.addAll(creation.entries());
            creation.refused().forEach(refusal ->
                refused.add(new Refusal(index, refusal.reason(), refusal.detail())));
        }
        return new Creation(entries, refused);
    }

    private Creation update(final Change change) {
        final var flow = change.flow();
        final boolean found = change.before().found();
        final var stored = memory.get(change.before().identity());
        if (stored != null && stored.flow().reply().equals(flow.reply())) {
            final boolean passed = stored.passed() || found;
            memory.replace(stored, passed ? FlowStateMerge.furthest(flow, memory.read(stored))
                : MemoryEntries.fresh(flow), passed);
            return new Creation(List.of(new Entry(flow, stored.identity(), found)), List.of());
        }
        if (stored != null && !found) {
            memory.remove(stored);
        }
        return create(List.of(flow));
    }

    /** Whether two flows differ only in how far they are, so that one may have become the other. */
    private static boolean isSame(final Flow owner, final Flow flow) {
        return FlowStateMerge.agree(owner.protocolState(), flow.protocolState())
            && FlowStateMerge.sameState(owner.toBuilder()
                .protocolState(flow.protocolState())
                .seenReply(flow.seenReply())
                .assured(flow.assured())
                .timeout(flow.timeout())
                .build(), flow);
    }

    /** The flow's own packets came first: the entry stays, with whichever state is further. */
    private Entry find(final MemoryEntry owner, final Flow flow) {
        if (!FlowStateMerge.sameState(owner.flow(), flow)) {
            memory.replace(owner, FlowStateMerge.furthest(flow, memory.read(owner)), true);
        }
        return new Entry(flow, owner.identity(), true);
    }

    private Optional<Refusal> refusal(final int index, final Flow flow) {
        final var key = flow.key();
        if (!features.contains(BackendFeature.VIRTUAL_NETWORKS) && key.network().isPresent()) {
            return Optional.of(new Refusal(index, RefusalReason.UNKNOWN_VIRTUAL_NETWORK,
                "This State Host knows no virtual networks, also not " + key.network().orElseThrow()));
        }
        if (!protocols.contains(key.protocol())) {
            return Optional.of(new Refusal(index, RefusalReason.UNSUPPORTED_PROTOCOL,
                "This State Host keeps no state for " + Protocols.name(key.protocol())));
        }
        if (!features.contains(BackendFeature.TRANSLATION) && !flow.nat().isNone()
            || !features.contains(BackendFeature.HELPERS) && (flow.helper().isPresent() || flow.master().isPresent())) {
            return Optional.of(new Refusal(index, RefusalReason.UNSUPPORTED_ATTRIBUTE,
                "This State Host restores no translation, helper or master, but flow " + key + " has one"));
        }
        if (flow.master().filter(master -> memory.at(master) == null).isPresent()) {
            return Optional.of(new Refusal(index, RefusalReason.MASTER_MISSING, "The master of " + key
                + " is not here: " + flow.master().orElseThrow()));
        }
        return memory.size() < capacity ? Optional.empty()
            : Optional.of(new Refusal(index, RefusalReason.NO_ROOM, "The table is full with " + capacity + " entries"));
    }
}
