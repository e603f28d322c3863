package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.MigrationRecord.Counts;
import org.opendaylight.statemigration.som.MigrationRecord.RefusedFlow;
import org.opendaylight.statemigration.som.MigrationRecord.Rounds;

/**
 * One leg, from get-ready to release: what is asked of its two State Hosts, and what is made of their answers. Upload
 * and download have a thread each; every other step follows the one before it, but for the hold of an announced move,
 * which is put in place beside both.
 *
 * <p>Unless policy says otherwise it is all or nothing: a flow that the source cannot hand over or that the destination
 * does not take is a lost connection, so either fails the leg while the source still has everything.
 */
public final class LegTransfer {
    /** Hears how far a leg is, on the threads that work for it. */
    public interface Listener {
        /** Some counts have changed. */
        void progressed();

        /** All that there was when the source was last asked is at the destination. */
        void copyCurrent();
    }

    private final ChunkCheck about;
    private final Terms terms;
    private final Tally tally = new Tally();
    private final Refusals refusals;
    private final SourceSide source;
    private final DestinationSide destination;

    /**
     * A leg of which nothing has been done.
     *
     * @param migration the migration, as both State Hosts are to know it
     * @param leg the State Hosts
     * @param selection which flows
     * @param bounds what is permitted
     * @param terms how the flows are handed over
     * @param listener hears how far it is
     */
    public LegTransfer(final MigrationId migration, final Leg leg, final FlowSelection selection, final Bounds bounds,
            final Terms terms, final Listener listener) {
        about = new ChunkCheck(migration, selection, leg.source(), bounds);
        this.terms = requireNonNull(terms);
        refusals = new Refusals(leg.destination());
        final var pipe = new Pipe();
        source = new SourceSide(about, terms, pipe, tally, refusals, listener::progressed);
        destination = new DestinationSide(leg.destination(), about, terms, pipe, tally, refusals, listener);
    }

    /** {@return the counts so far} */
    public Counts counts() {
        return tally.counts();
    }

    /** {@return what was done to keep the copy current; empty where none is made before the machine moves} */
    public Optional<Rounds> rounds() {
        return terms.beforehand() ? Optional.of(tally.rounds()) : Optional.empty();
    }

    /** {@return the first of the flows that the destination does not take} */
    public List<RefusedFlow> refused() {
        return refusals.shown();
    }

    /** {@return how the destination holds packets, once it is ready} */
    public Optional<HoldKind> hold() {
        return destination.holdKind();
    }

    /** {@return what is asked of the source} */
    public SourceSide source() {
        return source;
    }

    /** {@return what is asked of the destination} */
    public DestinationSide destination() {
        return destination;
    }

    /**
     * Undo at either side.
     *
     * @param agent its agent
     * @param reason why, for the agent's log
     * @throws AgentException if it does not
     * @throws InterruptedException if interrupted
     */
    public void abort(final StateOrchestrationAgent agent, final String reason)
            throws AgentException, InterruptedException {
        try {
            agent.abort(about.migration(), reason);
        } catch (AgentException e) {
            if (e.kind() != AgentException.Kind.DATA_MISSING) {
                throw e;
            }
            // Not known there: nothing to undo
        }
    }
}
