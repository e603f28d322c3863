// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes at the source what was handed over. A source that was not heard of for long may have forgotten its list of
 * that, by itself or because it was started anew. It then makes another one, of all flows that are still there: their
 * VM has left, so there are no others.
 */
final class SourceRelease {
    private static final Logger LOG = LoggerFactory.getLogger(SourceRelease.class);

    private final ChunkValidator check;
    private final TransferCounters transferCounters;
    private final Refusals refusals;
    /** Under which identity the source has a list. */
    private MigrationId list;
    private int lists = 1;
    private boolean refused;

    SourceRelease(final ChunkValidator check, final TransferCounters transferCounters, final Refusals refusals) {
        this.check = requireNonNull(check);
        this.transferCounters = requireNonNull(transferCounters);
        this.refusals = requireNonNull(refusals);
        list = check.migration();
    }

    /**
     * Delete it, unless it is in use there again: by the very entries of the list.
     *
     * @param source its agent
     * @param inUse whether the VM was said to have come back to the source
     * @throws AgentException if the source does not do it
     * @throws StepFailedException if what it tells of its flows is not acceptable
     * @throws InterruptedException if interrupted
     */
    synchronized void release(final StateOrchestrationAgent source, final BooleanSupplier inUse)
            throws AgentException, StepFailedException, InterruptedException {
        if (refused && !inUse.getAsBoolean()) {
            listAnew(source);
        }
        if (inUse.getAsBoolean()) {
            LOG.info("Nothing is deleted at State Host {} for migration {}: its VM has come back there",
                check.source(), check.migration());
            leave(source);
            return;
        }
        try {
            final var release = source.release(list, refusals.keys());
            transferCounters.released(release.released(), release.gone());
        } catch (AgentException e) {
            refused = isForgotten(e);
            throw e;
        }
    }

    /** It may have: a list that is still there, and by which something was deleted, it will not let go of. */
    private static boolean isForgotten(final AgentException answer) {
        return answer.kind() == Kind.DATA_MISSING || answer.kind() == Kind.OPERATION_FAILED;
    }

    private void listAnew(final StateOrchestrationAgent source)
            throws AgentException, StepFailedException, InterruptedException {
        try {
            forget(source);
        } catch (AgentException e) {
            refused = e.kind() == Kind.NO_ANSWER;
            throw e;
        }
        lists++;
        list = new MigrationId(check.migration() + "-" + lists);
        LOG.info("State Host {} has forgotten what it handed over in migration {}, and lists it again as {}",
            check.source(), check.migration(), list);
        new RemoteDeletion(list, check.selection(), check.source(), check.bounds()).list(source);
        refused = false;
    }

    private void leave(final StateOrchestrationAgent source) throws AgentException, InterruptedException {
        try {
            forget(source);
        } catch (AgentException e) {
            if (e.kind() == Kind.NO_ANSWER) {
                throw e;
            }
            LOG.debug("State Host {} keeps its list of {}", check.source(), list, e);
        }
    }

    private void forget(final StateOrchestrationAgent source) throws AgentException, InterruptedException {
        try {
            source.abort(list, "What was handed over is listed anew, or stays");
        } catch (AgentException e) {
            if (e.kind() != Kind.DATA_MISSING) {
                throw e;
            }
            // There is none
        }
    }
}
