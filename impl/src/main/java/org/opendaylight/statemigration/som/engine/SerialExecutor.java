// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one task at a time, in order, on a thread that lives as long as there is something to do. */
final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final String name;
    private boolean running;

    SerialExecutor(final String name) {
        this.name = name;
    }

    @Override
    public synchronized void execute(final Runnable task) {
        tasks.add(task);
        if (!running) {
            running = true;
            Thread.ofPlatform().daemon().name(name).start(this::drain);
        }
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private void drain() {
        for (var task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("Task of {} failed", name, e);
            }
        }
    }

    private synchronized Runnable next() {
        final var task = tasks.poll();
        running = task != null;
        return task;
    }
}
