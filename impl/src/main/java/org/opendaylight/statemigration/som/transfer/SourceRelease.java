// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;
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

    private final ChunkValidator validator;
    private final TransferCounters counters;
    private final RefusedFlows refusedFlows;
    /** An attempt that was displaced and has not noticed yet keeps the next one from what follows. */
    private final AtomicBoolean busy = new AtomicBoolean();
    /** Under which identity the source has a list. */
    private MigrationId list;
    private int lists = 1;
    private boolean refused;

    SourceRelease(final ChunkValidator validator, final TransferCounters counters,
            final RefusedFlows refusedFlows) {
        this.validator = requireNonNull(validator);
        this.counters = requireNonNull(counters);
        this.refusedFlows = requireNonNull(refusedFlows);
        list = validator.migration();
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
    void release(final StateOrchestrationAgent source, final BooleanSupplier inUse)
            throws AgentException, StepFailedException, InterruptedException {
        if (!busy.compareAndSet(false, true)) {
            throw new AgentException(Kind.NO_ANSWER, "The attempt before has not ended yet");
        }
        try {
            releaseAlone(source, inUse);
        } finally {
            busy.set(false);
        }
    }

    private void releaseAlone(final StateOrchestrationAgent source, final BooleanSupplier inUse)
            throws AgentException, StepFailedException, InterruptedException {
        if (refused && !inUse.getAsBoolean()) {
            listAnew(source);
        }
        if (inUse.getAsBoolean()) {
            LOG.info("Nothing is deleted at State Host {} for migration {}: its VM has come back there",
                validator.source(), validator.migration());
            leave(source);
            return;
        }
        try {
            final var release = source.release(list, refusedFlows.keys());
            counters.released(release.released(), release.gone());
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
        list = new MigrationId(validator.migration() + "-" + lists);
        LOG.info("State Host {} has forgotten what it handed over in migration {}, and lists it again as {}",
            validator.source(), validator.migration(), list);
        new RemoteDeletion(list, validator.selection(), validator.source(), validator.limits()).list(source);
        refused = false;
    }

    private void leave(final StateOrchestrationAgent source) throws AgentException, InterruptedException {
        try {
            forget(source);
        } catch (AgentException e) {
            if (e.kind() == Kind.NO_ANSWER) {
                throw e;
            }
            LOG.debug("State Host {} keeps its list of {}", validator.source(), list, e);
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
