// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.InvalidAnswer;
import org.opendaylight.statemigration.som.model.MigrationPlan;
import org.opendaylight.statemigration.som.model.MigrationPlan.Outcome;
import org.opendaylight.statemigration.som.model.MigrationPlan.PlannedRefusal;

/** Finds out what a leg would do: reads the flows at the source, and has the destination assess them. */
public final class DryRun {
    private final MigrationId migration;
    private final Leg leg;
    private final FlowSelection selection;
    private final boolean partial;
    private final SnapshotReader snapshotReader;

    /**
     * A dry run that has not begun.
     *
     * @param migration an identity that no migration has
     * @param leg the State Hosts
     * @param selection which flows
     * @param limits what is permitted
     * @param partial whether flows that cannot be handed over may stay behind
     */
    public DryRun(final MigrationId migration, final Leg leg, final FlowSelection selection,
            final TransferLimits limits,
            final boolean partial) {
        this.migration = requireNonNull(migration);
        this.leg = requireNonNull(leg);
        this.selection = requireNonNull(selection);
        this.partial = partial;
        snapshotReader = new SnapshotReader(new ChunkValidator(migration, selection, leg.source(), limits));
    }

    /**
     * Make the plan. The source keeps a list of the flows until it is told to abort.
     *
     * @param source agent of the source
     * @param destination agent of the destination
     * @return the plan
     * @throws AgentException if one of them does not answer as it should
     * @throws StepFailedException if an answer is not acceptable
     * @throws InterruptedException if interrupted
     */
    public MigrationPlan plan(final StateOrchestrationAgent source, final StateOrchestrationAgent destination)
            throws AgentException, StepFailedException, InterruptedException {
        int refused = 0;
        final var refusals = new ArrayList<PlannedRefusal>();
        for (var chunk = snapshotReader.next(source); chunk.isPresent(); chunk = snapshotReader.next(source)) {
            final var assessed = destination.assess(migration, selection, chunk.orElseThrow());
            refused += assessed.size();
            for (var refusal : assessed) {
                if (refusals.size() < MigrationPlan.MAX_REFUSALS) {
                    refusals.add(planned(chunk.orElseThrow(), refusal));
                }
            }
        }
        final int omitted = Omission.count(snapshotReader.omitted());
        return new MigrationPlan(leg, snapshotReader.received(), omitted, refused, refusals,
            Outcome.of((long) omitted + refused, partial));
    }

    private PlannedRefusal planned(final Chunk chunk, final Refusal refusal) throws StepFailedException {
        if (refusal.index() < 0 || refusal.index() >= chunk.flows().size()) {
            throw new StepFailedException(new Failure.NotBelieved(leg.destination(),
                new InvalidAnswer.NoSuchFlow(refusal.index(), chunk.flows().size())));
        }
        return new PlannedRefusal(chunk.flows().get(refusal.index()), refusal.reason(), refusal.detail());
    }
}
