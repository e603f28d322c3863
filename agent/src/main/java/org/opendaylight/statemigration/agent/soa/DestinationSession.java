// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.StateTable.Hold;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Commit;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Readiness;

/**
 * A migration at its destination: the hold with its lease, the chunks that came, and the entries made of them.
 */
final class DestinationSession implements MigrationSession {
    /** Chunks must come in order, and only an answer tells that the next may be sent. */
    private static final int CREDIT = 1;
    private static final int DIFFERENCES_TOLD = 3;

    private final StateHostContext host;
    private final MigrationId migration;
    private final FlowSelection selection;
    private final CreatedEntries created;

    private Duration lease;
    private Instant expires;
    private Optional<Hold> hold = Optional.empty();
    private long chunks;
    private Optional<Answered> last = Optional.empty();
    private Optional<Commit> committed = Optional.empty();
    private int removed;
    private boolean isFinal;
    private int finalFlows;

    DestinationSession(final StateHostContext host, final MigrationId migration, final FlowSelection selection) {
        this.host = requireNonNull(host);
        this.migration = requireNonNull(migration);
        this.selection = requireNonNull(selection);
        created = new CreatedEntries(host, selection);
    }

    /** A hold that is in place stays, whatever a repetition asks for: to end it is the commit's business. */
    Readiness getReady(final FlowSelection asked, final Duration newLease, final boolean withHold)
            throws AgentException {
        if (!asked.equals(selection)) {
            throw invalid("Migration " + migration + " is about VM " + selection.vm()
                + " with other addresses or peers than this get-ready names");
        }
        if (withHold && hold.isEmpty() && host.table().has(BackendFeature.HOLD)) {
            hold = Optional.of(host.table().hold(selection));
            host.table().cover(hold.orElseThrow(), created.flows());
        }
        lease = newLease;
        renewLease();
        return new Readiness(kind(), host.settings().limits().flowsPerChunk(), CREDIT);
    }

    Download download(final Chunk chunk) throws AgentException {
        if (!chunk.isIntact(migration)) {
            throw damaged("The digest of chunk " + chunk.sequence() + " is not that of its flows in migration "
                + migration + ": it was changed or mixed up on the way");
        }
        final var repeated = last.filter(answered -> answered.digest.equals(chunk.digest()));
        if (repeated.isPresent()) {
            renewLease();
            return repeated.orElseThrow().answer;
        }
        if (committed.isPresent()) {
            throw invalid("Migration " + migration + " was committed with " + chunks + " chunks, so chunk "
                + chunk.sequence() + " comes too late");
        }
        if (chunk.sequence() == chunks) {
            throw damaged("Chunk " + chunks + " of migration " + migration + " came before with other flows");
        }
        if (chunk.sequence() != chunks + 1) {
            throw damaged("Chunk " + chunk.sequence() + " of migration " + migration + " does not follow chunk "
                + chunks + ": send chunk " + (chunks + 1));
        }
        final var answer = created.apply(chunk, hold);
        chunks = chunk.sequence();
        last = Optional.of(new Answered(chunk.digest(), answer));
        renewLease();
        return answer;
    }

    Commit commit(final long chunksSent, final int flowsAccepted) throws AgentException {
        if (chunksSent != chunks) {
            throw damaged("Of migration " + migration + " " + chunks + " chunks came, not " + chunksSent);
        }
        if (flowsAccepted != flows()) {
            throw damaged("Of migration " + migration + " " + flows() + " flows were created, not "
                + flowsAccepted);
        }
        if (committed.isPresent()) {
            return committed.orElseThrow();
        }
        final var entries = created.all();
        final var found = host.table().verify(entries);
        if (!found.differences().isEmpty()) {
            throw new AgentException(Kind.OPERATION_FAILED, FailureReason.VERIFICATION_FAILED,
                found.differences().size() + " of " + entries.size() + " flows of migration " + migration
                + " are not as they came, so the hold stays: "
                + found.differences().stream().limit(DIFFERENCES_TOLD).collect(Collectors.joining("; ")));
        }
        if (hold.isPresent()) {
            host.table().release(hold.orElseThrow());
            hold = Optional.empty();
        }
        final var answer = new Commit(found.verified(), found.vanished());
        committed = Optional.of(answer);
        host.table().takeIntoService(entries);
        return answer;
    }

    boolean isLeaseOver() {
        return committed.isEmpty() && !host.now().isBefore(expires);
    }

    /** The flows are this State Host's own now. Only their number is remembered. */
    void makeFinal() {
        isFinal = true;
        finalFlows = created.size();
        created.forget();
    }

    @Override
    public boolean isUndoable() {
        return !isFinal;
    }

    /** The hold ends after the flows are gone, so that no packet meets half of them; but it ends in any case. */
    @Override
    public int undo() throws AgentException {
        if (isFinal) {
            throw new AgentException(Kind.OPERATION_FAILED, "Migration " + migration + " was committed, and so many"
                + " flows came after it that its own are not remembered any more: they stay here");
        }
        try {
            removed += created.deleteAll();
        } finally {
            if (hold.isPresent()) {
                host.table().drop(hold.orElseThrow());
                hold = Optional.empty();
            }
        }
        return removed;
    }

    @Override
    public Role role() {
        return Role.DESTINATION;
    }

    @Override
    public int flows() {
        return isFinal ? finalFlows : created.size();
    }

    @Override
    public Optional<HoldKind> hold() {
        return Optional.of(kind());
    }

    @Override
    public Optional<Instant> leaseExpires() {
        return committed.isPresent() ? Optional.empty() : Optional.of(expires);
    }

    private void renewLease() {
        expires = host.now().plus(lease);
    }

    private HoldKind kind() {
        return hold.map(Hold::kind).orElse(HoldKind.NONE);
    }

    private static AgentException invalid(final String message) {
        return new AgentException(Kind.INVALID_VALUE, message);
    }

    /** What came is not what was sent. */
    private static AgentException damaged(final String message) {
        return new AgentException(Kind.INVALID_VALUE, FailureReason.INTEGRITY_VIOLATED, message);
    }

    /** A chunk and its answer; the digest covers the sequence number. */
    private record Answered(String digest, Download answer) {
    }
}
