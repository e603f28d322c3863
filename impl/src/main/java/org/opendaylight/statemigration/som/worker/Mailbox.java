// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one task at a time, in order, on threads of a pool. It holds no thread while it has nothing to do. Its monitor
 * guards its queue only and is not held while a task runs, so a task may be put in from anywhere, under any lock.
 *
 * <p>The queue has no bound, as an event may not be lost. Tasks block nowhere, so it is drained faster than requests to
 * State Hosts, of which each puts in a few, can fill it.
 */
public final class Mailbox implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    /** After so many tasks in a row other mailboxes are served. */
    private static final int TASKS_PER_RUN = 64;

    private final String name;
    private final Executor pool;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    /** Whether the pool knows that there is something to do. */
    private boolean scheduled;
    /** Whether a thread is at it. */
    private boolean running;

    /**
     * An empty mailbox.
     *
     * @param name for the log
     * @param pool runs the tasks
     */
    public Mailbox(final String name, final Executor pool) {
        this.name = requireNonNull(name);
        this.pool = requireNonNull(pool);
    }

    @Override
    public void execute(final Runnable task) {
        synchronized (this) {
            tasks.add(task);
            if (scheduled || running) {
                return;
            }
            scheduled = true;
        }
        schedule();
    }

    /**
     * Have something found out behind all that was put in before. If no thread is at it, the caller does the work.
     *
     * @param <T> type of the answer
     * @param task finds it out
     * @param limit how long to wait for another thread
     * @return the answer; empty if it was not there in time, or the task failed. The task runs in either case
     */
    public <T> Optional<T> ask(final Supplier<T> task, final Duration limit) {
        final var answer = new CompletableFuture<T>();
        execute(() -> {
            try {
                answer.complete(task.get());
            } finally {
                // Does nothing after an answer
                answer.cancel(false);
            }
        });
        while (!answer.isDone() && runSome()) {
            // One more run
        }
        try {
            return Optional.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            LOG.warn("Mailbox {} gave no answer", name, e);
        } catch (InterruptedException e) {
            LOG.debug("Interrupted while mailbox {} was asked", name, e);
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private void schedule() {
        try {
            pool.execute(this::drain);
        } catch (Throwable e) {
            // Tried anew with the next task
            synchronized (this) {
                scheduled = false;
            }
            SafeTask.log(name, e);
        }
    }

    private void drain() {
        synchronized (this) {
            scheduled = false;
        }
        runSome();
    }

    /** {@return whether it was the caller who ran something; false if another thread is at it, or nothing is left} */
    private boolean runSome() {
        synchronized (this) {
            if (running || tasks.isEmpty()) {
                return false;
            }
            running = true;
        }
        try {
            for (int count = 0; count < TASKS_PER_RUN; count++) {
                final Runnable task;
                synchronized (this) {
                    task = tasks.poll();
                }
                if (task == null) {
                    break;
                }
                SafeTask.run(name, task);
            }
        } finally {
            end();
        }
        return true;
    }

    private void end() {
        synchronized (this) {
            running = false;
            if (tasks.isEmpty() || scheduled) {
                return;
            }
            scheduled = true;
        }
        schedule();
    }
}
