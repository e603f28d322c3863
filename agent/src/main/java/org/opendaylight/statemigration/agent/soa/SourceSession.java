// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeFeed;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeSet;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Changes;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Release;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;

/**
 * A migration at its source: the list of flows that its first upload made, read chunk by chunk, what has changed since
 * if it is followed, and the deletion at the end.
 */
final class SourceSession implements MigrationSession {
    private final StateHostContext host;
    private final MigrationId migration;
    private final FlowSelection selection;
    private Optional<ChangeFeed> feed;
    private Optional<ChangeTracker> tracker = Optional.empty();
    private Optional<FlowSnapshot> snapshot = Optional.empty();
    private long lastSequence;
    private Optional<Changes> lastChanges = Optional.empty();
    private boolean releaseBegun;
    private Optional<Release> released = Optional.empty();
    private int total;

    private SourceSession(final StateHostContext host, final MigrationId migration, final FlowSelection selection,
            final Optional<ChangeFeed> feed) {
        this.host = requireNonNull(host);
        this.migration = requireNonNull(migration);
        this.selection = requireNonNull(selection);
        this.feed = requireNonNull(feed);
    }

    static SourceSession begin(final StateHostContext host, final MigrationId migration, final FlowSelection selection,
            final int maxFlows) throws AgentException {
        final var session = new SourceSession(host, migration, selection, Optional.empty());
        session.list(maxFlows);
        return session;
    }

    static SourceSession follow(final StateHostContext host, final MigrationId migration, final FlowSelection selection)
            throws AgentException {
        return new SourceSession(host, migration, selection, Optional.of(host.table().follow(selection)));
    }

    /** To follow again has no effect. */
    void follow(final FlowSelection asked) throws AgentException {
        requireSelection(asked, "follow");
    }

    /** Make the list of flows, if there is none yet. */
    void list(final int maxFlows) throws AgentException {
        if (tracker.isPresent()) {
            return;
        }
        final var list = new ChangeTracker();
        final var changeSet = feed.isPresent() ? host.table().changes(feed.orElseThrow(), Set.of()) : export();
        list.note(changeSet, host.now());
        if (feed.isPresent() && list.sizeToBe() > host.settings().limits().flowsPerMigration()) {
            // What a feed has told it does not tell again
            closeFeed();
            feed = Optional.of(host.table().follow(selection));
        }
        requireWithinLimit(list.sizeToBe());
        final var flows = list.hand(list.sizeToBe(), host.now()).flows();
        final var found = new FlowSnapshot(migration, flows, changeSet.omitted(),
            Math.min(maxFlows, host.settings().limits().flowsPerChunk()));
        total = flows.size();
        tracker = Optional.of(list);
        snapshot = Optional.of(found);
        lastSequence = found.lastSequence();
    }

    private ChangeSet export() throws AgentException {
        final var export = host.table().export(selection);
        return new ChangeSet(true, Set.of(), Set.of(), export.entries(), export.omitted());
    }

    Upload upload(final FlowSelection asked, final Optional<String> cursor) throws AgentException {
        requireSelection(asked, "upload");
        if (lastChanges.isPresent()) {
            throw invalid("Changes of migration " + migration + " were uploaded already, so its first chunks are no"
                + " longer here");
        }
        return snapshot.orElseThrow().read(cursor);
    }

    /** An answer without chunk is not remembered: its sequence number is still free. */
    Changes uploadChanges(final long sequence) throws AgentException {
        requireAllRead("changes of them cannot be told");
        if (sequence == lastSequence && lastChanges.isPresent()) {
            return lastChanges.orElseThrow();
        }
        if (sequence != lastSequence + 1) {
            throw invalid("Sequence number " + sequence + " of changes of migration " + migration
                + " does not follow chunk " + lastSequence + ": ask for " + (lastSequence + 1));
        }
        final var list = tracker.orElseThrow();
        final var now = host.now();
        final var changeSet = host.table().changes(feed.orElseThrow(), list.due(now));
        list.note(changeSet, now);
        requireWithinLimit(list.sizeToBe());
        final var delta = list.hand(snapshot.orElseThrow().chunkSize(), now);
        total = list.size();
        if (delta.isEmpty()) {
            return new Changes(total, Optional.empty(), false, changeSet.omitted());
        }
        final var changes = new Changes(total,
            Optional.of(Chunk.of(migration, sequence, delta.flows(), delta.ended())), list.hasMore(),
                changeSet.omitted());
        lastSequence = sequence;
        lastChanges = Optional.of(changes);
        snapshot.orElseThrow().forgetFlows();
        return changes;
    }

    Release release(final List<FlowKey> keep) throws AgentException {
        if (released.isPresent()) {
            return released.orElseThrow();
        }
        requireAllRead("its flows cannot be released yet");
        final var list = tracker.orElseThrow();
        if (feed.isPresent()) {
            // So that a flow that was opened again meanwhile, with the key of one handed over, stays
            list.note(host.table().changes(feed.orElseThrow(), Set.of()), host.now());
            closeFeed();
        }
        releaseBegun = true;
        final var kept = Set.copyOf(keep);
        final var leaving = list.present().stream().filter(entry -> !kept.contains(entry.flow().key())).toList();
        final int handed = total - (int) kept.stream().filter(list::hasHanded).count();
        final int deleted = host.table().delete(leaving);
        forget();
        final var answer = new Release(deleted, handed - deleted);
        released = Optional.of(answer);
        return answer;
    }

    /** As long as nothing has been deleted here, to forget the list is to undo all. */
    @Override
    public boolean isUndoable() {
        return !releaseBegun;
    }

    @Override
    public int undo() throws AgentException {
        if (releaseBegun) {
            throw new AgentException(Kind.OPERATION_FAILED, "The release of migration " + migration
                + " has begun, and flows deleted here cannot be brought back: repeat the release");
        }
        closeFeed();
        forget();
        return 0;
    }

    @Override
    public Role role() {
        return Role.SOURCE;
    }

    @Override
    public int flows() {
        return total;
    }

    @Override
    public Optional<HoldKind> hold() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> leaseExpires() {
        return Optional.empty();
    }

    private void requireSelection(final FlowSelection asked, final String message) throws AgentException {
        if (!asked.equals(selection)) {
            throw invalid("Migration " + migration + " is about VM " + selection.vm()
                + " with other addresses or peers than this " + message + " names");
        }
    }

    private void requireAllRead(final String consequence) throws AgentException {
        if (tracker.isEmpty()) {
            throw invalid("No flows of migration " + migration + " were uploaded, so " + consequence);
        }
        snapshot.orElseThrow().requireAllRead(consequence);
    }

    private void requireWithinLimit(final int flows) throws AgentException {
        final int limit = host.settings().limits().flowsPerMigration();
        if (flows > limit) {
            throw new AgentException(Kind.RESOURCE_DENIED, FailureReason.LIMIT_EXCEEDED, "VM " + selection.vm()
                + " has " + flows + " flows, more than the " + limit
                + " that this State Host permits in one migration");
        }
    }

    /** An ended migration is remembered for long, its flows are not. */
    private void forget() {
        tracker = Optional.empty();
        snapshot = Optional.empty();
        lastChanges = Optional.empty();
    }

    private void closeFeed() {
        feed.ifPresent(ChangeFeed::close);
        feed = Optional.empty();
    }

    private static AgentException invalid(final String message) {
        return new AgentException(Kind.INVALID_VALUE, message);
    }
}
