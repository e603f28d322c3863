package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Release;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;

/**
 * A migration at its source: the list of flows that its first call made, read chunk by chunk and deleted at the end.
 */
final class SourceSide implements Side {
    private final Host host;
    private final MigrationId migration;
    private final FlowSelection selection;
    private final int total;
    private final int chunkSize;
    private final List<Omission> omitted;

    private List<Entry> entries;
    private int handedOut;
    private boolean releaseBegun;
    private Optional<Release> released = Optional.empty();

    private SourceSide(final Host host, final MigrationId migration, final FlowSelection selection,
            final int chunkSize, final List<Entry> entries, final List<Omission> omitted) {
        this.host = requireNonNull(host);
        this.migration = requireNonNull(migration);
        this.selection = requireNonNull(selection);
        this.chunkSize = chunkSize;
        this.entries = List.copyOf(entries);
        this.omitted = List.copyOf(omitted);
        total = entries.size();
    }

    static SourceSide begin(final Host host, final MigrationId migration, final FlowSelection selection,
            final int maxFlows) throws AgentException {
        final var export = host.table().export(selection);
        final var limits = host.settings().limits();
        if (export.entries().size() > limits.flowsPerMigration()) {
            throw new AgentException(Kind.RESOURCE_DENIED, "Virtual machine " + selection.vm() + " has "
                + export.entries().size() + " flows, more than the " + limits.flowsPerMigration()
                + " that this State Host permits in one migration");
        }
        return new SourceSide(host, migration, selection, Math.min(maxFlows, limits.flowsPerChunk()),
            export.entries(), export.omitted());
    }

    Upload upload(final FlowSelection asked, final Optional<String> cursor) throws AgentException {
        if (!asked.equals(selection)) {
            throw new AgentException(Kind.INVALID_VALUE, "Migration " + migration + " is about virtual machine "
                + selection.vm() + " with other addresses or peers than this upload names");
        }
        final int sequence = cursor.isEmpty() ? 1 : sequence(cursor.orElseThrow());
        handedOut = Math.max(handedOut, sequence);
        final var chunk = total == 0 ? Optional.<Chunk>empty() : Optional.of(Chunk.of(migration, sequence,
            entries.subList((sequence - 1) * chunkSize, Math.min(sequence * chunkSize, total)).stream()
                .map(Entry::flow).toList()));
        return new Upload(total, chunk, sequence < chunks() ? Optional.of(cursor(sequence + 1)) : Optional.empty(),
            sequence == 1 ? omitted : List.of());
    }

    Release release(final List<FlowKey> keep) throws AgentException {
        if (released.isPresent()) {
            return released.orElseThrow();
        }
        if (handedOut < chunks()) {
            throw new AgentException(Kind.INVALID_VALUE, "Of migration " + migration + " only " + handedOut + " of "
                + chunks() + " chunks were uploaded, so its flows cannot be released yet");
        }
        releaseBegun = true;
        final var kept = Set.copyOf(keep);
        final var leaving = entries.stream().filter(entry -> !kept.contains(entry.flow().key())).toList();
        final int deleted = host.table().delete(leaving);
        entries = List.of();
        final var answer = new Release(deleted, leaving.size() - deleted);
        released = Optional.of(answer);
        return answer;
    }

    /** Whether nothing has been deleted here, so that to forget the list is to undo all. */
    boolean isUntouched() {
        return !releaseBegun;
    }

    @Override
    public int undo() throws AgentException {
        if (releaseBegun) {
            throw new AgentException(Kind.OPERATION_FAILED, "The release of migration " + migration
                + " has begun, and flows deleted here cannot be brought back: repeat the release");
        }
        entries = List.of();
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

    /** An empty list counts as one chunk, the empty answer. */
    private int chunks() {
        return Math.max(1, Math.ceilDiv(total, chunkSize));
    }

    private static String cursor(final int sequence) {
        return "chunk-" + sequence;
    }

    private int sequence(final String cursor) throws AgentException {
        // Only what was given out: at most one further than what was asked for
        for (int sequence = Math.min(handedOut + 1, chunks()); sequence > 1; sequence--) {
            if (cursor(sequence).equals(cursor)) {
                return sequence;
            }
        }
        throw new AgentException(Kind.INVALID_VALUE, "Cursor '" + cursor + "' is not one that migration " + migration
            + " was given: repeat the last one, or begin without cursor");
    }
}
