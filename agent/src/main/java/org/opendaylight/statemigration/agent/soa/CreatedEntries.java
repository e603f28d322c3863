// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.StateTable.Change;
import org.opendaylight.statemigration.agent.backend.StateTable.Creation;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.Hold;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;

/** The entries that a destination has made of the chunks of a migration. */
final class CreatedEntries {
    private final StateHostContext host;
    private final FlowSelection selection;
    private final Map<FlowKey, Entry> created = new LinkedHashMap<>();

    CreatedEntries(final StateHostContext host, final FlowSelection selection) {
        this.host = requireNonNull(host);
        this.selection = requireNonNull(selection);
    }

    int size() {
        return created.size();
    }

    List<Entry> all() {
        return List.copyOf(created.values());
    }

    List<Flow> flows() {
        return created.values().stream().map(Entry::flow).toList();
    }

    /**
     * Do what a chunk asks for. Ended flows go first: a new one may have the place of one of them. If something fails
     * half way, what was done is known, and the chunk may come again.
     *
     * @param chunk the chunk
     * @param hold holds packets of the flows, if it is in place
     * @return how many flows were accepted, and which were not
     * @throws AgentException if the chunk is beyond the limits, or the table fails
     */
    Download apply(final Chunk chunk, final Optional<Hold> hold) throws AgentException {
        ChunkAdmission.requireFitting(chunk, host.settings().limits());
        remove(chunk.ended().stream().filter(created::containsKey).toList());
        final var admission = ChunkAdmission.of(chunk, new FlowValidator(selection, host.settings().natPools()),
            created.keySet(), host.settings().limits());
        // A changed flow that is refused must not stay as it was before the change
        remove(admission.refusedKeys().stream().filter(created::containsKey).toList());
        if (hold.isPresent()) {
            // First the hold: a packet to a public address must not meet the table before its flow is there
            host.table().cover(hold.orElseThrow(), admission.admittedFlows());
        }
        final var creations = new ArrayList<Integer>();
        final var updates = new ArrayList<Integer>();
        for (int index : admission.admitted()) {
            (created.containsKey(chunk.flows().get(index).key()) ? updates : creations).add(index);
        }
        final var refusals = new ArrayList<>(admission.refused());
        // Changes first: they may make way for new flows, too
        final var update = host.table().update(updates.stream().map(chunk.flows()::get)
            .map(flow -> new Change(created.get(flow.key()), flow)).toList());
        update.refused().forEach(refusal -> created.remove(chunk.flows().get(updates.get(refusal.index())).key()));
        note(update, updates, refusals);
        note(host.table().create(creations.stream().map(chunk.flows()::get).toList()), creations, refusals);
        refusals.sort(Comparator.comparingInt(Refusal::index));
        return new Download(chunk.flows().size() - refusals.size(), refusals);
    }

    /**
     * Delete all.
     *
     * @return how many there were to delete, and were there
     * @throws AgentException if the table fails; then they are still known
     */
    int deleteAll() throws AgentException {
        final int deleted = delete(all());
        created.clear();
        return deleted;
    }

    /** Leave them where they are, and forget them. */
    void forget() {
        created.clear();
    }

    private void note(final Creation creation, final List<Integer> indices, final List<Refusal> refusals) {
        creation.entries().forEach(entry -> created.put(entry.flow().key(), entry));
        creation.refused().forEach(refusal ->
            refusals.add(new Refusal(indices.get(refusal.index()), refusal.reason(), refusal.detail())));
    }

    private void remove(final List<FlowKey> keys) throws AgentException {
        delete(keys.stream().map(created::get).toList());
        keys.forEach(created::remove);
    }

    /** What was here before was made by the flow's own packets, under local policy: it is not ours to take away. */
    private int delete(final List<Entry> entries) throws AgentException {
        return host.table().delete(entries.stream().filter(entry -> !entry.found()).toList());
    }
}
