// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.model.MigrationRecord.Counts;
import org.opendaylight.statemigration.som.model.MigrationRecord.RefusedFlow;
import org.opendaylight.statemigration.som.model.MigrationRecord.Rounds;

/**
 * One leg, from get-ready to release: what is asked of its two State Hosts, and what is made of their answers. Upload
 * and download are done beside one another, a chunk at a time; every other step follows the one before it, but for the
 * hold at a switchover, which is put in place beside both.
 *
 * <p>Unless policy says otherwise it is all or nothing: a flow that the source cannot hand over or that the destination
 * does not take is a lost connection, so either fails the leg while the source still has everything.
 */
public final class LegTransfer {
    /** Hears how far a leg is. Called on the threads that work for it, without a lock. */
    public interface Listener {
        /** Some counts have changed. */
        void progressed();

        /** All that there was when the source was last asked is at the destination. */
        void copyCurrent();

        /** The upload, if it waits, may go on. */
        void sourceReady();

        /** The download, if it waits, may go on. */
        void destinationReady();
    }

    private final ChunkValidator validator;
    private final TransferOptions options;
    private final TransferCounters counters = new TransferCounters();
    private final RefusedFlows refused;
    private final SourceClient source;
    private final DestinationClient destination;

    /**
     * A leg of which nothing has been done.
     *
     * @param migration the migration, as both State Hosts are to know it
     * @param leg the State Hosts
     * @param selection which flows
     * @param limits what is permitted
     * @param options how the flows are handed over
     * @param ticker tells time apart, for rounds and leases
     * @param listener hears how far it is
     */
    public LegTransfer(final MigrationId migration, final Leg leg, final FlowSelection selection,
            final TransferLimits limits, final TransferOptions options, final Ticker ticker,
            final Listener listener) {
        validator = new ChunkValidator(migration, selection, leg.source(), limits);
        this.options = requireNonNull(options);
        refused = new RefusedFlows(leg.destination());
        final var queue = new ChunkQueue(listener::destinationReady, listener::sourceReady);
        source = new SourceClient(validator, options, queue, counters, refused, listener, ticker);
        destination = new DestinationClient(leg.destination(), validator, options, queue, counters, refused, listener,
            ticker);
    }

    /** {@return the counts so far} */
    public Counts counts() {
        return counters.counts();
    }

    /** {@return what was done to keep the pre-copy current; empty where there is none} */
    public Optional<Rounds> rounds() {
        return options.preCopy() ? Optional.of(counters.rounds()) : Optional.empty();
    }

    /** {@return the first of the flows that the destination does not take} */
    public List<RefusedFlow> refused() {
        return refused.shown();
    }

    /** {@return how the destination holds packets, once it is ready} */
    public Optional<HoldKind> hold() {
        return destination.holdKind();
    }

    /** {@return what is asked of the source} */
    public SourceClient source() {
        return source;
    }

    /** {@return what is asked of the destination} */
    public DestinationClient destination() {
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
            agent.abort(validator.migration(), reason);
        } catch (AgentException e) {
            if (e.kind() != AgentException.Kind.DATA_MISSING) {
                throw e;
            }
            // Not known there: nothing to undo
        }
    }
}
