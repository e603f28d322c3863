// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import java.util.function.BooleanSupplier;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.lifecycle.Step;
import org.opendaylight.statemigration.som.transfer.LegTransfer;
import org.opendaylight.statemigration.som.transfer.StepTask;

/** How each {@link Step} is done: the one place where steps become requests. */
final class StepTasks {
    /** Something that is one piece. */
    @FunctionalInterface
    private interface Request {
        void run() throws Exception;
    }

    private StepTasks() {
        // Hidden on purpose
    }

    /**
     * How a step is done.
     *
     * @param step the step
     * @param transfer the leg
     * @param agent agent of the State Host at that side
     * @param inUse whether the flows at the source are in use again
     * @param abortReason why the migration is undone, if it is
     * @return the task
     */
    static StepTask of(final Step step, final LegTransfer transfer, final StateOrchestrationAgent agent,
            final BooleanSupplier inUse, final String abortReason) {
        return switch (step) {
            case GET_READY -> once(() -> transfer.destination().getReady(agent));
            case UPLOAD -> transfer.source().upload(agent);
            case DOWNLOAD -> transfer.destination().download(agent);
            case HOLD -> once(() -> transfer.destination().hold(agent));
            case COMMIT -> once(() -> transfer.destination().commit(agent));
            case RELEASE -> once(() -> transfer.source().release(agent, inUse));
            case ABORT_DESTINATION, ABORT_SOURCE -> once(() -> transfer.abort(agent, abortReason));
        };
    }

    private static StepTask once(final Request request) {
        return () -> {
            request.run();
            return StepTask.Next.DONE;
        };
    }
}
