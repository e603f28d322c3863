// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.task;

import static java.util.Objects.requireNonNull;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task of a pool or a timer. A failure of any kind, an {@link Error} too, is logged and ends this run of the task and
 * nothing else: an executor would otherwise keep it in a future that nobody reads, and never run a repeated task again.
 *
 * @param name what the task does, to go after "Failed to"
 * @param task the task
 */
public record GuardedTask(String name, Runnable task) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedTask.class);

    public GuardedTask {
        requireNonNull(name);
        requireNonNull(task);
    }

    @Override
    @SuppressWarnings("checkstyle:illegalCatch")
    public void run() {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Failed to {}", name, e);
        }
    }
}
