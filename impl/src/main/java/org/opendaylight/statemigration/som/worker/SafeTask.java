// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task so that whatever it throws ends that task and nothing else. */
final class SafeTask {
    private static final Logger LOG = LoggerFactory.getLogger(SafeTask.class);

    private SafeTask() {
        // Hidden on purpose
    }

    /**
     * Run a task.
     *
     * @param owner name of the pool or the mailbox, for the log
     * @param task what to run
     */
    @SuppressWarnings("checkstyle:IllegalCatch")
    static void run(final String owner, final Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // Errors too: a stack that overflowed or a class that cannot be loaded concerns one task
            log(owner, e);
        }
    }

    /**
     * Log why a task ended.
     *
     * @param owner name of the pool or the mailbox
     * @param cause what the task threw
     */
    @SuppressWarnings("checkstyle:IllegalCatch")
    static void log(final String owner, final Throwable cause) {
        try {
            LOG.error("A task of {} failed", owner, cause);
        } catch (Throwable further) {
            // Not even memory for the message: what comes next may have some again
            cause.addSuppressed(further);
        }
    }
}
