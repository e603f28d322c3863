package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;
import org.opendaylight.statemigration.som.FailureReason;

/**
 * The chunks of a leg as the source uploads them, in order, each one checked: nothing missing, doubled, changed, or of
 * somebody else. Every chunk brings the end nearer, so the source cannot go on for ever.
 */
public final class Chunks {
    private final MigrationId migration;
    private final FlowSelection selection;
    private final StateHostId source;
    private final Bounds bounds;
    private Optional<String> cursor = Optional.empty();
    private boolean ended;
    private int total;
    private int received;
    private long sequence;
    private List<Omission> omitted = List.of();

    /**
     * The chunks of a leg.
     *
     * @param migration the migration, as the source is to know it
     * @param selection which flows
     * @param source name of the source
     * @param bounds what is permitted
     */
    public Chunks(final MigrationId migration, final FlowSelection selection, final StateHostId source,
            final Bounds bounds) {
        this.migration = requireNonNull(migration);
        this.selection = requireNonNull(selection);
        this.source = requireNonNull(source);
        this.bounds = requireNonNull(bounds);
    }

    /**
     * Upload the next one.
     *
     * @param agent agent of the source
     * @return the chunk; empty after the last one
     * @throws AgentException if the source does not give one
     * @throws StepFailedException if it is not acceptable
     * @throws InterruptedException if interrupted while waiting for it
     */
    public Optional<Chunk> next(final StateOrchestrationAgent agent)
            throws AgentException, StepFailedException, InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        final var upload = agent.upload(migration, selection, bounds.flowsPerChunk(), cursor);
        checkTotal(upload);
        if (sequence == 0) {
            total = upload.totalFlows();
            omitted = upload.omitted();
        }
        sequence++;
        ensure(upload.chunk().isPresent() || total == 0, "gave no chunk " + sequence + ", although "
            + (total - received) + " flows are missing");
        if (upload.chunk().isPresent()) {
            checkChunk(upload.chunk().orElseThrow());
            received += upload.chunk().orElseThrow().flows().size();
        }
        cursor = upload.nextCursor();
        ended = cursor.isEmpty();
        ensure(ended == (received == total), "told of " + total + " flows and has given " + received + ", but "
            + (ended ? "ends" : "goes on"));
        return upload.chunk();
    }

    /** {@return flows that the source has to hand over} */
    public int total() {
        return total;
    }

    /** {@return flows that came} */
    public int received() {
        return received;
    }

    /** {@return entries that it cannot hand over} */
    public List<Omission> omitted() {
        return omitted;
    }

    private void checkTotal(final Upload upload) throws StepFailedException {
        ensure(upload.totalFlows() >= 0, "tells of " + upload.totalFlows() + " flows");
        ensure(sequence == 0 || upload.totalFlows() == total, "told of " + total + " flows first and of "
            + upload.totalFlows() + " later");
        if (upload.totalFlows() > bounds.flows()) {
            throw new StepFailedException(FailureReason.LIMIT_EXCEEDED, "The virtual machine has "
                + upload.totalFlows() + " flows at State Host " + source + ", more than the " + bounds.flows()
                + " that policy and both State Hosts permit in one migration");
        }
    }

    private void checkChunk(final Chunk chunk) throws StepFailedException {
        ensure(chunk.sequence() == sequence, "gave chunk " + chunk.sequence() + " in place of chunk " + sequence);
        ensure(!chunk.flows().isEmpty(), "gave chunk " + sequence + " without flows");
        ensure(chunk.flows().size() <= bounds.flowsPerChunk(), "gave " + chunk.flows().size() + " flows in chunk "
            + sequence + ", where at most " + bounds.flowsPerChunk() + " were asked for");
        ensure(chunk.flows().size() <= total - received, "gave more than the " + total + " flows it told of");
        ensure(chunk.isIntact(migration), "gave chunk " + sequence + " with a wrong digest");
        for (Flow flow : chunk.flows()) {
            ensure(selection.contains(flow), "gave flow " + flow.key() + ", which was not asked for");
        }
    }

    private void ensure(final boolean right, final String what) throws StepFailedException {
        if (!right) {
            throw new StepFailedException(FailureReason.INTEGRITY_VIOLATED, "State Host " + source + " " + what);
        }
    }
}
